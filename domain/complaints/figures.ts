import { DAY_MS } from "../shared/instant.ts";
import { COMPLAINTS_SUPPRESSED_BELOW } from "./policy.ts";
import type { Complaint } from "./terms.ts";

/** K71-K73 of one finished stretch of time, for the whole bureau. */
export interface ComplaintFigures {
  readonly received: number;
  readonly answeredOnTime: number;
  readonly substantiatedShare: number;
  readonly medianDays: number;
  readonly reviewedShare: number;
}

type Counted = Pick<
  Complaint,
  "receivedAt" | "finding" | "answeredAt" | "answerDueAt" | "reviewAskedAt"
>;

/** Null below twenty: a smaller number would tell a unit that somebody complained about it. */
export function complaintFigures(complaints: readonly Counted[]): ComplaintFigures | null {
  const answered = complaints.filter(({ answeredAt }) => answeredAt !== null);
  if (answered.length < COMPLAINTS_SUPPRESSED_BELOW) return null;
  const share = (some: readonly unknown[]): number => some.length / answered.length;
  const days = answered
    .map(({ receivedAt, answeredAt }) => ((answeredAt ?? receivedAt) - receivedAt) / DAY_MS)
    .toSorted((a, b) => a - b);
  return {
    received: complaints.length,
    answeredOnTime: share(
      answered.filter(
        ({ answeredAt, answerDueAt }) => answerDueAt === null || (answeredAt ?? 0) < answerDueAt,
      ),
    ),
    substantiatedShare: share(
      answered.filter(({ finding }) => finding === "substantiated" || finding === "partly"),
    ),
    medianDays: Math.ceil(days[Math.floor((days.length - 1) / 2)] ?? 0),
    reviewedShare: share(answered.filter(({ reviewAskedAt }) => reviewAskedAt !== null)),
  };
}
