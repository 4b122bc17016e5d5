import { localDate } from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { Button } from "@wanjia/ui/form/Button";
import { useState } from "react";
import { Call, Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { sendWithWork } from "../receipts/send.ts";
import { fill, useLocale } from "../shell/language.ts";
import { type FollowedWish, windowSaid } from "./view-model.ts";
import { useAppointmentLabels, useVisitWords } from "./words.ts";

/** Where a wish stands; whoever holds its receipt may take it back. */
export function WishState({ code, before }: { code: string; before: FollowedWish }) {
  const words = useVisitWords();
  const labels = useAppointmentLabels();
  const locale = useLocale();
  const [wish, setWish] = useState(before);
  const [leaving, setLeaving] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const { follow } = words;
  const visit = wish.kind === "visit";
  const title = visit ? follow.visit : follow.none;
  useTitle(title);
  const time = wish.window === null ? null : windowSaid(wish.window, locale);
  const state =
    wish.state === "holding" || wish.state === "ended"
      ? follow[wish.state]
      : labels.state[wish.state];

  const takeBack = async () => {
    setBusy(true);
    setSaid(undefined);
    const look = toBase64Url(await lookOf(code));
    const answer = await sendWithWork<FollowedWish>(locale, "/wishes/take-back", { look });
    setBusy(false);
    setLeaving(false);
    if (answer.ok) setWish(answer.value);
    setSaid(answer.ok ? follow.taken : (answer.sentence ?? words.failed));
  };

  return (
    <>
      <h1>{title}</h1>
      <Section title={state}>
        <dl className="site-facts">
          {time !== null && (
            <>
              <dt>{follow.when}</dt>
              <dd>
                {time["day"]} {fill(words.time.window, time)}
              </dd>
            </>
          )}
          {wish.until !== null && (
            <>
              <dt>{follow.until}</dt>
              <dd>{dayOf(localDate(wish.until), locale)}</dd>
            </>
          )}
        </dl>
        <Call
          label={fill(follow.call, {
            station: locale === "en" ? wish.station.nameEn : wish.station.name,
          })}
          number={wish.station.dutyPhone}
        />
      </Section>
      {said && <p role="status">{said}</p>}
      {wish.mayTakeBack && (
        <Section title={visit ? follow.take_back : follow.take_back_none}>
          {leaving ? (
            <>
              <Button look="danger" block disabled={busy} onClick={() => void takeBack()}>
                {follow.sure}
              </Button>
              <Button block disabled={busy} onClick={() => setLeaving(false)}>
                {follow.keep}
              </Button>
            </>
          ) : (
            <Button block onClick={() => setLeaving(true)}>
              {visit ? follow.take_back : follow.take_back_none}
            </Button>
          )}
        </Section>
      )}
    </>
  );
}
