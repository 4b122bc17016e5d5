/**
 * What somebody may ask about his own data (个人信息保护法 44-50): where a receipt shows what is held,
 * he withdraws consent at once and by himself; the rest is decided by people, with reasons and in time.
 */
import type { Role } from "../organisation/terms.ts";
import type { Instant } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  type DataDecision,
  type DataRequestKind,
  REQUEST_LIMITS,
  type RequestHandler,
  type DataSubjectKind,
} from "./terms.ts";

export interface DataRequest {
  readonly id: string;
  readonly version: number;
  readonly kind: DataRequestKind;
  readonly handledBy: RequestHandler;
  readonly receivedAt: Instant;
  /** Null where the holidays of that time aren't announced yet. */
  readonly dueAt: Instant | null;
  readonly decidedAt: Instant | null;
  readonly decision: DataDecision | null;
}

export type RequestRefusal =
  | "request-text-missing"
  | "request-text-too-long"
  | "request-open"
  | "request-not-here"
  | "request-decided"
  | "decision-text-missing"
  | "decision-text-too-long"
  | "stale-version";

/** A tip is sealed: there is nothing here that anybody could read, copy or correct. */
const ASKED_OF: Readonly<Record<DataSubjectKind, readonly DataRequestKind[]>> = {
  matter: ["copy", "correction", "deletion", "explanation"],
  complaint: ["copy", "correction", "deletion", "explanation"],
  appointment: ["deletion", "explanation"],
  wish: ["explanation"],
  tip: [],
  none: ["copy", "correction", "deletion", "explanation"],
};

export function kindsFor(subject: DataSubjectKind): readonly DataRequestKind[] {
  return ASKED_OF[subject];
}

/**
 * Whether a request may be made. Refuses `request-open` while one of the same kind waits for its
 * answer: nobody is kept from asking again once he was told.
 */
export function mayAskFor(
  kind: DataRequestKind,
  text: string,
  subject: DataSubjectKind,
  before: readonly Pick<DataRequest, "kind" | "decidedAt">[],
): Result<null, RequestRefusal> {
  if (!kindsFor(subject).includes(kind)) return refuse("request-not-here");
  if (text.trim() === "") return refuse("request-text-missing");
  if (text.length > REQUEST_LIMITS.textLength) {
    return refuse("request-text-too-long", { limit: REQUEST_LIMITS.textLength });
  }
  const open = before.some((one) => one.kind === kind && one.decidedAt === null);
  return open ? refuse("request-open") : accept(null);
}

/** What was decided, with the reasons that the resident reads: a "no" without them is none. */
export function decideRequest(
  request: DataRequest,
  decision: DataDecision,
  answer: string,
  version: number,
  now: Instant,
): Result<DataRequest, RequestRefusal> {
  if (request.decidedAt !== null) return refuse("request-decided");
  if (version !== request.version) return refuse("stale-version");
  if (answer.trim() === "") return refuse("decision-text-missing");
  if (answer.length > REQUEST_LIMITS.answerLength) {
    return refuse("decision-text-too-long", { limit: REQUEST_LIMITS.answerLength });
  }
  return accept({ ...request, version: request.version + 1, decision, decidedAt: now });
}

const HANDLERS: readonly Role[] = ["dpo", "inspectorate", "feedback_centre"];

export function mayHandleRequests(role: Role): role is RequestHandler {
  return HANDLERS.includes(role);
}

const TYPISTS: readonly Role[] = [
  "community_officer",
  "seconded_officer",
  "auxiliary",
  "station_leader",
  "feedback_centre",
  "dpo",
];

/** Typing in what somebody asks on paper, at the counter or by telephone. */
export function mayTypeRequest(role: Role): boolean {
  return TYPISTS.includes(role);
}

// -- figures --------------------------------------------------------------------------------------

/** K74: decided in time among those that were decided or whose time is over. */
export function requestCounts(
  requests: readonly Pick<DataRequest, "dueAt" | "decidedAt">[],
  now: Instant,
): { requests_due: number; requests_on_time: number } {
  const due = requests.filter(
    ({ dueAt, decidedAt }) => decidedAt !== null || (dueAt !== null && dueAt <= now),
  );
  const onTime = due.filter(
    ({ dueAt, decidedAt }) => decidedAt !== null && (dueAt === null || decidedAt < dueAt),
  );
  return { requests_due: due.length, requests_on_time: onTime.length };
}
