/** What follows from an order on a listed place, or why it is refused. Source: domain.md §4.5. */
import { type Instant, type LocalDate, localDate, sameDayLater } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { isWorse } from "./comparison.ts";
import { type ListingActor, mayCommand, mayPropose } from "./policy.ts";
import {
  type Comparison,
  DELIST_CRITERIA,
  type Listing,
  LISTING_COMMANDS,
  LISTING_LIMITS,
  type ListingBody,
  type ListingChange,
  type ListingCommand,
  type ListingCommandType,
  type ListingDraft,
  type ListingRefusal,
  type ListingState,
} from "./terms.ts";

type Decision = Result<ListingChange, ListingRefusal>;

/** All that the rules need to know beside the listing. */
export interface ListingContext {
  readonly actor: ListingActor;
  readonly now: Instant;
  /** The note detector: whether a text holds what may not stand in it. */
  forbidden(text: string): boolean;
}

function checked(
  text: string,
  context: ListingContext,
  limit: number = LISTING_LIMITS.textLength,
): Result<string, ListingRefusal> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("text-missing");
  if (trimmed.length > limit) return refuse("text-too-long", { limit });
  return context.forbidden(trimmed) ? refuse("text-forbidden") : accept(trimmed);
}

/** What the register and the counts say of the place that is proposed. */
export interface ProposedPlace {
  readonly stationId: string;
  readonly beatId: string | null;
  readonly households: number;
  /** Null where a count is missing, of these days or of the year before. */
  readonly comparison: Comparison | null;
  /** It is proposed or listed already. */
  readonly running: boolean;
}

/** An estate is proposed out of its figures, and only one that is large enough. */
export function propose(
  draft: ListingDraft,
  place: ProposedPlace,
  context: ListingContext,
): Decision {
  if (!mayPropose(context.actor.role)) return refuse("not-permitted");
  const { households: least, count: smallest } = LISTING_LIMITS;
  if (place.households < least) return refuse("estate-too-small", { least });
  if (place.running) return refuse("already-listed");
  const { comparison, stationId, beatId } = place;
  if (comparison === null) return refuse("no-comparison");
  if (comparison.count < smallest) return refuse("count-too-small", { least: smallest });
  if (!isWorse(comparison)) return refuse("not-worse");
  const text = checked(draft.text, context);
  if (!text.ok) return text;
  const { id, estateId, causes } = draft;
  return accept({
    type: "proposed",
    id,
    estateId,
    stationId,
    beatId,
    comparison,
    causes,
    text: text.value,
  });
}

/** In which states each order fits. */
const FITS: Readonly<Record<ListingCommandType, readonly ListingState[]>> = {
  inspect: ["proposed", "listed", "tested"],
  drop: ["proposed"],
  order: ["proposed"],
  set_measure: ["listed", "tested"],
  tell_measure: ["listed", "tested"],
  extend: ["listed", "tested"],
  test: ["listed", "tested"],
  delist: ["tested"],
};

export function decide(
  listing: Listing,
  command: ListingCommand,
  context: ListingContext,
): Decision {
  if (!mayCommand(context.actor.role, command.type)) return refuse("not-permitted");
  if (!FITS[command.type].includes(listing.state)) return refuse("wrong-state");
  switch (command.type) {
    case "inspect":
      return inspect(listing, command, context);
    case "drop": {
      const text = checked(command.text, context);
      return text.ok ? accept({ type: "dropped", text: text.value }) : text;
    }
    case "order":
      return order(command, context);
    case "set_measure":
      return setMeasure(listing, command, context);
    case "tell_measure":
      return tellMeasure(listing, command, context);
    case "extend":
      return extend(listing, command, context);
    case "test":
      return test(listing, command, context);
    case "delist":
      return delist(listing, context);
  }
}

type Of<T extends ListingCommandType> = Extract<ListingCommand, { type: T }>;

/** The last day that an order may give. */
export function latestDeadline(now: Instant): LocalDate {
  return sameDayLater(localDate(now), LISTING_LIMITS.months);
}

/** Who does something together: the police and at least one other. */
function jointly(of: readonly ListingBody[]): Result<readonly ListingBody[], ListingRefusal> {
  const bodies = [...new Set(of)];
  return bodies.includes("police") && bodies.length > 1 ? accept(bodies) : refuse("not-joint");
}

/** A joint inspection says what is behind it; it changes nothing by itself. */
function inspect(listing: Listing, command: Of<"inspect">, context: ListingContext): Decision {
  if (listing.inspections.length >= LISTING_LIMITS.inspections) {
    return refuse("too-many-inspections");
  }
  const bodies = jointly(command.bodies);
  if (!bodies.ok) return bodies;
  const { on } = command;
  if (on > localDate(context.now)) return refuse("day-future");
  const text = checked(command.text, context);
  if (!text.ok) return text;
  const causes = [...new Set(command.causes)];
  return accept({ type: "inspected", on, bodies: bodies.value, causes, text: text.value });
}

/** A joint order: the police never list a place alone. */
function order(command: Of<"order">, context: ListingContext): Decision {
  const bodies = jointly(command.bodies);
  if (!bodies.ok) return bodies;
  const number = checked(command.number, context, LISTING_LIMITS.numberLength);
  if (!number.ok) return number;
  const street = checked(command.street, context, LISTING_LIMITS.numberLength);
  if (!street.ok) return street;
  const latest = latestDeadline(context.now);
  const deadline = command.deadline ?? latest;
  if (deadline <= localDate(context.now)) return refuse("day-past");
  if (deadline > latest) return refuse("deadline-too-late", { latest });
  return accept({
    type: "ordered",
    number: number.value,
    bodies: bodies.value,
    street: street.value,
    deadline,
  });
}

function setMeasure(
  listing: Listing,
  command: Of<"set_measure">,
  context: ListingContext,
): Decision {
  if (listing.measures.length >= LISTING_LIMITS.measures) return refuse("too-many-measures");
  if (command.dueOn < localDate(context.now)) return refuse("day-past");
  const { deadline } = listing;
  if (deadline !== null && command.dueOn > deadline) {
    return refuse("deadline-too-late", { latest: deadline });
  }
  const text = checked(command.text, context);
  if (!text.ok) return text;
  const { id, body, dueOn } = command;
  return accept({ type: "measure_set", id, body, text: text.value, dueOn });
}

function tellMeasure(
  listing: Listing,
  command: Of<"tell_measure">,
  context: ListingContext,
): Decision {
  const measure = listing.measures.find(({ id }) => id === command.id);
  if (measure === undefined || measure.doneOn !== null) return refuse("measure-unknown");
  const note = checked(command.note, context);
  if (!note.ok) return note;
  return accept({ type: "measure_told", id: measure.id, note: note.value, done: command.done });
}

function extend(listing: Listing, command: Of<"extend">, context: ListingContext): Decision {
  const { months } = command;
  const left = LISTING_LIMITS.extraMonths - listing.extraMonths;
  if (!Number.isInteger(months) || months < 1 || months > left || listing.deadline === null) {
    return refuse("months-over", { left });
  }
  const text = checked(command.text, context);
  if (!text.ok) return text;
  const deadline = sameDayLater(listing.deadline, months);
  return accept({ type: "extended", months, deadline, text: text.value });
}

/** Every criterion is answered, residents are asked, and by somebody who had no part in it. */
function test(listing: Listing, command: Of<"test">, context: ListingContext): Decision {
  if (listing.handlers.includes(context.actor.memberId)) return refuse("handler-cannot-test");
  if (listing.measures.length === 0) return refuse("no-measures");
  const { asked, agree, answers } = command;
  const least = LISTING_LIMITS.residentsAsked;
  if (!Number.isInteger(asked) || asked < least) return refuse("too-few-asked", { least });
  if (!Number.isInteger(agree) || agree < 0 || agree > asked) {
    return refuse("too-few-asked", { least });
  }
  const text = checked(command.text, context);
  if (!text.ok) return text;
  const passed =
    DELIST_CRITERIA.every((criterion) => answers[criterion] !== "no") &&
    answers.measures_done === "yes" &&
    answers.count_down === "yes" &&
    listing.measures.every(({ doneOn }) => doneOn !== null) &&
    agree >= asked * LISTING_LIMITS.residentsAgree;
  return accept({ type: "tested", answers, asked, agree, passed, text: text.value });
}

function delist(listing: Listing, context: ListingContext): Decision {
  if (listing.test === null || !listing.test.passed) return refuse("test-failed");
  if (listing.test.by === context.actor.memberId) return refuse("tester-cannot-delist");
  return accept({ type: "delisted" });
}

/** What this person may do now: the buttons of its page. */
export function openCommands(listing: Listing, actor: ListingActor): readonly ListingCommandType[] {
  return LISTING_COMMANDS.filter((type) => {
    if (!mayCommand(actor.role, type) || !FITS[type].includes(listing.state)) return false;
    if (type === "test") {
      return !listing.handlers.includes(actor.memberId) && listing.measures.length > 0;
    }
    if (type === "delist") {
      return listing.test?.passed === true && listing.test.by !== actor.memberId;
    }
    if (type === "tell_measure") return listing.measures.some(({ doneOn }) => doneOn === null);
    return type !== "extend" || listing.extraMonths < LISTING_LIMITS.extraMonths;
  });
}
