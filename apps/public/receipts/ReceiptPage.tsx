import { readReceiptCode } from "@wanjia/domain/shared/receipt-code";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { useState, type SubmitEvent } from "react";
import { Section, useTitle } from "../plate/parts.tsx";
import { fill, useLocale } from "../shell/language.ts";
import type { FollowedWish } from "../appointments/view-model.ts";
import { WishState } from "../appointments/WishState.tsx";
import { ComplaintState } from "../complaints/ComplaintState.tsx";
import type { FollowedComplaint } from "../complaints/view-model.ts";
import { TipState } from "../tips/TipState.tsx";
import type { FollowedTip } from "../tips/view-model.ts";
import { canSeal } from "./send.ts";
import { say } from "./server.ts";
import { useReceiptWords } from "./words.ts";

/** What a receipt belongs to. */
type Followed = { readonly code: string } & (
  | { readonly kind: "tip"; readonly tip: FollowedTip }
  | { readonly kind: "complaint"; readonly complaint: FollowedComplaint }
  | { readonly kind: "wish"; readonly wish: FollowedWish }
);

/** Asks by a receipt. It stands in no address, no storage and no history. */
export function ReceiptPage() {
  const words = useReceiptWords();
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [followed, setFollowed] = useState<Followed>();
  useTitle(words.ask.title);

  const ask = async () => {
    const read = readReceiptCode(typed);
    if (!read.ok) {
      const group = String(read.refusal.params?.["group"] ?? "");
      setProblem(
        read.refusal.code === "receipt-misread"
          ? fill(words.ask.misread, { group })
          : words.ask.malformed,
      );
      return;
    }
    if (!canSeal()) return setProblem(words.ask.insecure);
    setProblem(undefined);
    setAsking(true);
    const code = read.value;
    const look = toBase64Url(await lookOf(code));
    const tip = await say<FollowedTip>(locale, "/tips/follow", { look });
    const complaint =
      !tip.ok && tip.code === "receipt-unknown"
        ? await say<FollowedComplaint>(locale, "/complaints/follow", { look })
        : null;
    const wish =
      complaint?.ok === false && complaint.code === "receipt-unknown"
        ? await say<FollowedWish>(locale, "/wishes/follow", { look })
        : null;
    setAsking(false);
    if (wish?.ok) setFollowed({ kind: "wish", code, wish: wish.value });
    else if (tip.ok) setFollowed({ kind: "tip", code, tip: tip.value });
    else if (complaint?.ok) setFollowed({ kind: "complaint", code, complaint: complaint.value });
    else setProblem((wish ?? complaint ?? tip).sentence ?? words.ask.network);
  };

  if (followed) {
    return (
      <>
        {followed.kind === "tip" && <TipState code={followed.code} tip={followed.tip} />}
        {followed.kind === "complaint" && (
          <ComplaintState code={followed.code} before={followed.complaint} />
        )}
        {followed.kind === "wish" && <WishState code={followed.code} before={followed.wish} />}
        <Button
          block
          onClick={() => {
            setTyped("");
            setFollowed(undefined);
          }}
        >
          {words.ask.again}
        </Button>
      </>
    );
  }
  return (
    <>
      <h1>{words.ask.title}</h1>
      <p className="site-lead">{words.ask.lead}</p>
      <Section title={words.ask.label}>
        <form
          className="site-form"
          noValidate
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void ask();
          }}
        >
          <TextField
            label={words.ask.label}
            hint={words.ask.hint}
            error={problem}
            value={typed}
            inputMode="numeric"
            autoComplete="off"
            maxLength={80}
            onValue={setTyped}
          />
          <Button look="main" block type="submit" disabled={asking}>
            {asking ? words.ask.asking : words.ask.send}
          </Button>
        </form>
      </Section>
    </>
  );
}
