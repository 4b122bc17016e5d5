import { DAY_MS, type Instant } from "../shared/instant.ts";
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

/** K71-K73 as sums; what was answered late, or is overdue, both count as due. */
export function complaintCounts(complaints: readonly Counted[], now: Instant) {
  const answered = complaints.filter(({ answeredAt }) => answeredAt !== null);
  const overdue = complaints.filter(
    ({ answeredAt, answerDueAt }) =>
      answeredAt === null && answerDueAt !== null && answerDueAt <= now,
  );
  const onTime = answered.filter(
    ({ answeredAt, answerDueAt }) => answerDueAt === null || (answeredAt ?? 0) < answerDueAt,
  );
  const substantiated = answered.filter(
    ({ finding }) => finding === "substantiated" || finding === "partly",
  );
  return {
    complaints: complaints.length,
    complaints_answer_due: answered.length + overdue.length,
    complaints_answered_on_time: onTime.length,
    complaints_answered: answered.length,
    complaints_substantiated: substantiated.length,
  };
}

/** Null below twenty: a smaller number would tell a unit that somebody complained about it. */
export function complaintFigures(
  complaints: readonly Counted[],
  now: Instant,
): ComplaintFigures | null {
  const counts = complaintCounts(complaints, now);
  const answered = complaints.filter(({ answeredAt }) => answeredAt !== null);
  if (answered.length < COMPLAINTS_SUPPRESSED_BELOW) return null;
  const days = answered
    .map(({ receivedAt, answeredAt }) => ((answeredAt ?? receivedAt) - receivedAt) / DAY_MS)
    .toSorted((a, b) => a - b);
  return {
    received: counts.complaints,
    answeredOnTime: counts.complaints_answered_on_time / counts.complaints_answer_due,
    substantiatedShare: counts.complaints_substantiated / counts.complaints_answered,
    medianDays: Math.ceil(days[Math.floor((days.length - 1) / 2)] ?? 0),
    reviewedShare:
      answered.filter(({ reviewAskedAt }) => reviewAskedAt !== null).length / answered.length,
  };
}
