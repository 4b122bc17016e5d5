/** Before a campaign opens: hours needed against hours there are. */
import type { Campaign } from "@wanjia/domain/campaigns/terms";
import { countedOf } from "@wanjia/domain/planning/counting";
import { unpackRates } from "@wanjia/domain/planning/packed";
import { WEEK_LAYOUTS, type WeekLayout, WEEKS } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import { addDays, daysBetween, localDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { findCampaign } from "../campaigns/read-model.ts";
import type { Database, Tx } from "../platform/database.ts";
import { enqueue } from "../platform/jobs.ts";
import { type Beat, goneTo, loadBeat, loadStanding } from "./commands.ts";
import { unitsOf } from "./ground.ts";
import type { Planner } from "./planner.ts";
import * as countQueries from "./count-queries.ts";
import * as queries from "./queries.ts";

/** Finishing dates for the curve: the campaign's own length, shorter and longer. */
const CURVE_SHARES = [0.5, 0.75, 1, 1.5, 2];

/** Hours needed against hours there are, of all teams of a campaign. */
export async function workOutOutlook(
  database: Database,
  planner: Planner,
  bureauId: Id,
  campaignId: Id,
): Promise<void> {
  const campaign = await database.asSystem(bureauId, (tx) => findCampaign(tx, campaignId));
  if (campaign === undefined) return;
  const known = await database.asSystem(bureauId, (tx) => countQueries.loadRates(tx));
  const city =
    known === undefined ? await planner.ask({ kind: "fit", counts: [] }) : unpackRates(known.rates);
  const today = await database.asSystem(bureauId, async (tx) => localDate(tx.now));
  const from = campaign.startsOn > today ? campaign.startsOn : today;
  const beats: Beat[] = [];
  for (const stationId of campaign.stationIds) {
    const standing = await database.asSystem(bureauId, (tx) =>
      loadStanding(tx, campaign, stationId, from),
    );
    for (const id of goneTo(standing)) {
      const beat = await database.asSystem(bureauId, (tx) => loadBeat(tx, standing, id));
      if (beat !== undefined) beats.push(withWaiting(beat));
    }
  }
  const units = beats.flatMap(({ facts }) => unitsOf(facts, from).map(({ unit }) => unit));
  const feasibility = await planner.ask({
    kind: "feasibility",
    city,
    units,
    knocks: known?.knocks ?? 0,
    seed: campaignId,
  });
  const days = daysBetween(from, campaign.endsOn) + 1;
  const begun = daysBetween(campaign.startsOn, from);
  const deadlines = CURVE_SHARES.map((share) => begun + Math.max(1, Math.round(days * share)));
  const longest = addDays(campaign.startsOn, Math.max(...deadlines));
  const curves: { layout: WeekLayout; points: object[] }[] = [];
  for (const layout of WEEK_LAYOUTS) {
    const points = await planner.ask({
      kind: "curve",
      city,
      deadlines,
      units: beats.flatMap(({ facts }) =>
        unitsOf(
          { ...facts, campaign: { ...facts.campaign, endsOn: longest } },
          from,
          WEEKS[layout],
        ).map(({ unit }) => unit),
      ),
    });
    curves.push({
      layout,
      points: points.map(({ deadline, hours, coverage }) => ({
        endsOn: addDays(campaign.startsOn, deadline - 1),
        hours,
        coverage,
      })),
    });
  }
  const doors = units.reduce(
    (sum, { situation }) =>
      sum + situation.buildings.reduce((all, building) => all + building.doors.length, 0),
    0,
  );
  await database.asSystem(bureauId, (tx) =>
    queries.saveOutlook(tx, campaignId, { ...feasibility, teams: units.length, doors, curves }),
  );
}

/** Has it worked out in the background; without a team there is nothing to work out. */
export async function askForOutlook(
  tx: Tx,
  { id, teams }: Campaign,
): Promise<Result<null, "outlook-nobody">> {
  if (teams.length === 0) return refuse("outlook-nobody");
  await queries.askOutlook(tx, id);
  await enqueue(tx, "planning.outlook", { bureauId: tx.actor.bureauId, campaignId: id });
  return accept(null);
}

/** A campaign that hasn't begun was counted by nobody yet: all its doors wait. */
function withWaiting(beat: Beat): Beat {
  if (beat.facts.counts.length > 0) return beat;
  return {
    ...beat,
    facts: { ...beat.facts, counts: countedOf(beat.facts.ground.buildings, []) },
  };
}
