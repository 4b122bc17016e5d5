/** The figures of a campaign. */
import { INDICATORS } from "@wanjia/domain/insight/dictionary";
import { audienceOf } from "@wanjia/domain/insight/policy";
import { sumOf } from "@wanjia/domain/insight/rules";
import { SUPPRESSION_VERSION } from "@wanjia/domain/insight/suppression";
import { type Audience, SHOWN, showColumn, type Showing } from "@wanjia/domain/shared/suppression";
import type { Counters } from "@wanjia/domain/insight/terms";
import { canonicalJson } from "@wanjia/domain/shared/canonical";
import type { Id } from "@wanjia/domain/shared/id";
import { type Instant, localDate } from "@wanjia/domain/shared/instant";
import { unitNames } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { type Cell, cellOf, type Part, sumUp, type Sums, tableOf } from "./figures.ts";
import { divisionVersion, NIL } from "./queries.ts";
import {
  type Asked,
  type CampaignRow,
  namesOfBuildings,
  readFigures,
  unswornMembers,
} from "./read-model.ts";

export interface Stamp {
  readonly dataAsOf: Instant;
  readonly queryHash: string;
  readonly divisionVersion: string;
  readonly suppressionVersion: string;
}

export interface Row {
  readonly id: Id | null;
  readonly parentId: Id | null;
  readonly name: string;
  readonly nameEn: string;
  readonly cells: Cell[];
}

export interface BoardQuery {
  readonly by: "station" | "beat" | "building";
  readonly stationId?: Id | undefined;
  readonly beatId?: Id | undefined;
}

/** The part of the bureau a caller asks for; null where he may not see it. */
export function partFor(
  principal: Principal,
  asked: { readonly stationId?: Id | undefined; readonly beatId?: Id | undefined },
): Pick<Asked, "stationIds" | "beatIds"> | null {
  const { scope } = principal;
  const { stationId, beatId } = asked;
  if (scope === "station" || scope === "beat") {
    if (stationId !== undefined && !principal.stationIds.includes(stationId)) return null;
  }
  if (scope === "beat") {
    if (beatId !== undefined && !principal.beatIds.includes(beatId)) return null;
    return {
      stationIds: stationId === undefined ? principal.stationIds : [stationId],
      beatIds: beatId === undefined ? principal.beatIds : [beatId],
    };
  }
  return {
    stationIds:
      stationId !== undefined ? [stationId] : scope === "station" ? principal.stationIds : null,
    beatIds: beatId === undefined ? null : [beatId],
  };
}

export function audience(principal: Principal): Audience {
  return audienceOf(principal.role) ?? "public";
}

export async function stampOf(tx: Tx, principal: Principal, asked: unknown): Promise<Stamp> {
  const regime = audience(principal);
  return {
    dataAsOf: tx.now,
    queryHash: sha256(canonicalJson({ asked, regime })).toString("hex").slice(0, 16),
    divisionVersion: await divisionVersion(tx, localDate(tx.now)),
    suppressionVersion: `${SUPPRESSION_VERSION}-${regime}`,
  };
}

// -- campaign -------------------------------------------------------------------------------------

/** Figures of stations alone: a beat has no distinct officers of its own. */
const NOT_OF_A_BEAT: readonly string[] = ["K01", "K15", "K16"];

/** The board of a campaign. `part` is what `partFor` allows. */
export async function boardOf(
  tx: Tx,
  principal: Principal,
  campaign: CampaignRow,
  query: BoardQuery,
  part: Pick<Asked, "stationIds" | "beatIds">,
) {
  const who = audience(principal);
  const whole: Asked = {
    campaignId: campaign.id,
    grain: "all",
    period: "all",
    from: "0000-01-01",
    to: "9999-12-31",
    today: localDate(tx.now),
    stationIds: null,
    beatIds: null,
  };
  const asked: Asked = { ...whole, ...part };
  const unsworn = await unswornMembers(tx);
  const byBuilding = query.by === "building";
  const found = await readFigures(tx, asked, byBuilding ? "of-beats" : "touched");
  const sums = sumUp(asked, found, unsworn);
  const names = await namesOf(tx);
  // Whoever sees suppressed figures sees the same ones however he asks: cells are held back as in
  // the table of the whole bureau, of which his is a part.
  const context =
    who === "handler" || asked === whole || part.stationIds === null
      ? sums
      : sumUp(whole, await readFigures(tx, whole), unsworn);
  const table = byBuilding
    ? { rows: await buildingRows(tx, sums, query.beatId ?? null), total: NO_TOTALS }
    : rowsOf(sums, context, query.by, who, names, part.stationIds);
  return {
    campaign,
    stamp: await stampOf(tx, principal, { campaign: campaign.id, by: query.by, ...part }),
    totals: INDICATORS.filter(
      ({ id, offered }) =>
        offered !== "bureau" && (part.beatIds === null || !NOT_OF_A_BEAT.includes(id)),
    ).map((indicator) =>
      cellOf(indicator, sums.total, sums.lifetimes, "campaign", who, table.total.get(indicator.id)),
    ),
    rows: table.rows,
    days: daysOf(sums, who),
  };
}

const NO_TOTALS: ReadonlyMap<string, Showing> = new Map();

function rowsOf(
  sums: Sums,
  context: Sums,
  by: "station" | "beat",
  who: Audience,
  names: Names,
  stationIds: readonly Id[] | null,
): { rows: Row[]; total: ReadonlyMap<string, Showing> } {
  const stations = [...Map.groupBy(context.beats, ({ stationId }) => stationId ?? NIL)]
    .map(([id, beats]) => ({ id, beats, counters: sum(beats) }))
    .sort((a, b) => order(names(a.id), names(b.id)));
  const table = tableOf(
    stations.map(({ counters }) => counters),
    who,
  );
  const shown = stations.flatMap((station, i) =>
    stationIds === null || stationIds.includes(station.id)
      ? [{ ...station, cells: table.rows[i] ?? [] }]
      : [],
  );
  const only = stationIds?.length === 1 ? shown[0] : undefined;
  const total: ReadonlyMap<string, Showing> =
    only === undefined
      ? table.totals
      : new Map(only.cells.map(({ id, showing = SHOWN }) => [id, showing] as const));
  if (by === "station") {
    return {
      total,
      rows: shown.map(({ id, cells }) => ({ id, parentId: null, ...names(id), cells })),
    };
  }
  const mine = new Set(sums.beats.map(({ beatId, stationId }) => `${beatId}${stationId}`));
  return {
    total,
    rows: shown.flatMap((station) => {
      const beats = station.beats.toSorted((a, b) =>
        order(names(a.beatId ?? NIL), names(b.beatId ?? NIL)),
      );
      const hidden = new Set(
        station.cells.filter(({ showing }) => showing !== undefined).map(({ id }) => id),
      );
      const cells = tableOf(
        beats.map(({ counters }) => counters),
        who,
        hidden,
      ).rows;
      return beats.flatMap(({ beatId, stationId }, i): Row[] =>
        mine.has(`${beatId}${stationId}`)
          ? [
              {
                id: beatId === NIL ? null : beatId,
                parentId: station.id,
                ...names(beatId ?? NIL),
                cells: cells[i] ?? [],
              },
            ]
          : [],
      );
    }),
  };
}

function sum(parts: readonly Part[]): Counters {
  return sumOf(parts.map(({ counters }) => counters));
}

function daysOf(sums: Sums, who: Audience) {
  const visits = showColumn(
    sums.days.map(({ counters }) => counters["household_visits"] ?? 0),
    who,
  );
  return sums.days
    .map(({ day, counters }, i) => ({
      day,
      attempts: counters["attempts"] ?? 0,
      householdVisits: visits.rows[i]?.as === "shown" ? (counters["household_visits"] ?? 0) : null,
    }))
    .filter(({ attempts, householdVisits }) => attempts !== 0 || householdVisits !== 0);
}

/** The buildings of a beat. Only those who knock there see them, so nothing is held back. */
async function buildingRows(tx: Tx, { buildings }: Sums, beatId: Id | null): Promise<Row[]> {
  const ids = buildings.map(({ buildingId }) => buildingId);
  const known = new Map((await namesOfBuildings(tx, ids)).map((row) => [row.id, row]));
  const ordered = buildings
    .map(({ buildingId, counters }) => {
      const { name, sortKey } = known.get(buildingId) ?? { name: "", sortKey: "~" };
      return { id: buildingId, name, sortKey, counters };
    })
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  const { rows } = tableOf(
    ordered.map(({ counters }) => counters),
    "handler",
  );
  return ordered.map(({ id, name }, i) => ({
    id,
    parentId: beatId,
    name,
    nameEn: name,
    cells: rows[i] ?? [],
  }));
}

// -- names ----------------------------------------------------------------------------------------

interface Name {
  readonly name: string;
  readonly nameEn: string;
}

/** Of stations and beats; nameless where there is none. */
type Names = (id: Id) => Name;

async function namesOf(tx: Tx): Promise<Names> {
  const names = new Map(
    (await unitNames(tx)).map(({ id, name, nameEn }) => [id, { name, nameEn }] as const),
  );
  return (id) => names.get(id) ?? { name: "", nameEn: "" };
}

function order(a: Name, b: Name): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
