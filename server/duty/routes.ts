import { implement } from "@orpc/server";
import { dutyContract, type StationDay } from "@wanjia/contract/duty";
import { matterFilter } from "@wanjia/contract/matters";
import type { ReferralProgress } from "@wanjia/contract/referrals";
import { maySeeDays, maySignDays } from "@wanjia/domain/duty/policy";
import { signable } from "@wanjia/domain/duty/rules";
import { type TodayList, todayOf } from "@wanjia/domain/duty/today";
import { seesOnlyOwn } from "@wanjia/domain/matters/policy";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate, type LocalDate } from "@wanjia/domain/shared/instant";
import { messageList } from "../answers/read-model.ts";
import { appointmentList } from "../appointments/read-model.ts";
import { complaintList, stationsOf } from "../complaints/read-model.ts";
import { amongOwn, matterList } from "../matters/read-model.ts";
import { mediationList } from "../mediation/read-model.ts";
import { listStations } from "../organisation/read-model.ts";
import { type Principal, withinReach } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { countUpTo, keysetPage, type ListDefinition } from "../platform/list.ts";
import { amongOwnFindings, recheckList } from "../oversight/read-model.ts";
import { requestList } from "../privacy/read-model.ts";
import { referralList } from "../referrals/read-model.ts";
import { tipList, unitsKeptBy } from "../tips/read-model.ts";
import { sign } from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(dutyContract).$context<Context>().use(signedIn);

type ListOf = (
  tx: Tx,
  principal: Principal,
  filter: TodayList["filter"],
  /** Of whoever sees only his own matters: which those are. */
  ids: readonly Id[] | undefined,
) => ListDefinition | Promise<ListDefinition>;

/** The very list that the screen shows under a filter. */
const LISTS: Readonly<Record<TodayList["screen"], ListOf>> = {
  matters: (tx, principal, { mine, ...filter }, ids) => {
    const query = matterFilter.parse(
      mine === undefined ? filter : { ...filter, handlerId: principal.memberId },
    );
    const own = seesOnlyOwn(principal.role);
    return matterList(principal, { ...query, ids, number: undefined }, tx.now, own);
  },
  answers: (_tx, principal, filter) => messageList(principal, filter),
  appointments: (_tx, principal, filter) => appointmentList(principal, filter),
  complaints: async (tx, principal, filter) =>
    complaintList(principal, await stationsOf(tx, principal.memberId), filter, tx.now),
  mediations: (tx, principal, filter) => mediationList(principal, filter, tx.now),
  data_requests: (tx, principal, filter) => requestList(principal, filter, tx.now),
  referrals: (tx, { bureauId, partnerId = "" }, { progress }) =>
    referralList(bureauId, partnerId, progress as ReferralProgress, tx.now),
  rechecks: (tx, principal) => recheckList(principal, tx.now),
  tips: async (tx, { bureauId, memberId }, filter) =>
    tipList(bureauId, await unitsKeptBy(tx, memberId), filter),
  days: (tx, principal, filter) => readModel.dayList(principal, filter, tx.now),
};

/** A station out of reach doesn't exist for the caller. */
async function reachable(tx: Tx, principal: Principal, stationId: Id): Promise<void> {
  const near = withinReach(principal, { stationId }) !== null;
  orNotFound(near ? (await listStations(tx)).find(({ id }) => id === stationId) : undefined);
}

async function present(
  tx: Tx,
  { role }: Principal,
  stationId: Id,
  day: LocalDate,
): Promise<StationDay> {
  const signed = await readModel.signedDay(tx, stationId, day);
  const reasons = new Map(signed?.left.map(({ matterId, why }) => [matterId, why]));
  const left = signed
    ? await readModel.mattersOf(tx, [...reasons.keys()])
    : await readModel.untouchedOf(tx, stationId, day);
  return {
    stationId,
    day,
    figures: { ...(signed?.figures ?? (await readModel.figuresOf(tx, stationId, day))) },
    left: left.map((matter) => ({ ...matter, why: reasons.get(matter.id) ?? null })),
    dueNext: await readModel.dueNextOf(tx, stationId, day),
    signed: signed ? { at: signed.signedAt, byName: signed.signedByName, note: signed.note } : null,
    maySign: maySignDays(role) && signable({ day, signed: signed !== undefined }, tx.now).ok,
  };
}

export const dutyRoutes = os.router({
  today: os.today.handler(({ context }) => {
    const { principal } = context;
    const found = todayOf(principal.role);
    allow(found.length > 0);
    return context.transact((tx) =>
      amongOwn(tx, principal, async (seeing, ids) => {
        const lists = [];
        for (const { key, screen, filter } of found) {
          const list = await LISTS[screen](seeing, principal, filter, ids);
          const count = (within: Tx) => countUpTo(within, list);
          const own = screen === "rechecks";
          lists.push({
            key,
            total: await (own ? amongOwnFindings(seeing, principal, count) : count(seeing)),
          });
        }
        return { lists };
      }),
    );
  }),

  days: os.days.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeDays(principal.role));
    const list = readModel.dayList(principal, input, context.now());
    return context.transact((tx) => keysetPage<readModel.DayListRow>(tx, list, input));
  }),

  day: os.day.handler(({ context, input }) => {
    const { principal } = context;
    allow(maySeeDays(principal.role));
    return context.transact(async (tx) => {
      await reachable(tx, principal, input.stationId);
      orNotFound(input.day <= localDate(tx.now) ? input : undefined);
      return present(tx, principal, input.stationId, input.day);
    });
  }),

  sign: os.sign.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(maySignDays(principal.role));
    const { stationId, day, left, note } = input;
    return context.transact(async (tx) => {
      await reachable(tx, principal, stationId);
      orRefuse(await sign(tx, principal, stationId, day, { left, note }), errors);
      return present(tx, principal, stationId, day);
    });
  }),
});
