import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../shared/instant.ts";
import type { Id } from "../shared/id.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import {
  type Tip,
  TIP_LIMITS,
  type TipDraft,
  type TipKey,
  type TipOpening,
  type TipRefusal,
} from "./terms.ts";

/** How long a second person's consent holds. */
export const OPENING_MINUTES = 30;

/** A phone without a network may have sealed to a key this long after another took its place. */
export const RETIRED_KEY_DAYS = 14;

/** The hour in which something happened. Minutes would match it with a visit. */
export function hourOf(instant: Instant): Instant {
  return Math.floor(instant / HOUR_MS) * HOUR_MS;
}

/**
 * A tip as it comes in: a row, and a text that nobody here can read.
 * Refuses `tip-unit-closed` (also where too few hold shares of the key to open what it seals),
 * `tip-key-retired` (the sender's page is old: seal again) and `tip-too-long`.
 */
export function receive(
  draft: TipDraft,
  key: TipKey | undefined,
  now: Instant,
): Result<Tip, TipRefusal> {
  if (key === undefined || key.unitId !== draft.unitId) return refuse("tip-unit-closed");
  const late = key.retiredAt !== null && now >= key.retiredAt + RETIRED_KEY_DAYS * DAY_MS;
  const lost = key.holders < TIP_LIMITS.fewestKeepers;
  if (late || (lost && key.retiredAt !== null)) return refuse("tip-key-retired");
  if (lost) return refuse("tip-unit-closed");
  if (draft.bytes > TIP_LIMITS.sealedBytes) return refuse("tip-too-long");
  const { id, unitId, keyId, category, wantsAnswer } = draft;
  return accept({
    id,
    unitId,
    keyId,
    category,
    wantsAnswer,
    receivedAt: hourOf(now),
    state: "received",
    routedAt: null,
    answerGivenAt: null,
    sealed: true,
  });
}

/** Whether this keeper may now see what was sealed to the key: somebody else of the unit agreed. */
function mayOpen(
  tip: Tip,
  opening: TipOpening | undefined,
  by: Id,
  now: Instant,
): Result<null, TipRefusal> {
  if (opening === undefined || opening.askedBy !== by || opening.keyId !== tip.keyId) {
    return refuse("second-person-needed");
  }
  if (opening.expiresAt <= now) return refuse("opening-expired");
  return opening.grantedBy === null ? refuse("second-person-needed") : accept(null);
}

/** Refuses what is gone, and who opens alone. */
export function readSealed(
  tip: Tip,
  opening: TipOpening | undefined,
  by: Id,
  now: Instant,
): Result<null, TipRefusal> {
  return tip.state === "received" ? mayOpen(tip, opening, by, now) : refuse("tip-wrong-state");
}

/** The receiving unit has it: from here on the platform has nothing to read. */
export function takeOver(
  tip: Tip,
  opening: TipOpening | undefined,
  by: Id,
  now: Instant,
): Result<Tip, TipRefusal> {
  const may = readSealed(tip, opening, by, now);
  if (!may.ok) return may;
  return accept({ ...tip, state: "transferred", routedAt: now, sealed: false });
}

/** An answer for whoever holds the receipt; a later one takes the place of the one before. */
export function answer(tip: Tip, now: Instant): Result<Tip, TipRefusal> {
  if (tip.state === "received") return refuse("tip-wrong-state");
  if (!tip.wantsAnswer) return refuse("tip-answer-not-wanted");
  return accept({ ...tip, state: "answered", answerGivenAt: tip.answerGivenAt ?? now });
}

/**
 * A new key for a unit. Refuses `keepers-too-few` and `shares-incomplete`: each keeper who has a key
 * of his own gets a share, and nobody else.
 */
export function makeKey(
  enrolled: readonly Id[],
  shares: readonly Id[],
  by: Id,
): Result<null, TipRefusal> {
  if (!enrolled.includes(by)) return refuse("keeper-not-enrolled");
  if (enrolled.length < TIP_LIMITS.fewestKeepers) {
    return refuse("keepers-too-few", { limit: TIP_LIMITS.fewestKeepers });
  }
  const complete =
    shares.length === enrolled.length && enrolled.every((keeper) => shares.includes(keeper));
  return complete ? accept(null) : refuse("shares-incomplete");
}

/** One keeper asks to open; he holds a share of that key himself. */
export function askOpening(
  id: Id,
  keyId: Id,
  holders: readonly Id[],
  by: Id,
  now: Instant,
): Result<TipOpening, TipRefusal> {
  if (!holders.includes(by)) return refuse("keeper-not-enrolled");
  const expiresAt = now + OPENING_MINUTES * MINUTE_MS;
  return accept({ id, keyId, askedBy: by, askedAt: now, grantedBy: null, expiresAt });
}

/** Another keeper agrees, by handing over his share. */
export function grantOpening(
  opening: TipOpening,
  holders: readonly Id[],
  by: Id,
  now: Instant,
): Result<TipOpening, TipRefusal> {
  if (by === opening.askedBy) return refuse("second-person-needed");
  if (!holders.includes(by)) return refuse("keeper-not-enrolled");
  if (opening.expiresAt <= now) return refuse("opening-expired");
  if (opening.grantedBy !== null) return refuse("opening-granted");
  return accept({ ...opening, grantedBy: by });
}
