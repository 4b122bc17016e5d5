/** What residents say and do without an account, by a plate and then by a receipt. */
import type { ResidentStepRefusal, SayRefusal } from "@wanjia/contract/residents";
import { followed } from "@wanjia/domain/matters/followed";
import {
  decideByResident,
  type ResidentCommand,
  residentOf,
} from "@wanjia/domain/matters/resident";
import { eventsOf } from "@wanjia/domain/matters/evolve";
import type { Matter, MatterDraft } from "@wanjia/domain/matters/terms";
import {
  isSpot,
  recipientFor,
  registerFromPage,
  type SpotKind,
  type Surroundings,
} from "@wanjia/domain/matters/web";
import { readPlateCode } from "@wanjia/domain/places/plate";
import type { Role } from "@wanjia/domain/organisation/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { bureauIds, listStations } from "../organisation/read-model.ts";
import { type Around, aroundPlace, placeSeats, standOf } from "../places/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { AskingLimit } from "../platform/asking-limit.ts";
import { record } from "../platform/audit.ts";
import { newId, sha256 } from "../platform/crypto.ts";
import type { Database, Tx } from "../platform/database.ts";
import type { Services } from "../platform/http.ts";
import { clockwork } from "./clock-commands.ts";
import { HANDLING_ROLES, inMediation, keepNew, saveSteps } from "./commands.ts";
import { checkPhotos, keepPhotos } from "./photos.ts";
import * as queries from "./queries.ts";
import * as receiptQueries from "./receipt-queries.ts";
import { handlersCovering, timelineOf } from "./read-model.ts";

// -- by a plate -----------------------------------------------------------------------------------

type PlateRefusal = "plate-unknown" | "plate-withdrawn" | "plate-malformed" | "plate-check-failed";

interface Seen {
  readonly plate: { readonly placeId: Id };
  readonly around: Around;
  readonly stationId: Id;
  readonly beatId: Id | null;
  readonly communityId: Id | null;
}

/** Works in the bureau of a plate that holds; anything else is refused as on the plate's own page. */
async function atPlate<T, C extends string>(
  services: Pick<Services, "database" | "secrets">,
  text: string,
  work: (tx: Tx, seen: Seen) => Promise<Result<T, C>>,
): Promise<Result<T, C | PlateRefusal>> {
  const code = readPlateCode(text);
  if (!code.ok) return code;
  const plate = await standOf(services, bureauIds, code.value);
  if (plate === undefined) return refuse("plate-unknown");
  const { database } = services;
  return database.asSystem(plate.bureauId, async (tx): Promise<Result<T, C | PlateRefusal>> => {
    const [seat] = await placeSeats(tx, [plate.placeId]);
    const station = (await listStations(tx)).find(({ id }) => id === seat?.stationId);
    if (seat === undefined || station === undefined) return refuse("plate-unknown");
    if (plate.withdrawn) {
      return refuse("plate-withdrawn", { station: station.name, phone: station.dutyPhone });
    }
    const around = await aroundPlace(tx, plate.placeId);
    if (around === undefined) return refuse("plate-unknown");
    const { stationId, beatId, communityId } = seat;
    return work(tx, { plate, around, stationId, beatId, communityId });
  });
}

function surroundings({ plate, around }: Seen): Surroundings {
  const { kind, buildingId, estateId, entrances, floors } = around;
  return {
    home: kind === "dwelling_unit" || kind === "rural_house",
    building: kind === "building" || (buildingId !== null && buildingId !== plate.placeId),
    estate: estateId !== null,
    entrances,
    floors,
  };
}

export function surroundingsAt(
  services: Services,
  code: string,
): Promise<Result<Surroundings, PlateRefusal>> {
  return atPlate(services, code, async (_tx, seen) => accept(surroundings(seen)));
}

interface Spot {
  readonly spot: SpotKind;
  readonly part?: string | undefined;
}

/** The place in the register, and what it lacks of the spot in words: not each floor is a place. */
function placeOf({ spot, part = "" }: Spot, { plate, around }: Seen): { id: Id; rest: string } {
  const building = around.buildingId ?? plate.placeId;
  switch (spot) {
    case "door":
      return { id: plate.placeId, rest: "" };
    case "building":
      return { id: building, rest: "" };
    case "estate":
      return { id: around.estateId ?? building, rest: "" };
    case "entrance":
    case "floor": {
      const known = around.parts.find(({ kind, number }) => kind === spot && number === part);
      const name = spot === "floor" ? `${part}层公共部位` : `${part}单元`;
      return known === undefined
        ? { id: building, rest: `【${name}】` }
        : { id: known.id, rest: "" };
    }
  }
}

/** A station reads what one office can read in an hour; beyond that its telephone is quicker. */
const PER_STATION = 60;
const PER_BUILDING = 10;
/** Without a puzzle solved; see plain.ts. */
const PLAIN_PER_STATION = 15;
/** Of one network: whoever floods a station from one place leaves most of its hour to the others. */
const PER_NETWORK = 20;
const fromNetwork = new AskingLimit(PER_NETWORK, HOUR_MS);

export interface Said extends Spot {
  readonly plate: string;
  readonly kind: MatterDraft["kind"];
  readonly subtype: MatterDraft["subtype"];
  readonly text: string;
  readonly feedback: MatterDraft["feedback"];
  readonly contact?: MatterDraft["contact"];
  readonly stopSigns?: MatterDraft["stopSigns"];
  readonly photos?: readonly string[] | undefined;
  readonly look: string;
}

/** Ways of being answered that need nothing but what a resident may leave here. */
const WISHES: readonly MatterDraft["feedback"][] = ["page", "phone", "sms", "notice_board", "none"];

function checkSaid(said: Said): Result<readonly Buffer[], SayRefusal> {
  const { feedback, contact, photos = [], kind } = said;
  if (!WISHES.includes(feedback)) return refuse("wish-unknown");
  const calls = feedback === "phone" || feedback === "sms";
  if (calls && contact?.phone === undefined) return refuse("phone-invalid");
  // A picture of a quarrel is a picture of people.
  if (kind === "dispute" && photos.length > 0) return refuse("photo-unwanted");
  return checkPhotos(photos);
}

/** A matter begins at the plate's station; whoever holds its receipt may follow it. */
export function sayAtPlate(
  services: Services,
  said: Said,
  { source, address }: { readonly source: "page" | "plain"; readonly address: string },
): Promise<Result<FollowedMatter, SayRefusal>> {
  return atPlate(
    services,
    said.plate,
    async (tx, seen): Promise<Result<FollowedMatter, SayRefusal>> => {
      const { kind, subtype, feedback, contact, stopSigns } = said;
      const lookHash = hashOf(said.look);
      const known = await receiptQueries.receiptByLook(tx, lookHash);
      // Sent again, because the answer got lost: what is there is the answer.
      const there = known && (await queries.viewMatter(tx, known.matterId));
      if (there !== undefined) return accept(await present(tx, there, known?.issuedBy ?? null));
      if (!isSpot(said, kind, surroundings(seen))) return refuse("spot-unknown");
      const pictures = checkSaid(said);
      if (!pictures.ok) return pictures;
      const buildingId = seen.around.buildingId ?? seen.plate.placeId;
      const before = await receiptQueries.saidSince(
        tx,
        seen.stationId,
        buildingId,
        tx.now - HOUR_MS,
      );
      const flooded =
        fromNetwork.ask(address, tx.now, seen.stationId) > 0 ||
        before.station >= PER_STATION ||
        before.building >= PER_BUILDING ||
        (source === "plain" && before.plain >= PLAIN_PER_STATION);
      if (flooded) return refuse("station-flooded");
      const covering = await handlersCovering(tx, seen, HANDLING_ROLES);
      const recipientId = recipientFor(
        { subtype },
        covering.map(({ id, role }) => ({ id, role: role as Role })),
      );
      if (recipientId === null) return refuse("nobody-posted");
      const { id: placeId, rest } = placeOf(said, seen);
      const work = await clockwork(tx);
      const draft: MatterDraft = {
        id: newId(tx.now),
        kind,
        subtype,
        text: said.text.trim() === "" ? "" : `${rest}${said.text.trim()}`,
        placeId,
        reporter: "resident",
        feedback,
        contact,
        stopSigns: stopSigns?.length === 0 ? undefined : stopSigns,
      };
      const changes = registerFromPage(draft, seen, recipientId, { ...work, inspect: inspectText });
      if (!changes.ok) return changes as Result<never, SayRefusal>;
      const by = residentOf(draft);
      await keepNew(tx, [{ changes: changes.value, by, at: tx.now, contact }], work);
      const matter = await queries.viewMatter(tx, draft.id);
      if (matter === undefined) throw new Error("a matter that was just kept");
      await receiptQueries.insertReceipt(tx, matter, {
        lookHash,
        source,
        issuedBy: null,
        buildingId,
      });
      await keepPhotos(tx, services.secrets.fieldKey, matter, "as_reported", pictures.value);
      return accept(await present(tx, matter, null));
    },
  );
}

// -- by a receipt ---------------------------------------------------------------------------------

function hashOf(look: string): Buffer {
  return sha256(Buffer.from(look, "base64url"));
}

export type FollowedMatter = Awaited<ReturnType<typeof present>>;

/** What a receipt shows. */
async function present(tx: Tx, matter: Matter, issuedBy: Id | null) {
  const station = (await listStations(tx)).find(({ id }) => id === matter.stationId);
  const unit = {
    name: station?.name ?? "",
    nameEn: station?.nameEn ?? "",
    dutyPhone: station?.dutyPhone ?? "",
  };
  const past = (await timelineOf(tx, matter.id)).map(({ type, at, body }) => ({
    type,
    at,
    text: body["text"],
  }));
  const held = await inMediation(tx, matter);
  return followed(matter, unit, past, issuedBy, held, await clockwork(tx));
}

/** Finds the bureau that a receipt belongs to, and works there with the matter held. */
async function withReceipt<T>(
  database: Database,
  look: string,
  work: (tx: Tx, matter: Matter, issuedBy: Id | null) => Promise<T>,
): Promise<T | undefined> {
  const lookHash = hashOf(look);
  for (const bureauId of await database.asSystem(null, bureauIds)) {
    const found = await database.asSystem(bureauId, async (tx) => {
      const receipt = await receiptQueries.receiptByLook(tx, lookHash);
      const matter =
        receipt === undefined ? undefined : await queries.holdMatter(tx, receipt.matterId);
      if (receipt === undefined || matter === undefined) return undefined;
      return { value: await work(tx, matter, receipt.issuedBy) };
    });
    if (found !== undefined) return found.value;
  }
  return undefined;
}

export function followByReceipt(
  { database }: Services,
  look: string,
): Promise<FollowedMatter | undefined> {
  return withReceipt(database, look, present);
}

/** A step by whoever holds the receipt; undefined when there is no such receipt. */
export async function stepByReceipt(
  { database, secrets }: Services,
  look: string,
  command: ResidentCommand,
  photos: readonly string[] = [],
): Promise<Result<FollowedMatter, ResidentStepRefusal> | undefined> {
  const pictures = checkPhotos(photos);
  if (!pictures.ok) return pictures;
  return withReceipt(
    database,
    look,
    async (tx, before, issuedBy): Promise<Result<FollowedMatter, ResidentStepRefusal>> => {
      if (await inMediation(tx, before)) return refuse("mediation-runs");
      const work = await clockwork(tx);
      const decision = decideByResident(before, command, issuedBy, work);
      if (!decision.ok) return decision as Result<never, ResidentStepRefusal>;
      const events = eventsOf(decision.value, before.version, residentOf(before), tx.now);
      const [outcome] = await saveSteps(tx, [{ before, events }], work);
      await keepPhotos(tx, secrets.fieldKey, before, "put_right", pictures.value);
      return accept(await present(tx, outcome?.after ?? before, issuedBy));
    },
  );
}

/** One for the resident, one for the family, and some that were lost. */
const RECEIPTS_PER_MATTER = 5;

/** Keeps what a receipt shows that is handed over for a matter. */
export async function issueReceipt(
  tx: Tx,
  principal: Principal,
  matter: Matter,
  look: string,
): Promise<Result<null, "too-many-receipts">> {
  const lookHash = hashOf(look);
  const known = await receiptQueries.receiptByLook(tx, lookHash);
  if (known?.matterId === matter.id) return accept(null);
  const { receipts } = await receiptQueries.receiptsOf(tx, matter.id);
  if (known !== undefined || receipts >= RECEIPTS_PER_MATTER) {
    return refuse("too-many-receipts", { limit: RECEIPTS_PER_MATTER });
  }
  await issue(tx, matter, lookHash, principal.memberId);
  return accept(null);
}

async function issue(tx: Tx, matter: Matter, lookHash: Buffer, issuedBy: Id): Promise<void> {
  await receiptQueries.insertReceipt(tx, matter, {
    lookHash,
    source: "desk",
    issuedBy,
    buildingId: null,
  });
  await record(tx, [
    {
      action: "matter.receipt_issued",
      subjectKind: "matter",
      subjectId: matter.id,
      stationId: matter.stationId,
    },
  ]);
}

interface HandedOver {
  readonly id: Id;
  readonly look: string;
  readonly memberId: Id;
}

/**
 * Keeps what receipts show that were made on an officer's phone, for matters that came into being with
 * the visit: no receipt opens a matter that was there before.
 */
export async function keepHandedOver(
  tx: Tx,
  born: readonly Matter[],
  handedOver: readonly HandedOver[],
): Promise<void> {
  for (const { id, look, memberId } of handedOver) {
    const matter = born.find((one) => one.id === id && one.reporter === "resident");
    if (matter === undefined) continue;
    const lookHash = hashOf(look);
    if ((await receiptQueries.receiptByLook(tx, lookHash)) !== undefined) continue;
    await issue(tx, matter, lookHash, memberId);
  }
}
