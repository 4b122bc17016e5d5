import { useMutation } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import { printNumber } from "@wanjia/domain/matters/number";
import type { Instant } from "@wanjia/domain/shared/instant";
import {
  printedReceiptCode,
  RECEIPT_RANDOM_BYTES,
  receiptCode,
} from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Qr } from "@wanjia/ui/figures/Qr";
import { Button } from "antd";
import { client } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { promised } from "./view-model.ts";
import { useMatterWords } from "./words.ts";
import { useUnits } from "../organisation/data.ts";

/** What a resident was told before he had it taken up again: it goes back with what was promised. */
export function Promised({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const text = promised(matter);
  if (text === null) return null;
  return (
    <Card title={words("resident.promised")}>
      <p className="matter-text">{text}</p>
    </Card>
  );
}

/** Photos of the place, shown when somebody asks for them: each look is kept. */
export function Photos({ matter, now }: { matter: MatterDetail; now: Instant }) {
  const words = useMatterWords();
  const locale = currentLocale();
  const look = useMutation({ mutationFn: () => client.residents.photos({ id: matter.id }) });
  if (matter.photos === 0) return null;
  return (
    <Card title={words("resident.photos", { count: matter.photos })}>
      <FormProblem error={look.error} />
      {look.data === undefined ? (
        <div className="matter-next">
          <p className="desk-lead">{words("resident.photos_hint")}</p>
          <div className="desk-actions">
            <Button loading={look.isPending} onClick={() => look.mutate()}>
              {words("resident.photos_show")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="matter-photos">
          {look.data.photos.map(({ image, shows, receivedAt }, index) => (
            <figure key={index}>
              <img
                src={`data:image/jpeg;base64,${image}`}
                alt={words("resident.photo", { number: index + 1 })}
              />
              <figcaption>
                {words(`resident.photo_${shows}`)} · {formatInstant(receivedAt, locale, now)}
              </figcaption>
            </figure>
          ))}
        </div>
      )}
    </Card>
  );
}

/** A receipt for what was heard at the door or on the telephone: made here, printed, and kept nowhere. */
export function Receipt({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const units = useUnits();
  const issue = useMutation({
    mutationFn: async () => {
      const code = receiptCode(crypto.getRandomValues(new Uint8Array(RECEIPT_RANDOM_BYTES)));
      await client.residents.issueReceipt({
        id: matter.id,
        look: toBase64Url(await lookOf(code)),
      });
      return code;
    },
  });
  if (!matter.mayIssueReceipt) return null;
  return (
    <Card screenOnly title={words("resident.receipt")}>
      <FormProblem error={issue.error} />
      {issue.data === undefined ? (
        <div className="matter-next">
          <p className="desk-lead">{words("resident.receipt_hint")}</p>
          <div className="desk-actions">
            <Button loading={issue.isPending} onClick={() => issue.mutate()}>
              {words("resident.receipt_issue")}
            </Button>
          </div>
        </div>
      ) : (
        <div className="matter-slip">
          <p>
            {[units.said(matter.stationName), matter.dutyPhone].filter(Boolean).join(" · ")} ·{" "}
            {printNumber(matter.number)}
          </p>
          <p className="matter-slip-code">{printedReceiptCode(issue.data)}</p>
          <Qr text={`${location.origin}/receipt#${issue.data}`} label={words("resident.qr")} />
          <p>{words("resident.receipt_where", { host: location.host })}</p>
          <div className="desk-actions">
            <Button type="primary" onClick={() => print()}>
              {words("resident.print")}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
