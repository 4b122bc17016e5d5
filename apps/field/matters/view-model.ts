/** The beat's matters on the phone: which are shown, in which order. */
import type { PauseReason, RunningClock } from "@wanjia/domain/matters/clock-terms";
import { dueDay } from "@wanjia/domain/matters/clocks";
import { nextDeadline } from "@wanjia/domain/matters/running";
import {
  ENDED,
  type HazardStanding,
  type MatterKind,
  type MatterState,
} from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, type LocalDate, localDate } from "@wanjia/domain/shared/instant";
import type { MatterBody } from "../shell/pull.ts";

/** A matter as the server tells phones: a short text, no contact. */
export type PhoneMatter = {
  readonly id: Id;
  readonly beatId: Id;
  readonly number: string;
  readonly kind: MatterKind;
  readonly subtype: string;
  /** Of a hazard. */
  readonly grade: HazardStanding | null;
  readonly state: MatterState;
  readonly placeId: Id;
  readonly registeredAt: Instant;
  readonly dueOn?: LocalDate | null;
  readonly text: string;
  /** All that runs, as the server keeps it; absent in what came down before there were clocks. */
  readonly clocks?: readonly RunningClock[] | null;
  readonly pauseReason?: PauseReason | null;
};

/** What came down is trusted as far as its shape goes; a record without a number is not shown. */
export function phoneMatters(bodies: readonly MatterBody[]): readonly PhoneMatter[] {
  return bodies.filter(
    (body): body is PhoneMatter & MatterBody => typeof body["number"] === "string",
  );
}

export function isEnded({ state }: PhoneMatter): boolean {
  return ENDED.includes(state);
}

/** What has to be done next, and by which day; `null` where nothing runs. */
export function nextOf(
  { clocks }: PhoneMatter,
  now: Instant,
): {
  readonly purpose: RunningClock["purpose"];
  readonly day: LocalDate | null;
  readonly kind: "overdue" | "today" | "later" | "paused" | "undated";
} | null {
  const next = nextDeadline(clocks ?? []);
  if (next === null) return null;
  const { purpose, dueAt, pausedAt } = next;
  if (dueAt === null) return { purpose, day: null, kind: pausedAt === null ? "undated" : "paused" };
  const day = dueDay(dueAt);
  if (dueAt <= now) return { purpose, day, kind: "overdue" };
  return { purpose, day, kind: day === localDate(now) ? "today" : "later" };
}

function dayOf(matter: PhoneMatter): string {
  const due = nextDeadline(matter.clocks ?? [])?.dueAt ?? null;
  return due === null ? "9999" : dueDay(due);
}

/** Open ones by their next deadline, then the ended, newest first. */
export function matterList(
  matters: readonly PhoneMatter[],
  kind: MatterKind | null,
): readonly PhoneMatter[] {
  return matters
    .filter((matter) => kind === null || matter.kind === kind)
    .toSorted(
      (a, b) =>
        Number(isEnded(a)) - Number(isEnded(b)) ||
        compare(dayOf(a), dayOf(b)) ||
        b.registeredAt - a.registeredAt,
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
