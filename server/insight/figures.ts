/** From rows of totals to the figures of a screen. Pure: what the read-model found goes in. */
import { type Posting, postingsOf, presencePeriods } from "@wanjia/domain/insight/counting";
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import { addTo, coverageWithoutWishes, figureOf, sumOf, total } from "@wanjia/domain/insight/rules";
import { showFigure, showWishes } from "@wanjia/domain/insight/suppression";
import {
  type Audience,
  type HeldBack,
  type Showing,
  SHOWN,
  showColumn,
  showCount,
  showShare,
} from "@wanjia/domain/shared/suppression";
import type {
  CounterName,
  Counters,
  Entry,
  Figure,
  Indicator,
  Lifetime,
  Reach,
} from "@wanjia/domain/insight/terms";
import { beatLineOf, roundsChange } from "@wanjia/domain/insight/totals";
import type { MatterKind } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { daysBetween, type LocalDate } from "@wanjia/domain/shared/instant";
import { NIL, unpack } from "./queries.ts";
import { type Asked, type DueSums, type FigureRows, levelOf } from "./read-model.ts";

/** The sums of one station, beat or of all that was asked for. */
export interface Part {
  readonly stationId: Id | null;
  readonly beatId: Id | null;
  readonly counters: Counters;
}

export interface Sums {
  readonly beats: readonly Part[];
  /** The buildings that were read, and those with visits not folded yet. */
  readonly buildings: readonly Building[];
  readonly total: Counters;
  readonly lifetimes: readonly KindLifetime[];
  readonly days: readonly { readonly day: LocalDate; readonly counters: Counters }[];
}

/** A lifetime with the kind of matter it is of. */
export interface KindLifetime extends Lifetime {
  readonly kind: MatterKind;
}

interface Building {
  readonly buildingId: Id;
  readonly counters: Counters;
}

/** Totals with everything that is not folded into them yet. */
export function sumUp(asked: Asked, found: FigureRows, unsworn: ReadonlySet<Id>): Sums {
  const deltas = found.deltas.map(({ stationId, body }) => unpack(stationId, body));
  const postings = deltas
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.campaignId === asked.campaignId && inPart(asked, entry))
    .flatMap(postingsOf);
  const beats = new Map<string, Part & { counters: Partial<Record<string, number>> }>();
  const addBeat = (stationId: Id, beatId: Id, counters: Counters): void => {
    const known = beats.get(beatId + stationId);
    if (known !== undefined) addTo(known.counters, counters);
    else beats.set(beatId + stationId, { stationId, beatId, counters: { ...counters } });
  };
  for (const { stationId, beatId, counters } of found.beats) addBeat(stationId, beatId, counters);
  const buildings = new Map<string, Building>(
    found.buildings.map((row) => [row.buildingId + row.beatId, row]),
  );
  for (const line of postings) {
    if (line.grain !== asked.grain || line.period !== asked.period || line.stationId === null) {
      continue;
    }
    if (line.level === "beat") addBeat(line.stationId, line.beatId ?? NIL, line.counters);
    if (line.level === "building" && line.buildingId !== null) {
      const key = line.buildingId + (line.beatId ?? NIL);
      const before = buildings.get(key)?.counters ?? {};
      const after = { ...before };
      addTo(after, line.counters);
      buildings.set(key, { buildingId: line.buildingId, counters: after });
      const rounds = beatLineOf(line, roundsChange(before, after));
      addBeat(line.stationId, line.beatId ?? NIL, rounds.counters);
    }
  }
  const parts = [...beats.values()];
  const took = whoTookPart(
    asked,
    found,
    deltas.flatMap(({ presence }) => presence),
  );
  const active = new Set(
    parts
      .filter(({ counters }) => (counters["completed_visits"] ?? 0) > 0)
      .map(({ stationId }) => stationId),
  );
  return {
    beats: parts,
    buildings: [...buildings.values()],
    total: {
      ...sumOf(parts.map(({ counters }) => counters)),
      ...dueCounters(asked, found.due, postings),
      stations_active: active.size,
      officers: [...took.member].filter((id) => !unsworn.has(id)).length,
      villages: took.village.size,
    },
    lifetimes: lifetimesOf(asked, found.ages, postings),
    days: daysOf(asked, found.days, postings),
  };
}

function inPart({ stationIds, beatIds }: Asked, entry: Entry): boolean {
  return (
    (stationIds === null || stationIds.includes(entry.stationId)) &&
    (beatIds === null || (entry.beatId !== null && beatIds.includes(entry.beatId)))
  );
}

/** Distinct ones who took part; somebody whose only visit at a station was corrected away did not. */
function whoTookPart(
  asked: Asked,
  found: FigureRows,
  waiting: readonly Parameters<typeof presencePeriods>[0][],
): Record<"member" | "village", Set<Id>> {
  const counts = new Map<string, Map<Id, number>>();
  const at = (kind: string, stationId: Id): Map<Id, number> => {
    const key = `${kind} ${stationId}`;
    const known = counts.get(key) ?? new Map<Id, number>();
    counts.set(key, known);
    return known;
  };
  for (const { kind, stationId, subjects, times } of found.presence) {
    const there = at(kind, stationId);
    for (const [i, subjectId] of subjects.entries()) there.set(subjectId, times[i] ?? 0);
  }
  for (const row of waiting) {
    if (row.campaignId !== asked.campaignId) continue;
    if (asked.stationIds !== null && !asked.stationIds.includes(row.stationId)) continue;
    const counts = presencePeriods(row).some(
      ({ grain, period }) => grain === asked.grain && period === asked.period,
    );
    if (!counts) continue;
    const there = at(row.kind, row.stationId);
    there.set(row.subjectId, (there.get(row.subjectId) ?? 0) + row.n);
  }
  const took = { member: new Set<Id>(), village: new Set<Id>() };
  for (const [key, subjects] of counts) {
    const of = key.startsWith("village") ? took.village : took.member;
    for (const [subjectId, n] of subjects) if (n > 0) of.add(subjectId);
  }
  return took;
}

const NO_SUMS: DueSums = { due: 0, ended_in_time: 0, own_due: 0, own_in_time: 0, overdue: 0 };

function dueCounters(
  asked: Asked,
  found: FigureRows["due"],
  postings: readonly Posting[],
): Counters {
  const sums = new Map<string, Record<keyof DueSums, number>>();
  const of = (book: string): Record<keyof DueSums, number> => {
    const known = sums.get(book) ?? { ...NO_SUMS };
    sums.set(book, known);
    return known;
  };
  for (const { book, sums: some } of found) {
    for (const name of Object.keys(NO_SUMS) as (keyof DueSums)[]) of(book)[name] += some[name] ?? 0;
  }
  for (const line of linesOf(asked, postings, "due_")) {
    if (line.period >= asked.today) continue;
    const sum = of(line.grain);
    sum.overdue += line.counters["open"] ?? 0;
    if (line.period < asked.from || line.period >= asked.to) continue;
    for (const name of ["due", "ended_in_time", "own_due", "own_in_time"] as const) {
      sum[name] += line.counters[name] ?? 0;
    }
  }
  const all = [...sums].flatMap(([book, sum]) => (book === "due_morning" ? [] : [sum]));
  return {
    morning_due: of("due_morning").due,
    morning_told: of("due_morning").ended_in_time,
    opinions_due: of("due_opinion").own_due,
    opinions_answered_in_time: of("due_opinion").own_in_time,
    hazards_due: of("due_hazard").own_due,
    hazards_cleared_in_time: of("due_hazard").own_in_time,
    matters_due: all.reduce((sum, { due }) => sum + due, 0),
    matters_ended_in_time: all.reduce((sum, { ended_in_time }) => sum + ended_in_time, 0),
    overdue_opinion: of("due_opinion").overdue,
    overdue_service_request: of("due_service_request").overdue,
    overdue_dispute: of("due_dispute").overdue,
    overdue_hazard: of("due_hazard").overdue,
  };
}

function linesOf(asked: Asked, postings: readonly Posting[], book: string): Posting[] {
  const level = levelOf(asked);
  return postings.filter((line) => line.level === level && line.grain.startsWith(book));
}

function lifetimesOf(
  asked: Asked,
  found: FigureRows["ages"],
  postings: readonly Posting[],
): KindLifetime[] {
  const lines = [
    ...found,
    ...linesOf(asked, postings, "age_")
      .filter(({ period }) => period >= asked.from && period < asked.to)
      .map(({ grain, period, counters }) => ({ book: grain, registeredOn: period, counters })),
  ];
  return lines.flatMap(({ book, registeredOn, counters }) =>
    Object.entries(counters).map(([name, n = 0]): KindLifetime => {
      const [what, days] = name.split("_");
      return {
        kind: book.slice("age_".length) as MatterKind,
        n,
        ended: what === "ended",
        days:
          what === "open" ? Math.max(0, daysBetween(registeredOn, asked.today)) : Number(days ?? 0),
      };
    }),
  );
}

function daysOf(
  asked: Asked,
  found: FigureRows["days"],
  postings: readonly Posting[],
): Sums["days"] {
  const days = new Map<LocalDate, Record<string, number>>();
  const level = levelOf(asked);
  const waiting =
    asked.campaignId === null
      ? []
      : postings
          .filter((line) => line.grain === "day" && line.level === level)
          .map(({ period, counters }) => ({ day: period, counters }));
  for (const { day, counters } of [...found, ...waiting]) {
    const sum = days.get(day) ?? {};
    days.set(day, sum);
    addTo(sum, counters);
  }
  return [...days]
    .map(([day, counters]) => ({ day, counters }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

// -- cells ----------------------------------------------------------------------------------------

/** A count that must stand beside a figure. */
interface Beside {
  readonly name: string;
  readonly showing?: HeldBack;
  readonly value: number | null;
}

/** A figure as it leaves the server: without its value where it is not shown. */
export interface Cell {
  readonly id: string;
  /** Absent where it is shown. */
  readonly showing?: HeldBack;
  readonly figure: Figure | null;
  readonly beside?: Beside[];
  /** K06 without the homes that wish no visit. */
  readonly variant?: { readonly showing?: HeldBack; readonly figure: Figure | null };
}

function heldBack(showing: Showing): { readonly showing?: HeldBack } {
  return showing.as === "shown" ? {} : { showing };
}

export function cellOf(
  indicator: Indicator,
  counters: Counters,
  lifetimes: readonly Lifetime[],
  reach: Reach,
  audience: Audience,
  column?: Showing,
): Cell {
  const figure = figureOf(indicator, { counters, lifetimes, reach });
  const own = showFigure(indicator, figure, audience);
  const showing = own.as === "shown" && column !== undefined ? column : own;
  const cell = {
    id: indicator.id,
    ...heldBack(showing),
    figure: showing.as === "shown" ? figure : null,
  };
  if (indicator.beside.length === 0 || figure.kind === "absent") return cell;
  const beside = besideOf(indicator, counters, audience, showing);
  return indicator.id === "K06"
    ? { ...cell, beside, variant: variantOf(counters, audience) }
    : { ...cell, beside };
}

/** The counts beside a figure. Where they add up to it, none is given away by the others. */
function besideOf(
  indicator: Indicator,
  counters: Counters,
  audience: Audience,
  sum: Showing,
): Beside[] {
  const { beside, measure } = indicator;
  if (measure.kind !== "count" || measure.of !== beside) {
    return beside.map((name) => besideCell(name, counters, audience));
  }
  const values = beside.map((name) => total(counters, [name]));
  const column = showColumn(values, audience, sum.as !== "shown");
  return beside.map((name, i): Beside => {
    const showing = column.rows[i] ?? SHOWN;
    return { name, ...heldBack(showing), value: showing.as === "shown" ? (values[i] ?? 0) : null };
  });
}

function besideCell(name: CounterName, counters: Counters, audience: Audience): Beside {
  const value = total(counters, [name]);
  const showing =
    name === "do_not_visit"
      ? showWishes(value)
      : name === "units" || name.startsWith("excluded_")
        ? SHOWN
        : showCount(value, audience);
  return { name, ...heldBack(showing), value: showing.as === "shown" ? value : null };
}

function variantOf(counters: Counters, audience: Audience): NonNullable<Cell["variant"]> {
  const figure = coverageWithoutWishes(counters);
  const few = showWishes(total(counters, ["do_not_visit"])).as !== "shown";
  const showing: Showing = few
    ? { as: "withheld" }
    : figure.kind === "share"
      ? showShare(figure.numerator, figure.denominator, audience)
      : SHOWN;
  return { ...heldBack(showing), figure: showing.as === "shown" ? figure : null };
}

export interface Table {
  readonly rows: readonly Cell[][];
  /** How the column's total may be shown. */
  readonly totals: ReadonlyMap<string, Showing>;
}

/** Indicators that a table of stations, beats or buildings has a column for. */
const ROW_INDICATORS: readonly Indicator[] = INDICATORS.filter(({ id }) =>
  ["K02", "K03", "K04", "K06", "K09", "K20", "K23", "K25", "K30"].includes(id),
);

/**
 * The rows of a table, with cells held back together so that no column gives one away: counts by
 * `showColumn`; a share wherever its numerator is held back. `hidden` are the indicators whose total
 * a wider table holds back.
 */
export function tableOf(
  parts: readonly Counters[],
  audience: Audience,
  hidden: ReadonlySet<string> = new Set(),
): Table {
  const totals = new Map<string, Showing>();
  const columns = ROW_INDICATORS.map((indicator) => {
    if (!indicator.protects || indicator.measure.kind === "rounds") return null;
    const { measure } = indicator;
    if (measure.kind === "duration") return null;
    const column = showColumn(
      parts.map((counters) => total(counters, measure.of)),
      audience,
      hidden.has(indicator.id),
    );
    totals.set(indicator.id, column.total);
    return column;
  });
  const rows = parts.map((counters, row) =>
    ROW_INDICATORS.map((indicator, i) => {
      const showing = columns[i]?.rows[row];
      const share = indicator.measure.kind !== "count";
      const column: Showing | undefined =
        showing === undefined || showing.as === "shown"
          ? undefined
          : share
            ? { as: "withheld" }
            : showing;
      return cellOf(indicator, counters, [], "campaign", audience, column);
    }),
  );
  return { rows, totals };
}
