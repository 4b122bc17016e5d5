/** What may be recorded of a knock at a door, and what the door remembers of it. */
import type { Id } from "../shared/id.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../shared/instant.ts";
import { accept, refuse } from "../shared/result.ts";
import type { Finding } from "../privacy/terms.ts";
import {
  checkForm,
  checkLeaflets,
  checkMatters,
  checkOutcome,
  checkTeam,
  checkTexts,
  outsideBeat,
  textsOf,
  type Times,
  timesOf,
} from "./checks.ts";
import { type Answer, type VisitContext, visitablePlace } from "./context.ts";
import {
  addKnock,
  campaignAt,
  type FieldChange,
  forget,
  type Knock,
  ladderFinished,
  quietUntil,
  setField,
  withoutAsked,
} from "./door.ts";
import { doorDelta, factOf, placeOf, type VisitFact } from "./facts.ts";
import {
  type DoorState,
  MANY_LEAFLETS,
  OUTCOME_MEANING,
  QUIET_MONTHS,
  type RecordVisit,
  type Visit,
  type VisitDetails,
  type VisitWarning,
} from "./terms.ts";
import { isUnusualHour, timeModeOf } from "./times.ts";
import { checkWishes } from "./wishes.ts";

export interface Recorded {
  readonly visit: Visit;
  readonly door: DoorState;
  readonly warnings: readonly VisitWarning[];
  readonly fact: VisitFact;
}

/**
 * Records one knock. Accepts a place, a team and an outcome alone: no personal datum is required.
 *
 * A visit that was made before its officer could know of the resident's wish for no visits, or of
 * an end in this campaign, is kept and marked `unaware`: what happened is not lost. Whoever knew is
 * refused `do-not-visit` or `ended-in-campaign`, unless the resident asked.
 *
 * Source: domain.md §3.1, §3.2.
 */
export function record(
  door: DoorState,
  command: RecordVisit,
  context: VisitContext,
): Answer<Recorded> {
  const judged = judge(door, command, context, null);
  if (!judged.ok) return judged;
  const { visit, after, warnings } = judged.value;
  return accept({
    visit,
    door: forget(after, context.now, context.alive),
    warnings,
    fact: factOf(visit, command, after, [doorDelta(placeOf(visit), door, after)], null),
  });
}

/** A visit that the rules allow, and the door with it: nothing forgotten yet, so that it compares. */
interface Judged {
  readonly visit: Visit;
  readonly after: DoorState;
  readonly warnings: readonly VisitWarning[];
}

export function judge(
  door: DoorState,
  command: RecordVisit,
  context: VisitContext,
  correction: { readonly original: Visit; readonly reason: string } | null,
): Answer<Judged> {
  const place = visitablePlace(context.place);
  if (!place.ok) return place;
  const team = checkTeam(command, context, correction !== null);
  if (team !== null) return team;
  if (outsideBeat(place.value, context) && (command.outsideBeatReason ?? "").trim() === "") {
    return refuse("outside-beat");
  }
  const times = timesOf(command, context);
  if (!times.ok) return times;
  const { visitedAt, endedAt } = times.value;
  const meaning = OUTCOME_MEANING[command.outcome];
  const findings = textsOf(command).flatMap((text) => context.inspect(text));
  const refusal =
    checkOutcome(command) ??
    checkTexts(command, findings) ??
    checkLeaflets(command, context) ??
    checkMatters(command.matters ?? []) ??
    checkForm(command, place.value, visitedAt, context);
  if (refusal !== null) return refusal;

  const campaignIds = context.campaignsAt(place.value, visitedAt);
  const wish =
    correction === null
      ? checkWishes(door, command, campaignIds, visitedAt, context)
      : accept({ unaware: correction.original.unaware });
  if (!wish.ok) return wish;

  const knock: Knock = {
    id: context.id,
    at: visitedAt,
    trace: meaning.trace,
    campaignIds,
    cardLeft: command.cardLeft ?? false,
    last: command.lastAttempt ?? false,
  };
  const knocked = addKnock(door, knock);
  const fields = withFields(knocked, command, visitedAt, context);
  if (!fields.ok) return fields;
  const after = fields.value;
  const attempts = (id: Id): number => campaignAt(after, id)?.attempts ?? 0;
  const [firstCampaign] = campaignIds;

  const visit: Visit = {
    id: context.id,
    placeId: place.value.id,
    placeKind: place.value.kind,
    buildingId: place.value.buildingId,
    communityId: place.value.communityId,
    stationId: place.value.stationId,
    beatId: place.value.beatId,
    campaignIds,
    memberId: context.author,
    team: command.team,
    outcome: command.outcome,
    contact: meaning.contact,
    completed: meaning.completed,
    visitedAt,
    endedAt,
    deviceAt: command.startedAt,
    receivedAt: context.now,
    timeMode: timeModeOf(visitedAt),
    arranged: command.arranged ?? "none",
    attemptNo: firstCampaign === undefined ? after.outside.attempts : attempts(firstCampaign),
    corrects: correction?.original.id ?? null,
    correctionReason: correction?.reason ?? null,
    unaware: wish.value.unaware,
    details: detailsOf(command),
  };
  return accept({
    visit,
    after,
    warnings: warningsOf(command, visit, after, times.value, findings, context),
  });
}

/** Fields of the door that a visit sets by itself. */
function withFields(
  door: DoorState,
  command: RecordVisit,
  visitedAt: Instant,
  context: VisitContext,
): Answer<DoorState> {
  let after = door;
  const change = <T>(value: T | null): FieldChange<T> => ({
    value,
    base: context.base,
    at: visitedAt,
    by: context.author,
  });
  if (command.appointment !== undefined) {
    const appointment = setField(after.appointment, change(command.appointment), after.version);
    if (appointment === undefined) return refuse("too-many-versions", { field: "appointment" });
    after = { ...withoutAsked(after), appointment };
  } else if (OUTCOME_MEANING[command.outcome].completed) {
    // Kept: the resident was met.
    const isTime = (from: Instant): boolean => visitedAt >= from - DAY_MS;
    if (after.appointment?.value != null && isTime(after.appointment.value.from)) {
      after = {
        ...after,
        appointment: { value: null, version: after.version, at: visitedAt, by: context.author },
      };
    }
    if (after.asked !== undefined && isTime(after.asked.from)) after = withoutAsked(after);
  }
  if (command.outcome === "asked_not_to_visit") {
    after = {
      ...after,
      quietUntil: {
        value: Math.max(after.quietUntil?.value ?? 0, quietUntil(visitedAt, QUIET_MONTHS)),
        version: after.version,
        at: visitedAt,
        by: context.author,
      },
    };
  }
  return accept(after);
}

/** What is kept of a command as it was said. */
const KEPT = [
  "noticeGiven",
  "idShown",
  "entryConsent",
  "cardLeft",
  "leaflets",
  "topics",
  "companions",
  "accessNeeds",
  "note",
  "form",
  "answers",
  "appointment",
  "lastAttempt",
  "outsideBeatReason",
  "purpose",
  "inspectionRef",
  "paperSlip",
] as const satisfies readonly (keyof VisitDetails & keyof RecordVisit)[];

function detailsOf(command: RecordVisit): VisitDetails {
  const said = [
    ...KEPT.map((name) => [name, command[name]] as const),
    ["matterIds", command.matters?.map(({ id }) => id)] as const,
  ];
  return Object.fromEntries(
    said.filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

function warningsOf(
  command: RecordVisit,
  visit: Visit,
  door: DoorState,
  times: Times,
  findings: readonly Finding[],
  context: VisitContext,
): VisitWarning[] {
  const warnings: VisitWarning[] = [];
  if ((command.leaflets ?? []).some(({ quantity }) => quantity > MANY_LEAFLETS)) {
    warnings.push("many-leaflets");
  }
  if (isUnusualHour(visit.visitedAt) && visit.arranged === "none") warnings.push("unusual-hour");
  if (
    command.lastAttempt === true &&
    !visit.campaignIds.every((id) => ladderFinished(campaignAt(door, id)))
  ) {
    warnings.push("ladder-not-finished");
  }
  if (findings.length > 0) warnings.push("text-suspicious");
  if (!context.atDesk && Math.abs(times.skewMs) > CLOCK_TOLERANCE_MS) warnings.push("clock-wrong");
  if (visit.unaware) warnings.push("unaware-of-wish");
  return warnings;
}
