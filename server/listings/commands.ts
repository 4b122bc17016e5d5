import {
  decide,
  type ListingContext,
  propose,
  type ProposedPlace,
} from "@wanjia/domain/listings/decide";
import { begin, evolve } from "@wanjia/domain/listings/evolve";
import type {
  Comparison,
  CountMeasure,
  Listing,
  ListingChange,
  ListingCommand,
  ListingDraft,
  ListingRefusal,
} from "@wanjia/domain/listings/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isForbidden } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import * as queries from "./queries.ts";
import { countsOf, type EstateCount } from "./read-model.ts";

export const { holdListing } = queries;

function contextOf(tx: Tx, { memberId, role }: Principal): ListingContext {
  const forbidden = (text: string): boolean => inspectText(text).some(isForbidden);
  return { actor: { memberId, role }, now: tx.now, forbidden };
}

async function keep(
  tx: Tx,
  principal: Principal,
  before: Listing | null,
  change: ListingChange,
): Promise<Listing> {
  const event = {
    seq: (before?.version ?? 0) + 1,
    at: tx.now,
    by: principal.memberId,
    change,
  };
  const listing = before === null ? begin(event) : evolve(before, event);
  await queries.saveListing(tx, listing, event);
  await record(tx, [
    {
      action: `listing.${change.type}`,
      subjectKind: "listing",
      subjectId: listing.id,
      stationId: listing.stationId,
      detail: { from: before?.state ?? null, to: listing.state },
    },
  ]);
  return listing;
}

/** The count of an estate beside those of all others with a number of the same days. */
export function comparisonOf(
  one: EstateCount,
  all: readonly EstateCount[],
  measure: CountMeasure,
): Comparison | null {
  const { from, to, count, before, households, source } = one;
  if (before === null) return null;
  const rest = all.filter(({ estateId }) => estateId !== one.estateId);
  const sum = (of: "count" | "households") => rest.reduce((total, each) => total + each[of], 0);
  const others = { estates: rest.length, count: sum("count"), households: sum("households") };
  return { measure, from, to, count, before, households, others, source };
}

export async function proposeListing(
  tx: Tx,
  principal: Principal,
  draft: ListingDraft,
): Promise<Result<Listing, ListingRefusal>> {
  const own = await countsOf(tx, draft.measure, draft.from, draft.to);
  const seen = own.find(({ estateId }) => estateId === draft.estateId);
  if (seen === undefined) return refuse("no-comparison");
  // Beside the whole bureau's estates, of which a station sees its own; what is kept are their sums.
  const all = await asHouse(tx, (house) => countsOf(house, draft.measure, draft.from, draft.to));
  const { stationId, beatId, households } = seen;
  const place: ProposedPlace = {
    stationId,
    beatId,
    households,
    comparison: comparisonOf(seen, all, draft.measure),
    running: await queries.isRunning(tx, draft.estateId),
  };
  const decision = propose(draft, place, contextOf(tx, principal));
  if (!decision.ok) return decision;
  return accept(await keep(tx, principal, null, decision.value));
}

/** Takes a step with a listing that the caller looked at in `version`. */
export async function takeStep(
  tx: Tx,
  principal: Principal,
  listing: Listing,
  command: ListingCommand,
  version: number,
): Promise<Result<Listing, ListingRefusal>> {
  if (version !== listing.version) return refuse("stale-version");
  const decision = decide(listing, command, contextOf(tx, principal));
  if (!decision.ok) return decision;
  return accept(await keep(tx, principal, listing, decision.value));
}

interface Counts {
  readonly measure: CountMeasure;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly source: string;
  readonly rows: readonly { readonly estate: string; readonly count: number }[];
}

/** Keeps counts of estates; all of them, or none and the name that isn't one estate's. */
export async function keepCounts(
  tx: Tx,
  by: Id,
  { rows, source, ...days }: Counts,
): Promise<Result<number, "estate-unknown" | "days-reversed">> {
  if (days.from >= days.to) return refuse("days-reversed");
  const named = rows.map((row) => ({ ...row, estate: row.estate.trim() }));
  const estates = Map.groupBy(
    await queries.estatesNamed(
      tx,
      named.map(({ estate }) => estate),
    ),
    ({ name }) => name,
  );
  const byEstate = new Map<Id, queries.NamedEstate & { count: number }>();
  for (const { estate, count } of named) {
    const [one, another] = estates.get(estate) ?? [];
    if (one === undefined || another !== undefined) {
      return refuse("estate-unknown", { estate: estate.slice(0, 60) });
    }
    byEstate.set(one.id, { ...one, count });
  }
  await queries.saveCounts(tx, [...byEstate.values()], days, source, by);
  await record(tx, [
    {
      action: "listings.counts_imported",
      subjectKind: "estate_count",
      subjectId: days.measure,
      detail: { ...days, source, estates: byEstate.size },
    },
  ]);
  return accept(byEstate.size);
}

export function recordPaper(tx: Tx, { id, stationId }: Listing, kind: string): Promise<void> {
  return record(tx, [
    {
      action: "listing.document_made",
      subjectKind: "listing",
      subjectId: id,
      stationId,
      detail: { kind },
    },
  ]);
}
