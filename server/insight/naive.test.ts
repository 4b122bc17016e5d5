/**
 * K20-K42 a second time: read off the histories of matters as a clerk with a pencil would, with none
 * of what counts them. Whatever happened to whom, the figures are the same.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { matterDelta, recurrenceDelta } from "@wanjia/domain/insight/counting-matters";
import { join } from "@wanjia/domain/insight/counting";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { figureOf } from "@wanjia/domain/insight/rules";
import type { Delta } from "@wanjia/domain/insight/terms";
import { decide } from "@wanjia/domain/matters/decide";
import { concernsMerged, follow } from "@wanjia/domain/matters/decide-merge";
import { begin, eventsOf, evolve, replay } from "@wanjia/domain/matters/evolve";
import {
  businessUnit,
  clockwork,
  colleague,
  feedbackCentre,
  HEARD_AT,
  history,
  leader,
  officer,
  propertyManager,
} from "@wanjia/domain/matters/fixtures";
import { openSteps } from "@wanjia/domain/matters/next-steps";
import {
  DECLINE_REASONS,
  MATTER_KINDS,
  type Matter,
  type MatterCommand,
  type MatterCommandType,
  type MatterEvent,
  OUTCOMES,
  UNSOLVED_REASONS,
} from "@wanjia/domain/matters/terms";
import {
  addDays,
  DAY_MS,
  daysBetween,
  HOUR_MS,
  localDate,
  type LocalDate,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
import { sumUp } from "./figures.ts";
import type { PackedEntry } from "./queries.ts";
import type { Asked } from "./read-model.ts";

// -- a few weeks of a beat ------------------------------------------------------------------------

type Past = readonly MatterEvent[];
const ACTORS = [officer, colleague, leader, feedbackCentre, businessUnit, propertyManager];
/** How often a step is taken that leads away or back; with all at once, nothing would ever end. */
const SELDOM: Partial<Readonly<Record<MatterCommandType, number>>> = {
  withdraw: 0.02,
  hand_to_110: 0.02,
  recall: 0.02,
  note: 0.02,
  reopen: 0.05,
  merge: 0.1,
  unmerge: 0.05,
  assign: 0.2,
  refer: 0.2,
};

/** Twelve matters, and what random people did with them in eight weeks. */
function weeks(seed: string): Past[] {
  const random = seededRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const pasts: MatterEvent[][] = [];
  for (let i = 0; i < 12; i += 1) {
    const kind = pick(MATTER_KINDS);
    const at = HEARD_AT + Math.floor(random() * 28 * 24) * HOUR_MS;
    const changes = {
      id: `01923f00-0000-7000-8000-${String(i).padStart(12, "0")}`,
      kind,
      subtype: "other",
      placeId: pick(["p1", "p2"]),
      reporter: pick(["resident", "resident", "officer"] as const),
      feedback: pick(["phone", "phone", "none"] as const),
      anonymous: random() < 0.1,
    } as const;
    pasts.push(history(changes, clockwork(at)));
  }
  for (
    let now = HEARD_AT;
    now < HEARD_AT + 56 * DAY_MS;
    now += Math.floor(random() * 6) * HOUR_MS
  ) {
    const past = pick(pasts);
    if ((past[0]?.at ?? 0) > now) continue;
    const order = step(replay(past), pasts.map(replay), clockwork(now), pick, random);
    if (order === null) continue;
    const before = replay(past);
    past.push(...eventsOf(order.changes, before.version, order.by, now));
    const after = replay(past);
    if (!concernsMerged(before, after)) continue;
    for (const other of pasts) {
      const it = replay(other);
      const followed = follow(it, after, order.by, clockwork(now));
      other.push(...eventsOf(followed, it.version, order.by, now));
    }
  }
  return pasts;
}

function step(
  matter: Matter,
  all: readonly Matter[],
  work: ReturnType<typeof clockwork>,
  pick: <T>(all: readonly T[]) => T,
  random: () => number,
) {
  const open = ACTORS.flatMap((actor) =>
    openSteps(matter, actor, work)
      .filter((type) => random() < (SELDOM[type] ?? 1))
      .map((type) => ({ actor, type })),
  );
  const chosen = pick(open);
  if (chosen === undefined) return null;
  const { actor, type } = chosen;
  const main = pick(all.filter(({ id, kind }) => kind === matter.kind && id !== matter.id));
  const text = "说明";
  const orders: { readonly [T in MatterCommandType]?: MatterCommand } = {
    assign: { type: "assign", to: pick([colleague, leader]).memberId },
    return_assignment: { type: "return_assignment", reason: text },
    refer: {
      type: "refer",
      to: propertyManager.partnerId ?? "",
      bodyKind: "property_manager",
      basis: "duty",
      text,
    },
    relay: { type: "relay", said: pick(["accepted", "returned"]), text },
    screen: { type: "screen", stopSigns: random() < 0.1 ? ["serious_crime"] : [] },
    resolve: {
      type: "resolve",
      outcome: pick(OUTCOMES[matter.kind]),
      reason: pick(UNSOLVED_REASONS),
      text,
    },
    show_place: { type: "show_place", photos: 1, atHome: false },
    recheck: { type: "recheck", cleared: random() < 0.7, text },
    decline: { type: "decline", reason: pick(DECLINE_REASONS), text },
    answer: { type: "answer", mode: "phone", text },
    call_back: {
      type: "call_back",
      mode: actor === feedbackCentre ? "phone" : "in_person",
      reached: random() < 0.8,
      solved: pick(["yes", "no"]),
      wantsReopen: random() < 0.1,
      text,
    },
    close: {
      type: "close",
      waiver: pick([undefined, "not_sampled", "no_reporter", "not_wanted", "anonymous"] as const),
    },
    reopen: { type: "reopen", reason: "not_solved", text },
    inform: { type: "inform", mode: "phone", text },
    suspend: { type: "suspend", reason: "force_majeure", text },
    extend: { type: "extend", purpose: "finish", amount: 3, why: text, told: "phone" },
    ...(main === undefined
      ? {}
      : {
          merge: {
            type: "merge",
            into: main.id,
            main,
            hasReporters: all.some(({ merged }) => merged?.into === matter.id),
          },
        }),
    unmerge: { type: "unmerge", text },
    withdraw: { type: "withdraw", text },
    hand_to_110: { type: "hand_to_110", text },
    recall: { type: "recall", text },
    note: { type: "note", text },
    accept: { type: "accept" },
    start: { type: "start" },
    resume: { type: "resume" },
    perform: { type: "perform" },
  };
  const order = orders[type];
  if (order === undefined) return null;
  const decision = decide(matter, order, actor, work);
  return decision.ok ? { changes: decision.value, by: actor.memberId } : null;
}

// -- as the product counts ------------------------------------------------------------------------

function deltaOf(pasts: readonly Past[]): Delta {
  const deltas: Delta[] = [];
  for (const past of pasts) {
    let before: Matter | null = null;
    for (const event of past) {
      const after: Matter = before === null ? begin(event) : evolve(before, event);
      deltas.push(
        matterDelta({ before, after, events: [event.change.type], campaignIds: [], now: event.at }),
      );
      before = after;
    }
  }
  const hazards = pasts.map(replay).filter(({ kind }) => kind === "hazard");
  return join([...deltas, recurrenceDelta(hazards)]);
}

function figuresOf(pasts: readonly Past[], asked: Asked): (id: string) => readonly number[] {
  const delta = deltaOf(pasts);
  const [first] = delta.entries;
  const found = { beats: [], days: [], buildings: [], presence: [], due: [], ages: [] };
  const body = {
    e: delta.entries.map(
      ({ book, campaignId, beatId, buildingId, on, counters }) =>
        [book, campaignId, beatId, buildingId, on, counters] satisfies PackedEntry,
    ),
    p: [],
  };
  const deltas = first === undefined ? [] : [{ stationId: first.stationId, body }];
  const sums = sumUp(asked, { ...found, deltas }, new Set());
  return (id) => {
    const indicator = indicatorById(id);
    assert.ok(indicator !== null, id);
    const material = { counters: sums.total, lifetimes: sums.lifetimes, reach: "period" } as const;
    const figure = figureOf(indicator, material);
    if (figure.kind === "count") return [figure.value];
    if (figure.kind === "share") return [figure.numerator, figure.denominator];
    assert.ok(figure.kind === "duration", `${id} is ${figure.kind}`);
    return [figure.days ?? Infinity, figure.n];
  };
}

// -- with a pencil --------------------------------------------------------------------------------

type Kind = MatterEvent["change"]["type"];
const ENDS: readonly Kind[] = ["closed", "withdrawn", "handed_to_110"];
const SOLVED = ["adopted", "delivered", "agreement_reached", "agreement_performed", "cleared"];

/** What a reader of one history notes down about it. */
class Sheet {
  readonly past: Past;
  readonly matter: Matter;
  readonly registered: LocalDate;
  constructor(past: Past) {
    this.past = past;
    this.matter = replay(past);
    this.registered = localDate(past[0]?.at ?? 0);
  }
  /** The last of some events that nothing has taken back since. */
  #standing(types: readonly Kind[], undone: (event: MatterEvent) => boolean) {
    const at = this.past.findLastIndex(({ change }) => types.includes(change.type));
    return at < 0 || this.past.slice(at + 1).some(undone) ? null : (this.past[at] ?? null);
  }
  get once(): boolean {
    return (
      this.#standing(["merged"], ({ change }) => /unmerged|reopened/.test(change.type)) === null
    );
  }
  get end(): MatterEvent | null {
    return this.#standing(ENDS, ({ change }) => change.type === "reopened");
  }
  get endedOn(): LocalDate | null {
    return this.end === null ? null : localDate(this.end.at);
  }
  get disposition(): string | null {
    const change = this.end?.change;
    return change?.type === "closed" ? change.disposition : (change?.type ?? null);
  }
  get worked(): boolean {
    return this.disposition === "closed" || this.disposition === "closed_referred";
  }
  get outcome(): string | null {
    return this.matter.outcome;
  }
  first(types: readonly Kind[]): number | null {
    return this.past.find(({ change }) => types.includes(change.type))?.at ?? null;
  }
  by(instant: number | null, day: LocalDate): boolean {
    return instant !== null && localDate(instant) <= day;
  }
  get waits(): boolean {
    const { reporter, anonymous, feedback } = this.matter;
    return reporter === "resident" && !anonymous && feedback !== "none";
  }
}

function pencil(pasts: readonly Past[], { from, to, today }: Asked): Record<string, number[]> {
  const all = pasts.map((past) => new Sheet(past));
  const each = all.filter(({ once }) => once);
  const within = (day: LocalDate | null): boolean => day !== null && day >= from && day < to;
  const of = (kind: string): Sheet[] => each.filter(({ matter }) => matter.kind === kind);
  const n = (some: readonly Sheet[], holds: (one: Sheet) => boolean): number =>
    some.filter(holds).length;
  const due = each.filter(({ matter: { dueOn } }) => within(dueOn) && (dueOn ?? "") < today);
  const dueOf = (kind: string): Sheet[] =>
    due.filter((one) => one.matter.kind === kind && one.disposition !== "withdrawn");
  const settled = (one: Sheet): boolean => one.outcome?.startsWith("agreement") === true;
  const resolvedOn = ({ matter }: Sheet): LocalDate | null =>
    matter.resolvedAt === null ? null : localDate(matter.resolvedAt);
  const clearedOn = ({ matter }: Sheet): LocalDate | null =>
    matter.clearedAt === null ? null : localDate(matter.clearedAt);

  const replies = dueOf("opinion").filter(({ matter }) => matter.feedback !== "none");
  const studied = of("opinion").filter(
    (one) => /^(adopted|partly|not_adopted)$/.test(one.outcome ?? "") && within(resolvedOn(one)),
  );
  const cohort = of("dispute").filter(
    (one) => within(one.registered) && one.worked && one.outcome !== "not_suitable",
  );
  const cleared = of("hazard").filter((one) => within(clearedOn(one)));
  const came = cleared.filter(({ matter: { id, placeId, clearedAt } }) =>
    of("hazard").some(({ matter: other }) => {
      const gap = other.registeredAt - (clearedAt ?? 0);
      return other.id !== id && other.placeId === placeId && gap > 0 && gap <= 180 * DAY_MS;
    }),
  );

  let [closings, reopenings, sent, back, settlements, relapses] = [0, 0, 0, 0, 0, 0];
  for (const { past, matter } of all) {
    for (const [i, { change, at }] of past.entries()) {
      const here = within(localDate(at));
      if (change.type === "assigned" || change.type === "referred") sent += here ? 1 : 0;
      if (change.type === "assignment_returned") back += here ? 1 : 0;
      if (change.type === "reopened") reopenings += here ? 1 : 0;
      if (!ENDS.includes(change.type)) continue;
      const again = past.slice(i + 1).find((later) => later.change.type === "reopened");
      const { disposition, outcome, merged } = replay(past.slice(0, i + 1));
      if (here && (merged === null || again !== undefined)) closings += 1;
      const agreed = outcome?.startsWith("agreement") && disposition?.startsWith("closed");
      if (matter.kind !== "dispute" || !agreed || !here) continue;
      settlements += 1;
      if (again !== undefined && again.at - at <= 90 * DAY_MS) relapses += 1;
    }
  }

  const told = all.filter(
    (one) => one.waits && within(addDays(one.registered, 1)) && addDays(one.registered, 1) < today,
  );
  const morning = (one: Sheet): boolean => {
    const eight = startOfLocalDay(addDays(one.registered, 1)) + 8 * HOUR_MS;
    const before = (...types: Kind[]): boolean => (one.first(types) ?? Infinity) <= eight;
    return before("answered") || (before("accepted", "accepted_by_body") && before("informed"));
  };
  const unsolved = each.filter(
    (one) =>
      within(one.endedOn) &&
      (one.worked || one.disposition === "declined") &&
      one.matter.reason !== null &&
      !SOLVED.includes(one.outcome ?? ""),
  );
  const lifetimes = each.filter((one) => within(one.registered));

  return {
    K20: [n(of("opinion"), (one) => within(one.registered))],
    K21: [
      n(replies, (one) => one.by(one.first(["answered"]), one.matter.dueOn ?? "")),
      replies.length,
    ],
    K22: [n(studied, (one) => one.outcome !== "not_adopted"), studied.length],
    K23: [
      n(
        of("service_request"),
        (one) => one.worked && one.outcome === "delivered" && within(one.endedOn),
      ),
    ],
    K24: [n(of("dispute"), (one) => within(one.registered))],
    K25: [n(of("dispute"), (one) => one.worked && settled(one) && within(one.endedOn))],
    K26: [n(cohort, settled), cohort.length],
    K27: [relapses, settlements],
    K29: [n(of("hazard"), (one) => within(one.registered))],
    K30: [cleared.length],
    K31: [
      n(dueOf("hazard"), (one) => one.by(one.matter.clearedAt, one.matter.dueOn ?? "")),
      dueOf("hazard").length,
    ],
    K32: [came.length, cleared.length],
    K35: [n(due, (one) => (one.endedOn ?? "9999") <= (one.matter.dueOn ?? "")), due.length],
    K36: [untilShare(lifetimes, today, 0.5), lifetimes.length],
    K37: [untilShare(lifetimes, today, 0.9), lifetimes.length],
    K38: [n(each, (one) => one.end === null && (one.matter.dueOn ?? "9999") < today)],
    K39: [reopenings, closings],
    K40: [back, sent],
    K41: [unsolved.length],
    K42: [n(told, morning), told.length],
  };
}

/** Kaplan and Meier's product, day by day: of those not ended before a day, how many did on it. */
function untilShare(some: readonly Sheet[], today: LocalDate, share: number): number {
  const lives = some.map((one) => ({
    days: daysBetween(one.registered, one.endedOn ?? today),
    ended: one.end !== null && one.disposition !== "withdrawn",
  }));
  let open = 1;
  for (let day = 0; day <= 400; day += 1) {
    const inHand = lives.filter(({ days }) => days >= day).length;
    const ended = lives.filter((life) => life.ended && life.days === day).length;
    if (inHand > 0) open *= (inHand - ended) / inHand;
    if (ended > 0 && open <= 1 - share + 1e-9) return day;
  }
  return Infinity;
}

test("whatever happened to matters, each figure is what a pencil finds in their histories", () => {
  const seen: Record<string, number> = {};
  for (let run = 0; run < 240; run += 1) {
    const pasts = weeks(`pencil-${run}`);
    for (const [period, from, to] of [
      ["2026-11", "2026-11-01", "2026-12-01"],
      ["2026-12", "2026-12-01", "2027-01-01"],
    ] as const) {
      const asked: Asked = {
        campaignId: null,
        grain: "month",
        period,
        from,
        to,
        today: "2026-12-29",
        stationIds: null,
        beatIds: null,
      };
      const figure = figuresOf(pasts, asked);
      for (const [id, expected] of Object.entries(pencil(pasts, asked))) {
        assert.deepEqual(figure(id), expected, `${id} ${period}, pencil-${run}`);
        if (Number.isFinite(expected[0])) seen[id] = (seen[id] ?? 0) + (expected[0] ?? 0);
      }
    }
  }
  for (const [id, sum] of Object.entries(seen)) assert.ok(sum > 0, `${id}: ${sum} seen`);
});
