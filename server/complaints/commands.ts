import { dated, decideComplaint, receiveComplaint } from "@wanjia/domain/complaints/rules";
import type { ComplaintActor } from "@wanjia/domain/complaints/policy";
import type {
  Complaint,
  ComplaintCommand,
  ComplaintDraft,
  ComplaintEventType,
  ComplaintRefusal,
} from "@wanjia/domain/complaints/terms";
import { CONTACT_LOOKS_PER_HOUR } from "@wanjia/domain/matters/policy";
import { retentionOf } from "@wanjia/domain/privacy/retention";
import type { Id } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, type LocalDate, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { timeLimits } from "../matters/read-model.ts";
import { record } from "../platform/audit.ts";
import { openContact, sealContact } from "../platform/contacts.ts";
import { newId, open, seal, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";
import { type EventRow, stationsOf } from "./read-model.ts";

type Answer = Result<Complaint, ComplaintRefusal>;

/** A contact goes this long after the complaint ended (domain.md §8.5). */
const CONTACT_KEPT_DAYS = 30;

/** Time says nothing, so nothing is sealed for it. */
const NO_WORDS = Buffer.alloc(0);

/** What was said at a step; kept sealed, bound to its place in the file. */
interface Said {
  readonly text?: string | undefined;
  readonly remedy?: string | undefined;
  readonly happenedOn?: LocalDate | undefined;
}

export interface Opened {
  readonly text: string | null;
  readonly remedy: string | null;
  readonly happenedOn: LocalDate | null;
}

function lookHash(look: string): Buffer {
  return sha256(Buffer.from(look, "base64url"));
}

function placeOf(complaintId: Id, seq: number): string {
  return `complaint/${complaintId}/${seq}`;
}

async function keepEvent(
  tx: Tx,
  key: Buffer,
  complaint: Complaint,
  memberId: Id | null,
  type: ComplaintEventType,
  said: Said,
): Promise<void> {
  const seq = await queries.nextSeq(tx, complaint.id);
  const empty = Object.values(said).every((one) => one === undefined);
  const sealed = empty ? null : seal(key, placeOf(complaint.id, seq), JSON.stringify(said));
  await queries.insertEvent(tx, { complaint, seq, memberId, type, sealed });
}

export function openSaid(key: Buffer, complaintId: Id, { seq, sealed }: EventRow): Opened {
  const said =
    sealed === null ? {} : (JSON.parse(open(key, placeOf(complaintId, seq), sealed)) as Said);
  const { text = null, remedy = null, happenedOn = null } = said;
  return { text, remedy, happenedOn };
}

export async function actorOf(tx: Tx, { memberId, role }: Principal): Promise<ComplaintActor> {
  return { memberId, role, stationIds: await stationsOf(tx, memberId) };
}

/**
 * Keeps a complaint. No line goes into the bureau's audit trail: who reads that may belong to whom it
 * concerns. The file has a trail of its own.
 */
export async function keepComplaint(
  tx: Tx,
  key: Buffer,
  draft: ComplaintDraft,
  look: string,
  memberId: Id | null,
): Promise<Answer> {
  const received = receiveComplaint(newId(tx.now), draft, tx.now, await timeLimits(tx));
  if (!received.ok) return received;
  const complaint = received.value;
  await queries.insertComplaint(tx, complaint, lookHash(look));
  const { text, happenedOn, contact } = draft;
  await keepEvent(tx, key, complaint, memberId, "received", { text: text.trim(), happenedOn });
  const sealed = contact?.consent === true ? sealContact(complaint.id, contact) : null;
  if (sealed !== null) await queries.insertContact(tx, complaint, sealed);
  return received;
}

async function take(
  tx: Tx,
  key: Buffer,
  complaint: Complaint,
  command: ComplaintCommand,
  actor: ComplaintActor | null,
): Promise<Answer> {
  const decided = decideComplaint(complaint, command, actor, tx.now, await timeLimits(tx));
  if (!decided.ok) return decided;
  await queries.saveComplaint(tx, decided.value);
  const text = "text" in command ? command.text.trim() : undefined;
  const remedy = "remedy" in command ? command.remedy?.trim() || undefined : undefined;
  await keepEvent(tx, key, decided.value, actor?.memberId ?? null, command.type, { text, remedy });
  return decided;
}

export const { holdComplaint, contactOf } = queries;

/** Takes a step with a complaint that the caller looked at in `version`. */
export async function takeComplaintStep(
  tx: Tx,
  key: Buffer,
  complaint: Complaint,
  command: ComplaintCommand,
  actor: ComplaintActor,
  version: number,
): Promise<Answer> {
  if (version !== complaint.version) return refuse("stale-version");
  return take(tx, key, complaint, command, actor);
}

/** A step by the complainant, who shows the receipt; undefined when there is no such complaint. */
export async function takeByReceipt(
  tx: Tx,
  key: Buffer,
  look: string,
  command: ComplaintCommand,
): Promise<Answer | undefined> {
  const complaint = await findByLook(tx, look);
  return complaint === undefined ? undefined : take(tx, key, complaint, command, null);
}

export function findByLook(tx: Tx, look: string): Promise<Complaint | undefined> {
  return queries.holdByLook(tx, lookHash(look));
}

/** Shows how to reach the complainant, and keeps the look with the file. */
export async function revealContact(
  tx: Tx,
  key: Buffer,
  complaint: Complaint,
  memberId: Id,
  purpose: string,
): Promise<
  Result<{ phone: string | null; salutation: string | null }, "too-many-looks"> | undefined
> {
  const sealed = await queries.contactOf(tx, complaint.id);
  if (sealed === undefined) return undefined;
  const looks = await queries.looksSince(tx, memberId, tx.now - HOUR_MS);
  if (looks >= CONTACT_LOOKS_PER_HOUR) {
    const minutes = HOUR_MS / MINUTE_MS;
    return refuse("too-many-looks", { limit: CONTACT_LOOKS_PER_HOUR, minutes });
  }
  await keepEvent(tx, key, complaint, memberId, "revealed", { text: purpose });
  return accept(openContact(complaint.id, sealed));
}

/** Keeps with the file that the complainant withdrew his consent: whoever looks for his number knows why. */
export async function noteWithdrawnConsent(tx: Tx, id: Id): Promise<void> {
  const complaint = await queries.holdComplaint(tx, id);
  if (complaint === undefined) return;
  await keepEvent(tx, NO_WORDS, complaint, null, "consent_withdrawn", {});
}

/** Gives a date to what waited for the holidays to be announced. */
export async function dateComplaints(tx: Tx): Promise<void> {
  const waiting = await queries.undated(tx);
  if (waiting.length === 0) return;
  const limits = await timeLimits(tx);
  for (const complaint of waiting) {
    const known = dated(complaint, limits);
    if (known !== complaint) await queries.saveComplaint(tx, known);
  }
}

/**
 * What time does: what was answered and not disputed ends, contacts of what ended go, and the whole
 * file ten years after its end (domain.md §8.5).
 */
export async function endComplaints(tx: Tx): Promise<void> {
  for (const complaint of await queries.unreviewed(tx)) {
    await take(tx, NO_WORDS, complaint, { type: "close" }, null);
  }
  await queries.forgetContacts(tx, tx.now - CONTACT_KEPT_DAYS * DAY_MS);
  const files = await queries.forgetFiles(tx, retentionOf("complaint_file").keep);
  const { bureauId } = tx.actor;
  if (files === 0 || bureauId === null) return;
  await record(tx, [
    {
      action: "complaint.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { files },
    },
  ]);
}
