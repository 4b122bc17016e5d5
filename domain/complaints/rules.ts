import { contactRefusal } from "../shared/contact.ts";
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { type ComplaintWait, dueAfter, type Limits } from "./clocks.ts";
import { type ComplaintActor, handledBy, isOutOfSight } from "./policy.ts";
import {
  type Complaint,
  type ComplaintCommand,
  COMPLAINT_LIMITS,
  COMPLAINT_STEPS,
  type ComplaintDraft,
  type ComplaintRefusal,
  type ComplaintState,
  type ComplaintStep,
} from "./terms.ts";

type Answer = Result<Complaint, ComplaintRefusal>;

function textRefusal(
  text: string,
  limit: number,
): ReturnType<typeof refuse<ComplaintRefusal>> | null {
  if (text.trim() === "") return refuse("complaint-text-missing");
  return text.length > limit ? refuse("complaint-text-too-long", { limit }) : null;
}

/** A complaint as it comes in, on its way round the unit that it concerns. */
export function receiveComplaint(
  id: Id,
  draft: ComplaintDraft,
  now: Instant,
  limits: Limits,
): Answer {
  const wrong = textRefusal(draft.text, COMPLAINT_LIMITS.textLength);
  if (wrong !== null) return wrong;
  if (draft.about === "station" && draft.stationId === null) return refuse("station-needed");
  const contact = draft.contact === undefined ? null : contactRefusal(draft.contact, true);
  if (contact !== null) return refuse(contact);
  return accept({
    id,
    version: 1,
    about: draft.about,
    stationId: draft.about === "station" ? draft.stationId : null,
    kind: draft.kind,
    origin: draft.origin,
    handledBy: handledBy(draft.about),
    concerned: [],
    heard: 0,
    state: "received",
    finding: null,
    foundBy: null,
    receivedAt: now,
    receiptedAt: null,
    checkedAt: null,
    foundAt: null,
    answerDueAt: null,
    answeredAt: null,
    reviewAskedAt: null,
    reviewedAt: null,
    closedAt: null,
    dueAt: dueAfter("receipt", now, limits),
  });
}

/** In which states each order makes sense. Notes and names may come until the end. */
const OPEN: readonly ComplaintState[] = [
  "received",
  "receipted",
  "investigating",
  "found",
  "answered",
  "under_review",
];
const WHEN: Readonly<Record<ComplaintCommand["type"], readonly ComplaintState[]>> = {
  receipt: ["received"],
  note: OPEN,
  name: OPEN,
  check: ["received", "receipted"],
  hear: ["investigating", "under_review"],
  find: ["investigating"],
  answer: ["found"],
  decide_review: ["under_review"],
  ask_review: ["answered"],
  withdraw: ["received", "receipted", "investigating"],
  close: ["answered"],
};

const WORDED: readonly ComplaintCommand["type"][] = [
  "note",
  "check",
  "hear",
  "find",
  "answer",
  "decide_review",
  "ask_review",
];

/**
 * Takes one step. `actor` is null for the complainant, who shows the receipt, and for time itself.
 *
 * Officers are presumed to have acted in good faith: nothing is found against them before one of
 * them was heard (督察条例 14), and no finding has a consequence here.
 */
export function decideComplaint(
  complaint: Complaint,
  command: ComplaintCommand,
  actor: ComplaintActor | null,
  now: Instant,
  limits: Limits,
): Answer {
  if (actor !== null && isOutOfSight(complaint, actor)) return refuse("conflict-of-interest");
  if (!WHEN[command.type].includes(complaint.state)) return refuse("complaint-wrong-state");
  if ("text" in command && WORDED.includes(command.type)) {
    const wrong = textRefusal(command.text, COMPLAINT_LIMITS.reasonLength);
    if (wrong !== null) return wrong;
  }
  const next = step(complaint, command, actor, now, limits);
  if (!next.ok) return next;
  const { state, dueAt } = next.value;
  const answerDueAt = state === "found" ? dueAt : next.value.answerDueAt;
  return accept({ ...next.value, answerDueAt, version: complaint.version + 1 });
}

function step(
  complaint: Complaint,
  command: ComplaintCommand,
  actor: ComplaintActor | null,
  now: Instant,
  limits: Limits,
): Answer {
  const due = (wait: Parameters<typeof dueAfter>[0]) => dueAfter(wait, now, limits);
  switch (command.type) {
    case "note":
      return accept(complaint);
    case "name":
      return accept({ ...complaint, concerned: [...new Set(command.memberIds)] });
    case "receipt":
      return accept({
        ...complaint,
        state: "receipted",
        receiptedAt: now,
        dueAt: dueAfter("check", complaint.receivedAt, limits),
      });
    case "check": {
      const checked = { ...complaint, receiptedAt: complaint.receiptedAt ?? now, checkedAt: now };
      if (command.result === "investigate") {
        return accept({ ...checked, state: "investigating", dueAt: due("finding") });
      }
      return accept({
        ...checked,
        state: "found",
        finding: command.result,
        foundBy: actor?.memberId ?? null,
        foundAt: now,
        dueAt: due("answer"),
      });
    }
    case "hear":
      return accept({ ...complaint, heard: complaint.heard + 1 });
    case "find":
      if (command.finding !== "unsubstantiated" && complaint.heard === 0) {
        return refuse("officer-not-heard");
      }
      return accept({
        ...complaint,
        state: "found",
        finding: command.finding,
        foundBy: actor?.memberId ?? null,
        foundAt: now,
        dueAt: due("answer"),
      });
    case "answer": {
      // After a review there is no other: what is left is a court (行政复议法, 行政诉讼法).
      const last = complaint.reviewedAt !== null || complaint.finding === "withdrawn";
      return accept({
        ...complaint,
        state: last ? "closed" : "answered",
        answeredAt: now,
        closedAt: last ? now : null,
        dueAt: last ? null : due("review"),
      });
    }
    case "ask_review":
      if (complaint.reviewAskedAt !== null) return refuse("review-used");
      if (complaint.dueAt !== null && now >= complaint.dueAt) return refuse("review-too-late");
      return accept({
        ...complaint,
        state: "under_review",
        reviewAskedAt: now,
        dueAt: due("re_decision"),
      });
    case "decide_review": {
      if (actor !== null && actor.memberId === complaint.foundBy) {
        return refuse("reviewer-was-finder");
      }
      if (command.result === "changed" && command.finding === undefined) {
        return refuse("finding-needed");
      }
      const finding = command.result === "changed" ? command.finding : complaint.finding;
      if ((finding === "substantiated" || finding === "partly") && complaint.heard === 0) {
        return refuse("officer-not-heard");
      }
      return accept({
        ...complaint,
        state: "found",
        finding: finding ?? complaint.finding,
        foundBy: actor?.memberId ?? null,
        reviewedAt: now,
        dueAt: due("answer"),
      });
    }
    case "withdraw":
      // It may still show something that has to be put right, so a person looks and answers.
      return accept({
        ...complaint,
        state: "found",
        finding: "withdrawn",
        foundAt: now,
        dueAt: due("answer"),
      });
    case "close":
      if (complaint.dueAt === null || now < complaint.dueAt) return refuse("complaint-wrong-state");
      return accept({ ...complaint, state: "closed", closedAt: now, dueAt: null });
  }
}

/** What runs in a state that counts in working days, and since when. */
function waitOf({
  state,
  receivedAt,
  checkedAt,
  foundAt,
  reviewedAt,
}: Complaint): readonly [ComplaintWait, Instant] | null {
  if (state === "receipted") return ["check", receivedAt];
  if (state === "investigating" && checkedAt !== null) return ["finding", checkedAt];
  const found = reviewedAt ?? foundAt;
  return state === "found" && found !== null ? ["answer", found] : null;
}

/** A date for what had none, now that the holidays are announced: as if they had been all along. */
export function dated(complaint: Complaint, limits: Limits): Complaint {
  const wait = complaint.dueAt === null ? waitOf(complaint) : null;
  const dueAt = wait === null ? null : dueAfter(...wait, limits);
  if (dueAt === null) return complaint;
  const answerDueAt = complaint.state === "found" ? dueAt : complaint.answerDueAt;
  return { ...complaint, dueAt, answerDueAt, version: complaint.version + 1 };
}

/** What this person may do next: the buttons of its page. */
export function openComplaintSteps(complaint: Complaint, actor: ComplaintActor): ComplaintStep[] {
  if (isOutOfSight(complaint, actor)) return [];
  return COMPLAINT_STEPS.filter(
    (type) =>
      WHEN[type].includes(complaint.state) &&
      !(type === "decide_review" && actor.memberId === complaint.foundBy),
  );
}
