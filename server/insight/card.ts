/** The report card of a station or of the whole bureau, and how long its matters take. */
import { complaintCounts } from "@wanjia/domain/complaints/figures";
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import { isOffered } from "@wanjia/domain/insight/rules";
import { returnCounts, returnTimes } from "@wanjia/domain/property/figures";
import { showCount, WITHHELD } from "@wanjia/domain/shared/suppression";
import { daysUntil, survivalCurve } from "@wanjia/domain/insight/survival";
import type { Counters, Period } from "@wanjia/domain/insight/terms";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, localDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { requestCounts } from "@wanjia/domain/privacy/requests";
import { tipCounts } from "@wanjia/domain/tips/figures";
import { TIPS_KEPT_DAYS } from "@wanjia/domain/tips/policy";
import { countedBetween } from "../complaints/read-model.ts";
import { findBureau, listStations } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { goneBetween, requestsBetween } from "../privacy/read-model.ts";
import { returnedBetween } from "../property/read-model.ts";
import { routedBetween } from "../tips/read-model.ts";
import { audience, stampOf } from "./board.ts";
import { cellOf, type KindLifetime, sumUp } from "./figures.ts";
import { type Asked, liaisonCover, readFigures, unswornMembers } from "./read-model.ts";

function askedFor(tx: Tx, stationId: Id | null, period: Period): Asked {
  return {
    campaignId: null,
    grain: period.kind,
    period: period.key,
    from: period.from,
    to: period.to,
    today: localDate(tx.now),
    stationIds: stationId === null ? null : [stationId],
    beatIds: null,
  };
}

/** Indicators that say nothing of a single station. */
const OF_MANY_STATIONS: readonly string[] = ["K01"];

/** The card for a calendar period; undefined where there is no such station. Null: the whole bureau. */
export async function cardOf(tx: Tx, principal: Principal, stationId: Id | null, period: Period) {
  const station = (await listStations(tx)).find(({ id }) => id === stationId);
  const bureau = await findBureau(tx);
  if (bureau === undefined || (stationId !== null && station === undefined)) return undefined;
  const asked = askedFor(tx, stationId, period);
  const sums = sumUp(asked, await readFigures(tx, asked), await unswornMembers(tx));
  const liaison = await liaisonCover(tx, asked.stationIds, asked.today);
  const reach = stationId === null ? "bureau" : "period";
  const returned = await returnedBetween(tx, asked);
  const times = returnTimes(returned);
  const apart = reach === "bureau" ? await countedApart(tx, period) : {};
  const counters: Counters = {
    ...sums.total,
    communities: liaison.communities,
    communities_with_liaison: liaison.with_liaison,
    ...returnCounts(returned),
    ...apart,
  };
  // A sum of few items is the price of one of them.
  const fewItems = showCount(counters["items_returned"] ?? 0, audience(principal));
  return {
    bureau: { name: bureau.name, nameEn: bureau.nameEn },
    station:
      station === undefined ? null : { id: station.id, name: station.name, nameEn: station.nameEn },
    period,
    stamp: await stampOf(tx, principal, { station: stationId, period: period.key }),
    figures: INDICATORS.filter(
      (indicator) =>
        isOffered(indicator, reach) &&
        (stationId === null || !OF_MANY_STATIONS.includes(indicator.id)) &&
        (indicator.offered !== "bureau" || countersThere(indicator, apart)),
    ).map((indicator) =>
      cellOf(
        indicator,
        counters,
        isOfReturns(indicator) ? times : sums.lifetimes,
        reach,
        audience(principal),
        indicator.unit === "yuan" && fewItems.as !== "shown" ? WITHHELD : undefined,
      ),
    ),
  };
}

function isOfReturns({ measure }: (typeof INDICATORS)[number]): boolean {
  return measure.kind === "duration" && measure.clock === "returns";
}

function countersThere({ measure }: (typeof INDICATORS)[number], counters: Counters): boolean {
  return "of" in measure && measure.of.every((name) => name in counters);
}

/**
 * What is counted apart from everything else, with nothing but its sum leaving its subject, and once
 * the period is over: what came in today changes no number that anyone can see. Each has one length
 * of period, so that no two sums tell a third. Rows of tips live a year; then their quarter is gone.
 */
async function countedApart(tx: Tx, { kind, from, to }: Period): Promise<Counters> {
  const today = localDate(tx.now);
  if (to > today) return {};
  const [first, end] = [startOfLocalDay(from), startOfLocalDay(to)];
  if (kind === "year") {
    return asHouse(tx, async (house) => {
      const { withdrawn, deleted, overdue } = await goneBetween(house, first, end);
      return {
        ...complaintCounts(await countedBetween(house, first, end), tx.now),
        ...requestCounts(await requestsBetween(house, first, end), tx.now),
        consents_withdrawn: withdrawn,
        contacts_deleted: deleted,
        contacts_due: deleted + overdue,
      };
    });
  }
  if (kind === "quarter" && from > addDays(today, -TIPS_KEPT_DAYS)) {
    return asHouse(tx, async (house) => tipCounts(await routedBetween(house, first, end)));
  }
  return {};
}

// -- how long it takes ----------------------------------------------------------------------------

/** Days to the end by kind: the curve, its middle and its slow tail, each with its interval. */
export async function ageingOf(tx: Tx, principal: Principal, stationId: Id | null, period: Period) {
  const asked = askedFor(tx, stationId, period);
  const { lifetimes } = sumUp(asked, await readFigures(tx, asked), new Set());
  const byKind = Map.groupBy(lifetimes, ({ kind }) => kind);
  return {
    period,
    stamp: await stampOf(tx, principal, { ageing: stationId, period: period.key }),
    kinds: MATTER_KINDS.map((kind) => {
      const some = byKind.get(kind) ?? [];
      const n = sumN(some);
      const shown = showCount(n, audience(principal)).as === "shown";
      const curve = survivalCurve(some);
      return {
        kind,
        n: shown ? n : null,
        open: shown ? n - sumN(some.filter(({ ended }) => ended)) : null,
        median: shown ? daysUntil(curve, 0.5) : null,
        p90: shown ? daysUntil(curve, 0.9) : null,
        curve: shown
          ? curve.map(({ day, inHand, open, low, high }) => ({ day, inHand, open, low, high }))
          : [],
      };
    }),
  };
}

function sumN(some: readonly KindLifetime[]): number {
  return some.reduce((sum, { n }) => sum + n, 0);
}
