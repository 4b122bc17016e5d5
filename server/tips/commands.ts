import { randomBytes } from "node:crypto";
import {
  answer,
  askOpening,
  grantOpening,
  hourOf,
  makeKey,
  readSealed,
  receive,
  RETIRED_KEY_DAYS,
  takeOver,
} from "@wanjia/domain/tips/rules";
import { mayKeepTips } from "@wanjia/domain/tips/policy";
import { retentionEnd } from "@wanjia/domain/privacy/retention";
import type { TipCategory, TipRefusal } from "@wanjia/domain/tips/terms";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { DAY_MS, type Instant } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { listMembers } from "../organisation/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import { newId, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";
import { listUnits } from "./read-model.ts";

type Answer<T = null> = Promise<Result<T, TipRefusal | "not-found">>;

function bytes(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

// -- anyone ---------------------------------------------------------------------------------------

export interface Sent {
  readonly unitId: Id;
  readonly keyId: Id;
  readonly category: TipCategory;
  readonly wantsAnswer: boolean;
  readonly look: string;
  readonly replyKey: string;
  readonly sealed: string;
}

/**
 * Keeps a sealed tip. The row is all that is written: a line in the audit trail would add the minute,
 * and with it the visit that it followed.
 */
export async function keepTip(
  tx: Tx,
  sent: Sent,
): Promise<Result<{ receivedAt: Instant }, TipRefusal>> {
  const key = await queries.findKey(tx, sent.keyId);
  const sealed = bytes(sent.sealed);
  const id = uuidv7(hourOf(tx.now), randomBytes(10));
  const received = receive(
    { ...sent, id, bytes: sealed.length },
    key?.active === true ? key : undefined,
    tx.now,
  );
  if (!received.ok) return received;
  await queries.insertTip(tx, {
    tip: received.value,
    lookHash: sha256(bytes(sent.look)),
    replyKey: bytes(sent.replyKey),
    sealed,
  });
  return accept({ receivedAt: received.value.receivedAt });
}

// -- the receiving unit ---------------------------------------------------------------------------

async function keeps(tx: Tx, principal: Principal, unitId: Id): Promise<boolean> {
  if (!mayKeepTips(principal.role)) return false;
  return (await listUnits(tx, principal.memberId)).some(({ id }) => id === unitId);
}

function tell(tx: Tx, action: string, subjectKind: string, subjectId: Id): Promise<void> {
  return record(tx, [{ action, subjectKind, subjectId }]);
}

/** Leaves one's own key. Shares that were sealed to the one before open no more, and go. */
export async function enrol(
  tx: Tx,
  principal: Principal,
  input: { unitId: Id; publicKey: string; salt: string; rounds: number; wrapped: string },
): Answer {
  if (!(await keeps(tx, principal, input.unitId))) return refuse("not-found");
  await queries.enrolKeeper(tx, input.unitId, principal.memberId, {
    publicKey: bytes(input.publicKey),
    salt: bytes(input.salt),
    rounds: input.rounds,
    wrapped: bytes(input.wrapped),
  });
  await queries.dropShares(tx, input.unitId, principal.memberId);
  await tell(tx, "tip_keeper.enrolled", "tip_unit", input.unitId);
  return accept(null);
}

export async function makeUnitKey(
  tx: Tx,
  principal: Principal,
  input: { unitId: Id; publicKey: string; shares: readonly { memberId: Id; sealed: string }[] },
): Answer {
  if (!(await keeps(tx, principal, input.unitId))) return refuse("not-found");
  const enrolled = await queries.holdEnrolled(tx, input.unitId);
  const made = makeKey(
    enrolled,
    input.shares.map(({ memberId }) => memberId),
    principal.memberId,
  );
  if (!made.ok) return made;
  const id = newId(tx.now);
  await queries.insertKey(tx, {
    id,
    unitId: input.unitId,
    publicKey: bytes(input.publicKey),
    by: principal.memberId,
    shares: input.shares.map(({ memberId, sealed }) => ({ memberId, sealed: bytes(sealed) })),
  });
  await tell(tx, "tip_key.made", "tip_key", id);
  return accept(null);
}

export async function ask(
  tx: Tx,
  principal: Principal,
  input: { keyId: Id; sessionKey: string },
): Answer<{ id: Id }> {
  const key = await queries.findKey(tx, input.keyId);
  if (key === undefined || !(await keeps(tx, principal, key.unitId))) return refuse("not-found");
  const id = newId(tx.now);
  const holders = await queries.holdersOf(tx, key.id);
  const asked = askOpening(id, key.id, holders, principal.memberId, tx.now);
  if (!asked.ok) return asked;
  await queries.insertOpening(tx, key.unitId, asked.value, bytes(input.sessionKey));
  await tell(tx, "tip_opening.asked", "tip_key", key.id);
  return accept({ id });
}

export async function grant(
  tx: Tx,
  principal: Principal,
  input: { id: Id; sealedShare: string },
): Answer {
  const opening = await queries.holdOpening(tx, input.id);
  if (opening === undefined || !(await keeps(tx, principal, opening.unitId))) {
    return refuse("not-found");
  }
  const holders = await queries.holdersOf(tx, opening.keyId);
  const granted = grantOpening(opening, holders, principal.memberId, tx.now);
  if (!granted.ok) return granted;
  await queries.saveGrant(tx, granted.value, bytes(input.sealedShare));
  await tell(tx, "tip_opening.granted", "tip_key", opening.keyId);
  return accept(null);
}

async function openedTip(tx: Tx, principal: Principal, input: { id: Id; openingId: Id }) {
  const tip = await queries.holdTip(tx, input.id);
  if (tip === undefined || !(await keeps(tx, principal, tip.unitId))) return undefined;
  return { tip, opening: await queries.holdOpening(tx, input.openingId) };
}

export async function read(
  tx: Tx,
  principal: Principal,
  input: { id: Id; openingId: Id },
): Answer<{ sealed: string }> {
  const found = await openedTip(tx, principal, input);
  if (found === undefined) return refuse("not-found");
  const may = readSealed(found.tip, found.opening, principal.memberId, tx.now);
  if (!may.ok) return may;
  const sealed = await queries.sealedText(tx, input.id);
  await tell(tx, "tip.opened", "tip", input.id);
  return accept({ sealed: sealed?.toString("base64url") ?? "" });
}

export async function takeTipOver(
  tx: Tx,
  principal: Principal,
  input: { id: Id; openingId: Id },
): Answer {
  const found = await openedTip(tx, principal, input);
  if (found === undefined) return refuse("not-found");
  const taken = takeOver(found.tip, found.opening, principal.memberId, tx.now);
  if (!taken.ok) return taken;
  await queries.saveTip(tx, taken.value, null);
  await tell(tx, "tip.transferred", "tip", input.id);
  return accept(null);
}

export async function answerTip(
  tx: Tx,
  principal: Principal,
  input: { id: Id; sealedAnswer: string },
): Answer {
  const tip = await queries.holdTip(tx, input.id);
  if (tip === undefined || !(await keeps(tx, principal, tip.unitId))) return refuse("not-found");
  const answered = answer(tip, tx.now);
  if (!answered.ok) return answered;
  await queries.saveTip(tx, answered.value, bytes(input.sealedAnswer));
  await tell(tx, "tip.answered", "tip", input.id);
  return accept(null);
}

// -- who sets it up -------------------------------------------------------------------------------

/** Members who may be named keepers. */
export async function candidates(tx: Tx): Promise<{ id: Id; name: string }[]> {
  const members = await listMembers(tx, { role: "business_unit" });
  return members.filter(({ active }) => active).map(({ id, name }) => ({ id, name }));
}

/** Refuses `keeper-unfit`: keepers belong to the units that handle cases. */
export async function saveUnit(
  tx: Tx,
  input: { id: Id; name: string; nameEn: string; active: boolean; keepers: readonly Id[] },
): Promise<Result<null, "keeper-unfit">> {
  const fit = new Set((await candidates(tx)).map(({ id }) => id));
  if (input.keepers.some((id) => !fit.has(id))) return refuse("keeper-unfit");
  await queries.saveUnit(tx, input);
  await queries.setKeepers(tx, input.id, [...new Set(input.keepers)]);
  await record(tx, [
    {
      action: "tip_unit.saved",
      subjectKind: "tip_unit",
      subjectId: input.id,
      detail: { keepers: input.keepers },
    },
  ]);
  return accept(null);
}

/** Rows of tips go when their time is over. */
export async function forgetTips(tx: Tx): Promise<void> {
  const { bureauId } = tx.actor;
  const forgotten = await queries.forget(
    tx,
    retentionEnd("tip_id", tx.now),
    tx.now - RETIRED_KEY_DAYS * DAY_MS,
  );
  if (forgotten === 0 || bureauId === null) return;
  await record(tx, [
    {
      action: "tip.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { tips: forgotten },
    },
  ]);
}
