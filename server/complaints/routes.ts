import { implement } from "@orpc/server";
import { type ComplaintDetail, complaintsContract } from "@wanjia/contract/complaints";
import { complaintCounts, complaintFigures } from "@wanjia/domain/complaints/figures";
import { isOutOfSight, mayHandleComplaints } from "@wanjia/domain/complaints/policy";
import { openComplaintSteps } from "@wanjia/domain/complaints/rules";
import type {
  Complaint,
  ComplaintCommand,
  ComplaintRefusal,
} from "@wanjia/domain/complaints/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { localDate, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { Result } from "@wanjia/domain/shared/result";
import { bureauIds, findBureau, listStations } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { admit, admitAsking, strangerOf } from "../platform/puzzles.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const open = implement(complaintsContract).$context<Context>();
const os = open.use(signedIn);

/** What is not his to handle doesn't exist for the one who asks. */
async function hold(tx: Tx, principal: Principal, id: Id): Promise<Complaint> {
  const complaint = orNotFound(await commands.holdComplaint(tx, id));
  const actor = await commands.actorOf(tx, principal);
  return orNotFound(isOutOfSight(complaint, actor) ? undefined : complaint);
}

async function present(
  tx: Tx,
  key: Buffer,
  principal: Principal,
  complaint: Complaint,
): Promise<ComplaintDetail | null> {
  const actor = await commands.actorOf(tx, principal);
  // Whoever just named himself, or typed in what goes to others, sees no more of it.
  if (isOutOfSight(complaint, actor)) return null;
  const events = await readModel.eventsOf(tx, complaint.id);
  const timeline = events.map((event) => {
    const { text, remedy, happenedOn } = commands.openSaid(key, complaint.id, event);
    const { seq, at, memberName, type } = event;
    return { seq, at, memberName, type, text, remedy, happenedOn };
  });
  const [first] = timeline;
  const contact = await commands.contactOf(tx, complaint.id);
  const { id, about, kind, origin, state, finding, receivedAt, dueAt, version, heard } = complaint;
  return {
    id,
    about,
    stationName: await stationName(tx, complaint.stationId),
    kind,
    origin,
    state,
    finding,
    receivedAt,
    dueAt,
    version,
    heard,
    text: first?.text ?? "",
    happenedOn: first?.happenedOn ?? null,
    concerned: await readModel.namesOf(tx, complaint.concerned),
    contact:
      contact === undefined
        ? null
        : { phone: contact.phoneMasked, salutation: contact.salutationCipher !== null },
    steps: openComplaintSteps(complaint, actor),
    timeline: timeline.map(({ happenedOn: _day, ...event }) => event),
  };
}

async function stationName(tx: Tx, id: Id | null): Promise<string | null> {
  if (id === null) return null;
  return (await listStations(tx)).find((station) => station.id === id)?.name ?? null;
}

/** What the complainant sees: where it stands, who has it, what comes next; nobody's name. */
async function follow(tx: Tx, key: Buffer, complaint: Complaint) {
  const { about, kind, state, finding, receivedAt, dueAt, answeredAt } = complaint;
  const station = (await listStations(tx)).find(({ id }) => id === complaint.stationId);
  const answered = (await readModel.eventsOf(tx, complaint.id)).findLast(
    ({ type }) => type === "answer",
  );
  return {
    about,
    station: station?.name ?? null,
    stationEn: station?.nameEn ?? null,
    handledBy: complaint.handledBy as "inspectorate" | "feedback_centre",
    kind,
    state,
    finding: answered === undefined ? null : finding,
    receivedAt,
    dueAt,
    answer: answered === undefined ? null : commands.openSaid(key, complaint.id, answered).text,
    answeredAt,
    mayAskReview:
      state === "answered" &&
      complaint.reviewAskedAt === null &&
      (dueAt === null || tx.now < dueAt),
    mayWithdraw: ["received", "receipted", "investigating"].includes(state),
  };
}

type Followed = Awaited<ReturnType<typeof follow>>;

/** Finds the bureau that a receipt belongs to. */
async function byReceipt(
  { services }: Context,
  look: string,
  command?: ComplaintCommand,
): Promise<Result<Followed, ComplaintRefusal> | undefined> {
  const { database, secrets } = services;
  for (const id of await database.asSystem(null, bureauIds)) {
    const answer = await database.asSystem(id, async (tx) => {
      const complaint = await commands.findByLook(tx, look);
      if (complaint === undefined) return undefined;
      const taken =
        command === undefined
          ? { ok: true as const, value: complaint }
          : await commands.takeByReceipt(tx, secrets.fieldKey, look, command);
      if (taken === undefined || !taken.ok) return taken;
      return { ok: true as const, value: await follow(tx, secrets.fieldKey, taken.value) };
    });
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The first day of the quarter of a day. */
function quarterOf(day: string): string {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, "0")}-01`;
}

export const complaintRoutes = open.router({
  // -- anyone -------------------------------------------------------------------------------------
  publicUnits: open.publicUnits.handler(async ({ context }) => {
    const { database } = context.services;
    const bureaus = [];
    for (const id of await database.asSystem(null, bureauIds)) {
      bureaus.push(
        await database.asSystem(id, async (tx) => {
          const { name = "", nameEn = "" } = (await findBureau(tx)) ?? {};
          const stations = (await listStations(tx)).map((station) => ({
            id: station.id,
            name: station.name,
            nameEn: station.nameEn,
          }));
          return { id, name, nameEn, stations };
        }),
      );
    }
    return { bureaus };
  }),

  figures: open.figures.handler(async ({ context, input }) => {
    // Finished quarters only: what came in today changes no number that anyone can see.
    const to = quarterOf(localDate(context.now()));
    const from = `${Number(to.slice(0, 4)) - 1}${to.slice(4)}`;
    const counted = await context.services.database.asSystem(input.bureauId, (tx) =>
      readModel.countedBetween(tx, startOfLocalDay(from), startOfLocalDay(to)),
    );
    return { from, to, figures: complaintFigures(counted, context.now()) };
  }),

  send: open.send.handler(async ({ context, input, errors }) => {
    const { puzzle, bureauId, look, ...draft } = input;
    orRefuse(admit(strangerOf(context), puzzle), errors);
    const { database, secrets } = context.services;
    return database.asSystem(bureauId, async (tx) => {
      const kept = await commands.keepComplaint(
        tx,
        secrets.fieldKey,
        { ...draft, origin: "online" },
        look,
        null,
      );
      return follow(tx, secrets.fieldKey, orRefuse(kept, errors));
    });
  }),

  follow: open.follow.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const found = await byReceipt(context, input.look);
    if (found === undefined || !found.ok) throw errors["receipt-unknown"]();
    return found.value;
  }),

  askReview: open.askReview.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const { look, text } = input;
    const asked = await byReceipt(context, look, { type: "ask_review", text });
    if (asked === undefined) throw errors["receipt-unknown"]();
    return orRefuse(asked, errors);
  }),

  withdraw: open.withdraw.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const withdrawn = await byReceipt(context, input.look, { type: "withdraw" });
    if (withdrawn === undefined) throw errors["receipt-unknown"]();
    return orRefuse(withdrawn, errors);
  }),

  // -- who handles them ---------------------------------------------------------------------------
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayHandleComplaints(principal.role));
    return context.transact(async (tx) => {
      const stations = await readModel.stationsOf(tx, principal.memberId);
      const list = readModel.complaintList(principal, stations, input, context.now());
      return keysetPage<readModel.ComplaintListRow>(tx, list, input);
    });
  }),

  units: os.units.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayHandleComplaints(principal.role));
    const year = Number(input.year);
    const [from, to] = [`${year}-01-01`, `${year + 1}-01-01`].map(startOfLocalDay);
    return context.transact(async (tx) => {
      const stations = await readModel.stationsOf(tx, principal.memberId);
      const found = await readModel.countedInSight(tx, principal, stations, from ?? 0, to ?? 0);
      const units = Map.groupBy(found, ({ about, stationName }) => `${about} ${stationName}`);
      return {
        items: [...units.values()].flatMap((some) =>
          some.slice(0, 1).map(({ about, stationName }) => ({
            about,
            stationName,
            ...complaintCounts(some, context.now()),
          })),
        ),
      };
    });
  }),

  get: os.get.handler(({ context, input }) => {
    const { principal, services } = context;
    return context.transact(async (tx) => {
      const complaint = await hold(tx, principal, input.id);
      return orNotFound(
        (await present(tx, services.secrets.fieldKey, principal, complaint)) ?? undefined,
      );
    });
  }),

  raise: os.raise.handler(({ context, input, errors }) => {
    const { principal, services } = context;
    allow(mayHandleComplaints(principal.role));
    const { look, ...draft } = input;
    const key = services.secrets.fieldKey;
    // A letter to one office may be another's to handle: it is kept by the server, not by the typist.
    return services.database.asSystem(principal.bureauId, async (tx) => {
      const kept = await commands.keepComplaint(tx, key, draft, look, principal.memberId);
      return present(tx, key, principal, orRefuse(kept, errors));
    });
  }),

  step: os.step.handler(async ({ context, input, errors }) => {
    const { principal, services } = context;
    const { id, step, version } = input;
    const key = services.secrets.fieldKey;
    // Found under his own row-level security, changed by the server: whoever names himself as
    // concerned may not see the row any more that he changed.
    await context.transact((tx) => hold(tx, principal, id));
    return services.database.asSystem(principal.bureauId, async (tx) => {
      const complaint = await hold(tx, principal, id);
      const actor = await commands.actorOf(tx, principal);
      const taken = await commands.takeComplaintStep(tx, key, complaint, step, actor, version);
      return present(tx, key, principal, orRefuse(taken, errors));
    });
  }),

  reveal: os.reveal.handler(({ context, input, errors }) => {
    const { principal, services } = context;
    return context.transact(async (tx) => {
      const complaint = await hold(tx, principal, input.id);
      const { memberId } = principal;
      const key = services.secrets.fieldKey;
      const shown = await commands.revealContact(tx, key, complaint, memberId, input.purpose);
      return orRefuse(orNotFound(shown), errors);
    });
  }),
});
