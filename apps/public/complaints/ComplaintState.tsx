import { COMPLAINT_LIMITS } from "@wanjia/domain/complaints/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button } from "@wanjia/ui/form/Button";
import { TextField } from "@wanjia/ui/form/fields";
import { useState, type SubmitEvent } from "react";
import { Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { sendWithWork } from "../receipts/send.ts";
import { useLocale } from "../shell/language.ts";
import type { FollowedComplaint } from "./view-model.ts";
import { useComplaintLabels, useComplaintWords } from "./words.ts";

/** Where a complaint stands, and what its owner may still do. */
export function ComplaintState({ code, before }: { code: string; before: FollowedComplaint }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const locale = useLocale();
  const [complaint, setComplaint] = useState(before);
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [text, setText] = useState("");
  useTitle(words.follow.title);
  const { follow } = words;
  const station = locale === "en" ? complaint.stationEn : complaint.station;
  const facts = [
    [follow.handler, labels.handled_by[complaint.handledBy]],
    [follow.about, station ?? labels.about[complaint.about]],
    [follow.kind, labels.kind[complaint.kind]],
    [follow.received, dayOf(localDate(complaint.receivedAt), locale)],
    ...(complaint.dueAt === null || complaint.state === "answered"
      ? []
      : [[follow.next, dayOf(localDate(complaint.dueAt - 1), locale)] as const]),
    ...(complaint.finding === null
      ? []
      : [[follow.finding, labels.finding[complaint.finding]] as const]),
  ] as const;

  const act = async (path: string, body: object, done: string) => {
    setBusy(true);
    setSaid(undefined);
    const look = toBase64Url(await lookOf(code));
    const answer = await sendWithWork<FollowedComplaint>(locale, path, { look, ...body });
    setBusy(false);
    if (answer.ok) setComplaint(answer.value);
    setSaid(answer.ok ? done : (answer.sentence ?? words.form.network));
  };

  return (
    <>
      <h1>{follow.title}</h1>
      <Section title={labels.state[complaint.state]}>
        <dl className="site-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="site-hint">{follow.phone}</p>
      </Section>
      {said && <p role="status">{said}</p>}
      {complaint.answer !== null && (
        <Section title={follow.answer}>
          <p className="site-said">{complaint.answer}</p>
        </Section>
      )}
      {complaint.mayAskReview && (
        <Section title={follow.review}>
          <p>{follow.review_hint}</p>
          <form
            className="site-form"
            noValidate
            onSubmit={(event: SubmitEvent) => {
              event.preventDefault();
              void act("/complaints/review", { text }, follow.reviewed);
            }}
          >
            <TextField
              label={follow.review_text}
              lines={5}
              maxLength={COMPLAINT_LIMITS.reasonLength}
              autoComplete="off"
              value={text}
              onValue={setText}
            />
            <Button look="main" block type="submit" disabled={busy || text.trim() === ""}>
              {follow.review_send}
            </Button>
          </form>
        </Section>
      )}
      {complaint.mayWithdraw && (
        <Section title={follow.withdraw}>
          <p>{follow.withdraw_hint}</p>
          {leaving ? (
            <>
              <Button
                look="danger"
                block
                disabled={busy}
                onClick={() => void act("/complaints/withdraw", {}, follow.withdrawn)}
              >
                {follow.sure}
              </Button>
              <Button block onClick={() => setLeaving(false)}>
                {follow.keep}
              </Button>
            </>
          ) : (
            <Button block onClick={() => setLeaving(true)}>
              {follow.withdraw}
            </Button>
          )}
        </Section>
      )}
    </>
  );
}
