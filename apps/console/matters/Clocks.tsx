import type { MatterClock, MatterDetail } from "@wanjia/contract/matters";
import { dueDay } from "@wanjia/domain/matters/clocks";
import { HOUR_MS, type Instant, localDate } from "@wanjia/domain/shared/instant";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { LeftChip } from "./chips.tsx";
import { labelKey, useMatterLabels } from "./labels.ts";
import { endsWithDay, inOrder, leftOf } from "./view-model.ts";
import { useMatterWords } from "./words.ts";

/** What runs against whom, by when, and by what law. */
export function Clocks({ matter, now }: { matter: MatterDetail; now: Instant }) {
  const words = useMatterWords();
  if (matter.disposition !== null) return null;
  return (
    <Card title={words("clock.title")}>
      {matter.clocks.length === 0 ? (
        <p>{words("clock.none")}</p>
      ) : (
        <ul className="matter-clocks">
          {inOrder(matter.clocks).map((clock) => (
            <li key={clock.purpose}>
              <Clock clock={clock} matter={matter} now={now} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Clock({ clock, matter, now }: { clock: MatterClock; matter: MatterDetail; now: Instant }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const locale = currentLocale();
  const { raisedTo } = clock;
  return (
    <>
      <p>
        <LeftChip left={leftOf(clock, now)} /> <Sentence clock={clock} matter={matter} now={now} />
      </p>
      {raisedTo !== null && (
        <p>
          {words(clock.task ? "clock.task" : "clock.raised", {
            level: labels(`supervisor.${raisedTo}`),
          })}
        </p>
      )}
      <p className="desk-lead">
        {words("clock.why", {
          basis: labels(`clockBasis.${clock.basis}`),
          amount: labels(`clockUnit.${clock.unit}`, {
            amount: clock.amount,
            count: clock.amount,
          }),
          source: clock.source,
        })}
        {" · "}
        {words("clock.since", { when: formatDay(localDate(clock.startedAt), locale, now) })}
      </p>
    </>
  );
}

function Sentence({
  clock,
  matter,
  now,
}: {
  clock: MatterClock;
  matter: MatterDetail;
  now: Instant;
}) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const locale = currentLocale();
  const what = labels(`clock.${clock.purpose}`);
  const { dueAt, pausedAt, left, unit } = clock;
  if (pausedAt !== null) {
    const units = {
      hours: () => words("clock.hours", { count: Math.ceil((left ?? 0) / HOUR_MS) }),
      working_days: () => words("clock.work_days", { count: left ?? 0 }),
      calendar_days: () => words("clock.days", { count: left ?? 0 }),
      months: () => words("clock.days", { count: left ?? 0 }),
    };
    const why = labels(labelKey("pause", matter.pauseReason ?? "force_majeure"));
    return `${what} · ${words("clock.paused_left", { why, left: units[unit]() })}`;
  }
  if (dueAt === null) return words("clock.no_date", { what });
  const when = endsWithDay(dueAt)
    ? formatDay(dueDay(dueAt), locale, now)
    : formatInstant(dueAt, locale, now);
  return words(dueAt <= now ? "clock.overdue" : "clock.due", { what, when });
}
