import { printNumber } from "@wanjia/domain/matters/number";
import type { ResidentCommand } from "@wanjia/domain/matters/resident";
import { localDate } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { useState } from "react";
import { Call, Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { sendWithWork } from "../receipts/send.ts";
import { fill, useLocale } from "../shell/language.ts";
import { type Callback, CallbackForm, ReopenForm, Withdraw } from "./steps.tsx";
import { nextSaid } from "./next.ts";
import { type FollowedMatter, PATHS } from "./view-model.ts";
import { RightWays } from "./RightWays.tsx";
import { useMatterLabels, useResidentLabels, useVoiceWords } from "./words.ts";

/** Where a matter stands, and what whoever holds its receipt may do. */
export function MatterState({ code, before }: { code: string; before: FollowedMatter }) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const locale = useLocale();
  const [matter, setMatter] = useState(before);
  const [said, setSaid] = useState<string>();
  const [busy, setBusy] = useState(false);
  useTitle(words.follow.title);
  const { unit, steps, informed, answer, guarded } = matter;

  const act = async (
    command: Exclude<ResidentCommand, { type: "answer_callback" }> | Callback,
    done: string,
  ) => {
    setBusy(true);
    setSaid(undefined);
    const { type, ...body } = command;
    const look = toBase64Url(await lookOf(code));
    const reply = await sendWithWork<FollowedMatter>(locale, PATHS[type], { look, ...body });
    setBusy(false);
    if (reply.ok) setMatter(reply.value);
    setSaid(reply.ok ? done : (reply.sentence ?? words.form.network));
  };

  return (
    <>
      <h1>{words.follow.title}</h1>
      <Section title={matter.state === null ? words.follow.state : labels.state[matter.state]}>
        <Facts matter={matter} />
        {guarded && <RightWays />}
        <Call label={words.follow.call} number={unit.dutyPhone} />
      </Section>
      {said && <p role="status">{said}</p>}
      {answer !== null && (
        <Section title={answer.stands ? words.follow.answer : words.follow.answer_before}>
          <p className="site-said">{answer.text}</p>
          <p className="site-hint">{dayOf(localDate(answer.at), locale)}</p>
        </Section>
      )}
      {informed !== null && answer?.stands !== true && (
        <Section title={words.follow.informed}>
          <p className="site-said">{informed.text}</p>
          <p className="site-hint">{dayOf(localDate(informed.at), locale)}</p>
        </Section>
      )}
      {steps.includes("answer_callback") && (
        <CallbackForm
          busy={busy}
          saidToBeRight={matter.outcome === "rectified"}
          onSend={(command) => void act(command, labels.steps.answer_callback.done)}
        />
      )}
      {steps.includes("reopen") && (
        <ReopenForm
          busy={busy}
          until={matter.reopenUntil}
          onSend={(command) => void act(command, labels.steps.reopen.done)}
        />
      )}
      {!guarded && <Disagree mayReopen={steps.includes("reopen")} />}
      {steps.includes("withdraw") && (
        <Withdraw
          busy={busy}
          onSend={() => void act({ type: "withdraw", text: "" }, labels.steps.withdraw.done)}
        />
      )}
    </>
  );
}

function Facts({ matter }: { matter: FollowedMatter }) {
  const { follow } = useVoiceWords();
  const labels = useResidentLabels();
  const names = useMatterLabels();
  const locale = useLocale();
  const { number, kind, subtype, outcome, reason, unit, next, pauseReason, reopened } = matter;
  const day = (instant: number) => dayOf(localDate(instant), locale);
  const subtypes: Readonly<Record<string, string>> = kind === null ? {} : names.subtype[kind];
  const facts: readonly (readonly [string, string])[] = [
    [follow.number, printNumber(number)],
    ...(kind === null
      ? []
      : [[follow.about, `${names.kind[kind]} · ${subtypes[subtype ?? ""] ?? ""}`] as const]),
    ...(pauseReason === null ? [] : [[follow.paused, labels.pause[pauseReason]] as const]),
    [follow.unit, locale === "en" ? unit.nameEn : unit.name],
    [follow.received, day(matter.registeredAt)],
    ...(next === null ? [] : [[follow.next, nextSaid(next, labels, locale)] as const]),
    ...(outcome === null ? [] : [[follow.outcome, names.outcome[outcome]] as const]),
    ...(reason === null ? [] : [[follow.reason, names.reason[reason]] as const]),
  ];
  return (
    <>
      <dl className="site-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {reopened > 0 && (
        <p className="site-hint">{fill(follow.again, { times: String(reopened) })}</p>
      )}
    </>
  );
}

function Disagree({ mayReopen }: { mayReopen: boolean }) {
  const { disagree } = useResidentLabels();
  return (
    <Section title={disagree.title}>
      <ul className="site-points">
        {mayReopen && <li>{disagree.reopen}</li>}
        <li>{disagree.review}</li>
        <li>{disagree.police}</li>
        <li>{disagree.hotline}</li>
      </ul>
    </Section>
  );
}
