import { implement } from "@orpc/server";
import { appointmentsContract } from "@wanjia/contract/appointments";
import { mayAppoint } from "@wanjia/domain/appointments/policy";
import { offeredWindows } from "@wanjia/domain/appointments/rules";
import type { Id } from "@wanjia/domain/shared/id";
import { bureauIds, listStations } from "../organisation/read-model.ts";
import { placeSeats } from "../places/read-model.ts";
import { plannedTimes } from "../planning/read-model.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { admit, admitAsking, strangerOf } from "../platform/puzzles.ts";
import * as commands from "./commands.ts";
import { atPlate, doorLabel, doorMeant, isDoor } from "./plates.ts";
import * as readModel from "./read-model.ts";

const open = implement(appointmentsContract).$context<Context>();
const os = open.use(signedIn);

/** What the resident sees: his own wish, and whom to call. */
async function present(tx: Tx, wish: commands.FollowedWish) {
  const [seat] = await placeSeats(tx, [wish.placeId]);
  const station = (await listStations(tx)).find(({ id }) => id === seat?.stationId);
  const { kind, state, window, until } = wish;
  const { name = "", nameEn = "", dutyPhone = "" } = station ?? {};
  return {
    kind,
    state,
    window,
    until,
    mayTakeBack: state === "asked" || state === "confirmed" || state === "holding",
    station: { name, nameEn, dutyPhone },
  };
}

async function inBureauOf<T>(
  { services }: Context,
  work: (tx: Tx) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const id of await services.database.asSystem(null, bureauIds)) {
    const found = await services.database.asSystem(id, work);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function hold(tx: Tx, id: Id) {
  return orNotFound(await commands.holdAppointment(tx, id));
}

export const appointmentRoutes = open.router({
  // -- anyone -------------------------------------------------------------------------------------
  offers: open.offers.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const found = await atPlate(context.services.database, input.plate, async (tx, plate) => {
      const taken = await commands.takenWindows(tx, plate.seat.beatId);
      const planned = await plannedTimes(tx, plate.seat);
      return {
        doors: plate.doors?.map((door) => ({ id: door.placeId, label: doorLabel(door) })) ?? null,
        windows: [...offeredWindows(tx.now, taken, planned)],
      };
    });
    if (found === undefined) throw errors["plate-unknown"]();
    return found;
  }),

  wish: open.wish.handler(async ({ context, input, errors }) => {
    const { plate, puzzle, doorId, cardCode, look, wish } = input;
    orRefuse(admit(strangerOf(context), puzzle), errors);
    const followed = await atPlate(context.services.database, plate, async (tx, at) => {
      const { placeId, confirmed } = orRefuse(await doorMeant(tx, at, doorId, cardCode), errors);
      const [seat] = await placeSeats(tx, [placeId]);
      if (seat === undefined || !isDoor(seat)) return undefined;
      const made = { look, origin: "page", confirmed } as const;
      orRefuse(await commands.makeWish(tx, commands.seatOf(seat), wish, made), errors);
      const kept = await commands.followWish(tx, look);
      return kept === undefined ? undefined : present(tx, kept);
    });
    if (followed === undefined) throw errors["plate-unknown"]();
    return followed;
  }),

  follow: open.follow.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const found = await inBureauOf(context, async (tx) => {
      const wish = await commands.followWish(tx, input.look);
      return wish === undefined ? undefined : present(tx, wish);
    });
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  takeBack: open.takeBack.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const found = await inBureauOf(context, async (tx) => {
      const taken = await commands.takeBack(tx, input.look);
      return taken === undefined ? undefined : present(tx, orRefuse(taken, errors));
    });
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  // -- at the desk --------------------------------------------------------------------------------
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayAppoint(principal.role, "list"));
    return context.transact((tx) =>
      keysetPage<readModel.AppointmentListRow>(
        tx,
        readModel.appointmentList(principal, input),
        input,
      ),
    );
  }),

  take: os.take.handler(({ context, input, errors }) => {
    allow(mayAppoint(context.principal.role, "take_wish"));
    const { placeId, wish, origin, look } = input;
    return context.transact(async (tx) => {
      const [seat] = await placeSeats(tx, [placeId]);
      const found = orNotFound(seat);
      if (!isDoor(found)) throw errors["door-unknown"]();
      const made = { look, origin, confirmed: true };
      orRefuse(await commands.makeWish(tx, commands.seatOf(found), wish, made), errors);
      return { kind: wish.kind };
    });
  }),

  step: os.step.handler(({ context, input, errors }) => {
    allow(mayAppoint(context.principal.role, "decide"));
    return context.transact(async (tx) => {
      orRefuse(await commands.takeStep(tx, await hold(tx, input.id), input.step), errors);
      return orNotFound(await readModel.appointmentRow(tx, input.id));
    });
  }),

  reveal: os.reveal.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    allow(mayAppoint(principal.role, "reveal"));
    const revealed = await context.transact(async (tx) =>
      orNotFound(
        await commands.revealContact(
          tx,
          principal.memberId,
          await hold(tx, input.id),
          input.purpose,
        ),
      ),
    );
    // Outside of the transaction: that it was refused is kept too.
    return orRefuse(revealed, errors);
  }),
});
