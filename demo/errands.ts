/** What the story pack tells beside visits, matters and mediations: property, complaints, boards, wishes. */
import type { BulletinCommand } from "@wanjia/domain/bulletins/terms";
import type { ComplaintCommand, ComplaintDraft } from "@wanjia/domain/complaints/terms";
import type { ListingCommand, ListingDraft } from "@wanjia/domain/listings/terms";
import type { DataDecision, DataRequestKind, RequestOrigin } from "@wanjia/domain/privacy/terms";
import type { PropertyCommand } from "@wanjia/domain/property/terms";
import type { CorrectVisit, RecordVisit } from "@wanjia/domain/visits/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { makeWish, seatOf, type WishDraft } from "../server/appointments/commands.ts";
import { viewMatter } from "../server/matters/commands.ts";
import { newestOf, takeStep as stepBulletin } from "../server/bulletins/commands.ts";
import {
  actorOf,
  findByLook,
  keepComplaint,
  takeComplaintStep,
} from "../server/complaints/commands.ts";
import {
  holdListing,
  keepCounts,
  proposeListing,
  takeStep as stepListing,
} from "../server/listings/commands.ts";
import type { Principal } from "../server/platform/access.ts";
import type { Services } from "../server/platform/http.ts";
import { placeSeats } from "../server/places/read-model.ts";
import { askFor, decide, hashOf } from "../server/privacy/commands.ts";
import { requestsByLook } from "../server/privacy/read-model.ts";
import {
  arrangeMeeting,
  holdItem,
  importList,
  takeStep as stepItem,
} from "../server/property/commands.ts";
import { stepOfBody } from "../server/matters/bodies.ts";
import { referralById } from "../server/referrals/read-model.ts";
import { correctVisits, recordVisits } from "../server/visits/commands.ts";
import { findItemId, referralOfMatter } from "./queries.ts";
import { type TipStep, tipStep } from "./tips.ts";

type BodyOrder = Parameters<typeof stepOfBody>[3];

interface By {
  readonly kind: "errand";
  readonly at: Instant;
  readonly by: Id;
}

/** One step of an errand in a demo city. */
export type Errand = By &
  (
    | { readonly list: string; readonly stationId: Id }
    | { readonly item: string; readonly command: PropertyCommand }
    /** By what its receipt shows; nobody signed in sends it. */
    | { readonly look: string; readonly complaint: ComplaintDraft }
    | { readonly look: string; readonly step: ComplaintCommand }
    | {
        readonly board: {
          readonly stationId: Id;
          readonly communityId: Id;
          readonly month: string;
        };
        readonly command: BulletinCommand;
      }
    /** What a body outside says of a matter that it was sent. */
    | { readonly referred: Id; readonly bodyStep: BodyOrder }
    /** Typed in from paper, as the slip says. */
    | { readonly visitId: Id; readonly paper: RecordVisit }
    | { readonly visitId: Id; readonly correct: CorrectVisit }
    | { readonly tip: TipStep }
    | { readonly counts: Parameters<typeof keepCounts>[2] }
    | { readonly propose: ListingDraft }
    | { readonly meeting: Parameters<typeof arrangeMeeting>[2] }
    /** About the data of a matter, or of nothing that the product can find. */
    | {
        readonly look: string;
        readonly origin: RequestOrigin;
        readonly ask: { readonly kind: DataRequestKind; readonly text: string };
        readonly about: Id | null;
      }
    | {
        readonly look: string;
        readonly decide: { readonly decision: DataDecision; readonly answer: string };
      }
    | { readonly look: string; readonly wish: WishDraft; readonly placeId: Id }
    | { readonly listing: Id; readonly command: ListingCommand }
  );

/** Lets one of them happen as whoever does it. */
export async function runErrand(
  services: Services,
  principal: Principal,
  errand: Errand,
): Promise<void> {
  const { database, secrets } = services;
  const { bureauId } = principal;
  const key = secrets.fieldKey;
  if ("list" in errand) {
    const upload = {
      stationId: errand.stationId,
      now: errand.at,
      body: (async function* () {
        yield Buffer.from(errand.list);
      })(),
    };
    const read = await importList((work) => database.transact(principal, work), principal, upload);
    if (read.ok && read.value.problems.length > 0) throw new Error(JSON.stringify(read.value));
    return told("list", read);
  }
  if ("item" in errand) {
    return database.transact(principal, async (tx) => {
      const item = await holdItem(tx, (await findItemId(tx, errand.item)) ?? "");
      if (item === undefined) throw new Error(`no item ${errand.item}`);
      const { command } = errand;
      told(command.type, await stepItem(tx, principal, item, command, item.version));
    });
  }
  if ("complaint" in errand) {
    const { complaint, look } = errand;
    return database.asSystem(bureauId, async (tx) =>
      told("complain", await keepComplaint(tx, key, complaint, look, null)),
    );
  }
  if ("ask" in errand) {
    const { ask, look, origin, about } = errand;
    return database.asSystem(bureauId, async (tx) => {
      const matter = about === null ? undefined : await viewMatter(tx, about);
      const subject =
        matter === undefined
          ? undefined
          : ({
              kind: "matter",
              id: matter.id,
              stationId: matter.stationId,
              handledBy: "dpo",
            } as const);
      told("ask", await askFor(tx, key, { ...ask, look, origin }, subject));
    });
  }
  if ("decide" in errand) {
    const { look, decide: decided } = errand;
    return database.transact(principal, async (tx) => {
      const [request] = await requestsByLook(tx, hashOf(look));
      if (request === undefined) throw new Error("no request");
      const { version } = request;
      told("decide", await decide(tx, key, request, principal.memberId, { ...decided, version }));
    });
  }
  if ("wish" in errand) {
    const { look, wish, placeId } = errand;
    return database.asSystem(bureauId, async (tx) => {
      const [seat] = await placeSeats(tx, [placeId]);
      if (seat === undefined) throw new Error(`no place ${placeId}`);
      const made = { look, origin: "paper", confirmed: false } as const;
      told("wish", await makeWish(tx, seatOf(seat), wish, made));
    });
  }
  if ("look" in errand) {
    return database.asSystem(bureauId, async (tx) => {
      const complaint = await findByLook(tx, errand.look);
      if (complaint === undefined) throw new Error("no complaint");
      const actor = await actorOf(tx, principal);
      const { step } = errand;
      told(step.type, await takeComplaintStep(tx, key, complaint, step, actor, complaint.version));
    });
  }
  if ("counts" in errand) {
    const { counts } = errand;
    return database.transact(principal, async (tx) => {
      told("counts", await keepCounts(tx, principal.memberId, counts));
    });
  }
  if ("meeting" in errand) {
    const { meeting } = errand;
    return database.transact(principal, async (tx) => {
      told("meeting", await arrangeMeeting(tx, principal, meeting));
    });
  }
  if ("propose" in errand) {
    const { propose } = errand;
    return database.transact(principal, async (tx) => {
      told("propose", await proposeListing(tx, principal, propose));
    });
  }
  if ("listing" in errand) {
    const { listing, command } = errand;
    return database.transact(principal, async (tx) => {
      const found = await holdListing(tx, listing);
      if (found === undefined) throw new Error(`no listing ${listing}`);
      told(command.type, await stepListing(tx, principal, found, command, found.version));
    });
  }
  if ("referred" in errand) {
    const { referred, bodyStep } = errand;
    const id = await database.asSystem(bureauId, (tx) => referralOfMatter(tx, referred));
    return database.transact(principal, async (tx) => {
      const referral = await referralById(tx, id ?? "");
      if (referral === undefined) throw new Error("no referral");
      told(bodyStep.type, await stepOfBody(tx, referral, principal.memberId, bodyStep));
    });
  }
  if ("visitId" in errand) {
    const { visitId: id, at } = errand;
    const author = { principal, atDesk: true };
    const item = { id, base: null, at, correctedAt: at };
    return database.transact(principal, async (tx) => {
      const decisions =
        "paper" in errand
          ? await recordVisits(tx, author, [{ ...item, body: errand.paper }])
          : await correctVisits(tx, author, [{ ...item, body: errand.correct }]);
      for (const decision of decisions) told("visit", decision);
    });
  }
  if ("tip" in errand) return tipStep(services, principal, errand.tip);
  const { board, command } = errand;
  return database.transact(principal, async (tx) => {
    const { version } = await newestOf(tx, board);
    told(command.type, await stepBulletin(tx, principal, board, command, version));
  });
}

/** The story pack obeys the rules; where a rule says no, the story is wrong. */
function told(what: string, answer: { readonly ok: boolean; readonly refusal?: unknown }): void {
  if (!answer.ok) throw new Error(`${what}: ${JSON.stringify(answer.refusal)}`);
}
