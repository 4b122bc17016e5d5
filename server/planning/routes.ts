import { implement } from "@orpc/server";
import { planningContract, type OutlookView, type WalkView } from "@wanjia/contract/planning";
import { mayCampaign, mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { mayArrangeWork, mayChangeWalk, maySeeWalks } from "@wanjia/domain/planning/policy";
import { WEEKS } from "@wanjia/domain/planning/usual";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate } from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import { findCampaign } from "../campaigns/read-model.ts";
import type { Tx } from "../platform/database.ts";
import { workCalendar } from "../workdays/read-model.ts";
import {
  allow,
  type Context,
  orNotFound,
  orRefuse,
  type SignedIn,
  signedIn,
} from "../platform/http.ts";
import { enqueue } from "../platform/jobs.ts";
import { refusalError } from "../platform/http.ts";
import { endLink, makeLink } from "./calendar.ts";
import * as changes from "./changes.ts";
import type { WalkRefusal } from "./changes.ts";
import { setWeek, stationOf } from "./commands.ts";
import { askForOutlook } from "./outlook.ts";
import * as readModel from "./read-model.ts";

const os = implement(planningContract).$context<Context>().use(signedIn);

function viewOf(row: readModel.WalkRow): WalkView {
  return { ...row, endsAt: Math.round(row.endsAt) } as WalkView;
}

type Errors = Parameters<typeof orRefuse<Id, WalkRefusal>>[1];

/** One change of a walk by somebody who may: the walk as it is then. */
function changing(
  { context, errors }: { context: SignedIn; errors: Errors },
  ids: readonly [Id, ...Id[]],
  change: (tx: Tx) => Promise<Result<Id, WalkRefusal>>,
): Promise<WalkView> {
  return context.transact(async (tx) => {
    const crews = orNotFound(await changes.crewsOf(tx, ids));
    allow(crews.some((crew) => mayChangeWalk(context.principal, crew)));
    const id = orRefuse(await change(tx), errors);
    return viewOf(orNotFound(await readModel.findWalk(tx, id)));
  });
}

export const planningRoutes = os.router({
  day: os.day.handler(({ context, input }) => {
    allow(maySeeWalks(context.principal.role));
    return context.transact(async (tx) => {
      orNotFound(await findCampaign(tx, input.campaignId));
      const plan = await readModel.findDayPlan(tx, input);
      const walks = await readModel.walksOfDay(tx, input);
      const { madeAt = null, tookMs = null, failedAt = null } = plan ?? {};
      const { failures = [], conflicts = [] } = plan ?? {};
      return {
        day: input.day,
        madeAt,
        tookMs,
        failedAt,
        walks: walks.map(viewOf),
        failures: failures as { team: string; faults: never[] }[],
        conflicts,
      };
    });
  }),

  planDay: os.planDay.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayArrangeWork(principal.role) && mayPlanFor(principal, [input.stationId]));
    return context.transact(async (tx) => {
      const campaign = orNotFound(await findCampaign(tx, input.campaignId));
      if (campaign.state !== "open") throw refusalError({ code: "campaign-not-open" }, errors);
      if (input.day < localDate(tx.now)) throw refusalError({ code: "walk-over" }, errors);
      await enqueue(tx, "planning.station", { bureauId: principal.bureauId, ...input });
      return { queued: true };
    });
  }),

  refuse: os.refuse.handler((call) => {
    const { id, version, reason } = call.input;
    return changing(call, [id], (tx) =>
      changes.settleWalk(tx, id, version, { kind: "refuse", reason }),
    );
  }),
  restore: os.restore.handler((call) => {
    const { id, version } = call.input;
    return changing(call, [id], (tx) => changes.settleWalk(tx, id, version, { kind: "restore" }));
  }),
  reorder: os.reorder.handler((call) => {
    const { id, version, buildings } = call.input;
    return changing(call, [id], (tx) =>
      changes.settleWalk(tx, id, version, { kind: "reorder", buildings }),
    );
  }),
  swap: os.swap.handler((call) => {
    const { id, version, withId } = call.input;
    return changing(call, [id, withId], (tx) => changes.swapWalks(tx, id, version, withId));
  }),
  pin: os.pin.handler((call) => {
    const { id, version, pinned } = call.input;
    return changing(call, [id], (tx) =>
      changes.settleWalk(tx, id, version, { kind: "pin", pinned }),
    );
  }),

  roster: os.roster.handler(({ context, input }) => {
    allow(maySeeWalks(context.principal.role));
    return context.transact(async (tx) => {
      const { startsOn, endsOn } = orNotFound(await findCampaign(tx, input.campaignId));
      const { holidays, through } = await workCalendar(tx);
      return {
        holidays: [...holidays].filter((day) => day >= startsOn && day <= endsOn).toSorted(),
        announcedThrough: through,
        members: (await readModel.rosterRows(tx, input.campaignId, input.stationId)).map(
          ({ week, ...member }) => ({
            ...member,
            usual: week.length === 0,
            week: week.length === 0 ? WEEKS.mixed.map((stretch) => ({ ...stretch })) : week,
          }),
        ),
      };
    });
  }),

  setWeek: os.setWeek.handler(({ context, input, errors }) => {
    const { principal } = context;
    const { campaignId, memberId, week } = input;
    return context.transact(async (tx) => {
      const stationId = orNotFound(await stationOf(tx, campaignId, memberId));
      allow(mayArrangeWork(principal.role) && mayPlanFor(principal, [stationId]));
      orRefuse(await setWeek(tx, campaignId, stationId, memberId, week), errors);
      return { week };
    });
  }),

  outlook: os.outlook.handler(({ context, input }) => {
    allow(mayCampaign(context.principal.role, "see"));
    return context.transact(async (tx) => {
      orNotFound(await findCampaign(tx, input.id));
      return outlookOf(await readModel.findOutlook(tx, input.id));
    });
  }),

  askOutlook: os.askOutlook.handler(({ context, input, errors }) => {
    allow(mayArrangeWork(context.principal.role));
    return context.transact(async (tx) => {
      const campaign = orNotFound(await findCampaign(tx, input.id));
      orRefuse(await askForOutlook(tx, campaign), errors);
      return outlookOf(await readModel.findOutlook(tx, input.id));
    });
  }),

  calendars: os.calendars.handler(({ context }) => {
    allow(maySeeWalks(context.principal.role));
    return context.transact(async (tx) => ({
      items: await readModel.calendarLinks(tx, context.principal.memberId),
    }));
  }),
  makeCalendar: os.makeCalendar.handler(({ context }) => {
    allow(maySeeWalks(context.principal.role));
    return context.transact((tx) => makeLink(tx, context.principal.memberId));
  }),
  revokeCalendar: os.revokeCalendar.handler(({ context, input }) =>
    context.transact(async (tx) => {
      const revoked = await endLink(tx, input.id, context.principal.memberId);
      orNotFound(revoked ? true : undefined);
      return { revoked };
    }),
  ),
});

function outlookOf(row: readModel.OutlookRow | undefined) {
  const state = row === undefined ? "none" : row.madeAt === null ? "waiting" : "ready";
  return {
    state,
    madeAt: row?.madeAt ?? null,
    outlook: state === "ready" ? (row?.outlook as OutlookView) : null,
  } as const;
}
