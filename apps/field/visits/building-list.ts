/** The list of buildings: what each shows, and which come first today. */
import { addDays, type Instant, localDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { nextAttempt } from "@wanjia/domain/visits/door";
import { bandOf } from "@wanjia/domain/visits/times";
import type { DoorStatus } from "@wanjia/domain/visits/terms";
import type { SyncContext } from "@wanjia/sync/protocol";
import { type BlockSummary, type Mine, type Pack, type PlaceRecord } from "../shell/records.ts";
import { seeDoors, surroundings } from "./view-model.ts";
import { blockTitle } from "./names.ts";

export function summarise(
  pack: Pack,
  mine: readonly Mine[],
  context: SyncContext | null,
  now: Instant = Date.now(),
): BlockSummary | null {
  const around = surroundings(context);
  const doors = seeDoors(pack, mine, around, now);
  const [first] = doors;
  if (!first) return null;
  const counts: Record<DoorStatus, number> = {
    open: 0,
    met: 0,
    again: 0,
    appointment: 0,
    ended: 0,
  };
  const dueFrom: Instant[] = [];
  const appointments: Instant[] = [];
  let lastWorkedAt: Instant | null = null;
  for (const door of doors) {
    counts[door.status] += 1;
    const next = nextAttempt(door.state, door.campaignId, now);
    if (door.status === "again" && next.kind === "knock") dueFrom.push(next.from);
    if (next.kind === "appointment") appointments.push(next.from);
    const last = door.state.attempts.at(-1)?.at;
    if (last !== undefined) lastWorkedAt = Math.max(lastWorkedAt ?? 0, last);
  }
  const building = pack.places[pack.key];
  const { title, subtitle } = blockTitle(pack.key, building ?? first.place);
  return {
    key: pack.key,
    beat: pack.beat,
    title,
    subtitle,
    sort: building?.sortKey ?? first.place.sortKey ?? title,
    looksLike: building || first.place.buildingId !== first.place.id ? "building" : "houses",
    doors: doors.length,
    workplaces: doors.filter(({ place }) => isWorkplace(place)).length,
    met: counts.met,
    ended: counts.ended,
    open: counts.open,
    again: counts.again,
    dueFrom: dueFrom.sort((a, b) => a - b),
    appointments: appointments.sort((a, b) => a - b),
    lastWorkedAt,
  };
}

function isWorkplace({ kind }: PlaceRecord): boolean {
  return kind === "shop" || kind === "organisation" || kind === "site";
}

/** Why a building is worth going to now, most urgent first. */
type TodayReason = "appointment" | "due" | "begun" | "open" | "done";

export type TodayBlock = {
  readonly summary: BlockSummary;
  readonly reason: TodayReason;
  /** The next time agreed with somebody, today. */
  readonly appointment: Instant | null;
  /** Doors to knock at again today, and whether only from the evening on. */
  readonly due: number;
  readonly dueIn: "now" | "evening";
};

export function endOfToday(now: Instant): Instant {
  return startOfLocalDay(addDays(localDate(now), 1));
}

function todayBlock(summary: BlockSummary, now: Instant): TodayBlock {
  const end = endOfToday(now);
  const due = summary.dueFrom.filter((from) => from < end);
  const appointment = summary.appointments.find((from) => from < end) ?? null;
  const toMeet = summary.doors - summary.met - summary.ended;
  const begun = summary.met + summary.ended + summary.again > 0;
  const reason: TodayReason =
    toMeet === 0
      ? "done"
      : appointment !== null
        ? "appointment"
        : due.length > 0
          ? "due"
          : begun
            ? "begun"
            : "open";
  return {
    summary,
    reason,
    appointment,
    due: due.length,
    dueIn: due.length > 0 && due.every((from) => from > now) ? "evening" : "now",
  };
}

const urgency: readonly TodayReason[] = ["appointment", "due", "begun", "open", "done"];

/**
 * The list of the day: what is agreed, then what is due, then what was begun, then the rest. Among
 * equals workplaces come first by day and homes in the evening and at the weekend.
 */
export function todayList(blocks: readonly BlockSummary[], now: Instant): readonly TodayBlock[] {
  const first = bandOf(now) === "daytime" ? -1 : 1;
  const share = ({ summary }: TodayBlock) => summary.workplaces / Math.max(1, summary.doors);
  return blocks
    .map((summary) => todayBlock(summary, now))
    .sort(
      (a, b) =>
        urgency.indexOf(a.reason) - urgency.indexOf(b.reason) ||
        (a.appointment ?? 0) - (b.appointment ?? 0) ||
        (share(a) - share(b)) * first,
    );
}
