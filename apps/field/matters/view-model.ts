/** The beat's matters on the phone: which are shown, in which order. */
import type { HazardGrade, MatterKind, MatterState } from "@wanjia/domain/matters/terms";
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
  readonly grade: HazardGrade | null;
  readonly state: MatterState;
  readonly placeId: Id;
  readonly registeredAt: Instant;
  readonly dueOn: LocalDate | null;
  readonly text: string;
};

/** What came down is trusted as far as its shape goes; a record without a number is not shown. */
export function phoneMatters(bodies: readonly MatterBody[]): readonly PhoneMatter[] {
  return bodies.filter(
    (body): body is PhoneMatter & MatterBody => typeof body["number"] === "string",
  );
}

export function isEnded({ state }: PhoneMatter): boolean {
  return state === "closed" || state === "withdrawn";
}

export function isOverdue(matter: PhoneMatter, now: Instant): boolean {
  return !isEnded(matter) && matter.dueOn !== null && matter.dueOn < localDate(now);
}

/** Open ones by due date, then the ended, newest first. */
export function matterList(
  matters: readonly PhoneMatter[],
  kind: MatterKind | null,
): readonly PhoneMatter[] {
  return matters
    .filter((matter) => kind === null || matter.kind === kind)
    .toSorted(
      (a, b) =>
        Number(isEnded(a)) - Number(isEnded(b)) ||
        compare(a.dueOn ?? "9999", b.dueOn ?? "9999") ||
        b.registeredAt - a.registeredAt,
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
