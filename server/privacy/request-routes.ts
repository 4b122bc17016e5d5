import { implement } from "@orpc/server";
import { dataRequestsContract } from "@wanjia/contract/data-requests";
import { parseNumber } from "@wanjia/domain/matters/number";
import { kindsFor, mayHandleRequests, mayTypeRequest } from "@wanjia/domain/privacy/requests";
import { keptUntil, retentionOf } from "@wanjia/domain/privacy/retention";
import type { HeldData, RetentionClass } from "@wanjia/domain/privacy/terms";
import type { Instant } from "@wanjia/domain/shared/instant";
import { idsByNumber } from "../matters/read-model.ts";
import { bureauIds } from "../organisation/read-model.ts";
import type { Tx } from "../platform/database.ts";
import { allow, type Context, orNotFound, orRefuse, signedIn } from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { admit, admitAsking, strangerOf } from "../platform/puzzles.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const open = implement(dataRequestsContract).$context<Context>();
const os = open.use(signedIn);

/** Works with what a receipt leads to, in its bureau; undefined when there is none. */
async function byReceipt<T>(
  { services }: Context,
  look: string,
  work: (tx: Tx, subject: readModel.DataSubject | undefined) => Promise<T>,
): Promise<T | undefined> {
  const hash = commands.hashOf(look);
  for (const id of await services.database.asSystem(null, bureauIds)) {
    const found = await services.database.asSystem(id, async (tx) => {
      const subject = await readModel.subjectByLook(tx, hash);
      // A receipt of a request alone, made at a desk, leads to nothing but its answer.
      if (subject === undefined && (await readModel.requestsByLook(tx, hash)).length === 0) {
        return undefined;
      }
      return { value: await work(tx, subject) };
    });
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** The one matter of a number within the caller's sight; undefined where there is none, or two. */
async function byNumber(
  tx: Tx,
  text: string | undefined,
): Promise<readModel.DataSubject | undefined> {
  const number = parseNumber(text ?? "");
  const [id, another] = number === null ? [] : await idsByNumber(tx, number);
  return id === undefined || another !== undefined
    ? undefined
    : { kind: "matter", id, stationId: null, handledBy: "dpo" };
}

// -- what is held ---------------------------------------------------------------------------------

interface Held {
  readonly data: HeldData;
  readonly shown: string | null;
  readonly until: Instant | null;
  readonly after: { readonly amount: number; readonly unit: "days" | "months" } | null;
}

/** Until when, once it has ended; how long after its end, until then. */
function keptFor(
  data: HeldData,
  shown: string | null,
  rule: RetentionClass,
  ended: Instant | null,
): Held {
  if (ended !== null) return { data, shown, until: keptUntil(rule, ended), after: null };
  const { keep } = retentionOf(rule);
  const [amount, unit] =
    "months" in keep ? ([keep.months, "months"] as const) : ([keep.days, "days"] as const);
  return { data, shown, until: null, after: { amount, unit } };
}

function contactHeld(contact: readModel.HeldContact | null, ended: Instant | null): Held[] {
  if (contact === null) return [];
  const kept = (data: HeldData, shown: string | null): Held => {
    const held = keptFor(data, shown, "callback_phone", ended);
    return contact.expiresAt === null ? held : { ...held, until: contact.expiresAt, after: null };
  };
  return [
    ...(contact.phone === null ? [] : [kept("phone", contact.phone)]),
    ...(contact.salutation ? [kept("salutation", null)] : []),
  ];
}

interface OfSubject {
  readonly guarded: boolean;
  readonly held: readonly Held[];
  readonly looks: readonly readModel.Looks[];
  readonly contact: boolean;
}

const NOTHING: OfSubject = { guarded: false, held: [], looks: [], contact: false };

async function ofSubject(tx: Tx, { kind, id }: readModel.DataSubject): Promise<OfSubject> {
  switch (kind) {
    case "matter": {
      const found = await readModel.heldOfMatter(tx, id);
      if (found === undefined) return NOTHING;
      const { contact, closedAt, events, photos, guarded, wordsGone } = found;
      if (guarded) return { ...NOTHING, guarded };
      return {
        guarded,
        held: [
          ...contactHeld(contact, closedAt),
          ...(wordsGone
            ? []
            : [
                keptFor("words", null, "matter", closedAt),
                keptFor("place", null, "matter", closedAt),
              ]),
          keptFor("history", String(events), "matter", closedAt),
          ...(photos === 0 ? [] : [keptFor("photos", String(photos), "hazard_photo", closedAt)]),
        ],
        looks: await readModel.looksAt(tx, id),
        contact: contact !== null,
      };
    }
    case "complaint": {
      const found = await readModel.heldOfComplaint(tx, id);
      if (found === undefined) return NOTHING;
      const { contact, closedAt, events } = found;
      return {
        guarded: false,
        held: [
          ...contactHeld(contact, closedAt),
          keptFor("words", null, "complaint_file", closedAt),
          keptFor("history", String(events), "complaint_file", closedAt),
        ],
        looks: await readModel.looksAtComplaint(tx, id),
        contact: contact !== null,
      };
    }
    case "appointment": {
      const found = await readModel.heldOfAppointment(tx, id);
      if (found === undefined) return NOTHING;
      const { contact, to } = found;
      return {
        guarded: false,
        held: [
          // Gone with the appointment itself, not a month later.
          ...contactHeld(contact, null).map((held) => ({ ...held, until: to, after: null })),
          keptFor("time", null, "attempt_log", to),
          keptFor("place", null, "attempt_log", to),
        ],
        looks: await readModel.looksAt(tx, id),
        contact: contact !== null,
      };
    }
    case "wish":
      return { ...NOTHING, held: [{ data: "quiet", shown: null, until: null, after: null }] };
    case "tip":
      return { ...NOTHING, held: [keptFor("sealed", null, "tip_id", null)] };
  }
}

async function mine(tx: Tx, key: Buffer, look: string, subject: readModel.DataSubject | undefined) {
  const { guarded, held, looks, contact } =
    subject === undefined ? NOTHING : await ofSubject(tx, subject);
  const requests = await readModel.requestsByLook(tx, commands.hashOf(look));
  return {
    subject: subject?.kind ?? ("none" as const),
    guarded,
    held: [...held],
    mayWithdraw: contact,
    looks: [...looks],
    kinds: guarded || subject === undefined ? [] : [...kindsFor(subject.kind)],
    requests: requests.map((row) => {
      const { id, kind, receivedAt, dueAt, decidedAt, decision, gone, kept } = row;
      const { answer } = commands.openSaid(key, row);
      return { id, kind, receivedAt, dueAt, decidedAt, decision, answer, gone, kept };
    }),
  };
}

async function detail(tx: Tx, key: Buffer, id: string) {
  const row = orNotFound(await readModel.findRequest(tx, id));
  const { sealedText: _text, sealedAnswer: _answer, subjectId: _subject, ...shown } = row;
  return { ...shown, ...commands.openSaid(key, row) };
}

export const dataRequestRoutes = open.router({
  mine: open.mine.handler(async ({ context, input, errors }) => {
    orRefuse(admitAsking(strangerOf(context)), errors);
    const { fieldKey } = context.services.secrets;
    const found = await byReceipt(context, input.look, (tx, subject) =>
      mine(tx, fieldKey, input.look, subject),
    );
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  withdraw: open.withdraw.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const { fieldKey } = context.services.secrets;
    const found = await byReceipt(context, input.look, async (tx, subject) => {
      if (subject !== undefined) await commands.withdrawConsent(tx, subject);
      return mine(tx, fieldKey, input.look, subject);
    });
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  ask: open.ask.handler(async ({ context, input, errors }) => {
    orRefuse(admit(strangerOf(context), input.puzzle), errors);
    const { look, kind, text } = input;
    const { fieldKey } = context.services.secrets;
    const found = await byReceipt(context, look, async (tx, subject) => {
      const draft = { look, kind, text, origin: "page" as const };
      orRefuse(await commands.askFor(tx, fieldKey, draft, subject), errors);
      return mine(tx, fieldKey, look, subject);
    });
    if (found === undefined) throw errors["receipt-unknown"]();
    return found;
  }),

  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayHandleRequests(principal.role));
    return context.transact((tx) =>
      keysetPage<readModel.RequestListRow>(
        tx,
        readModel.requestList(principal, input, context.now()),
        input,
      ),
    );
  }),

  get: os.get.handler(({ context, input }) => {
    allow(mayHandleRequests(context.principal.role));
    const { fieldKey } = context.services.secrets;
    return context.transact((tx) => detail(tx, fieldKey, input.id));
  }),

  type: os.type.handler(({ context, input, errors }) => {
    allow(mayTypeRequest(context.principal.role));
    const { fieldKey } = context.services.secrets;
    return context.transact(async (tx) => {
      const named = await byNumber(tx, input.number);
      // Kept by the server: whoever types it in need not be the one who answers, and reads it no more.
      const kept = await asHouse(tx, async (house) => {
        const own = await readModel.subjectByLook(house, commands.hashOf(input.look));
        return commands.askFor(house, fieldKey, input, own ?? named);
      });
      orRefuse(kept, errors);
      return { done: true as const };
    });
  }),

  typeWithdrawal: os.typeWithdrawal.handler(({ context, input: { named }, errors }) => {
    allow(mayTypeRequest(context.principal.role));
    return context.transact(async (tx) => {
      const subject =
        "look" in named
          ? await asHouse(tx, (house) =>
              readModel.subjectByLook(house, commands.hashOf(named.look)),
            )
          : await byNumber(tx, named.number);
      if (subject === undefined) throw errors["named-unknown"]();
      // In the server's name: that it was a complaint's receipt is for nobody to learn from the trail.
      await asHouse(tx, (house) => commands.withdrawConsent(house, subject));
      return { done: true as const };
    });
  }),

  decide: os.decide.handler(({ context, input, errors }) => {
    const { principal, services } = context;
    allow(mayHandleRequests(principal.role));
    const { id, ...decided } = input;
    const { fieldKey } = services.secrets;
    return context.transact(async (tx) => {
      const row = orNotFound(await readModel.findRequest(tx, id));
      orRefuse(await commands.decide(tx, fieldKey, row, principal.memberId, decided), errors);
      return detail(tx, fieldKey, id);
    });
  }),
});
