import type { RoutingTableRow } from "@wanjia/contract/routing";
import { MATTER_KINDS } from "@wanjia/domain/matters/terms";
import { mayBeSwitchedOn, takeOut, tryOn, writeRule } from "@wanjia/domain/routing/rules";
import {
  ROUTING_LIMITS,
  type RoutingRefusal,
  type RoutingRule,
  type RoutingRuleDraft,
  type RoutingTarget,
} from "@wanjia/domain/routing/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { listPartners } from "../organisation/read-model.ts";
import { isSystem } from "../platform/access.ts";
import { type Fact, record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";
import { draftTable, ruleOf, tableOn, unitsOf } from "./read-model.ts";

/** Units and bodies that somebody answers for today. */
async function responsibleIds(tx: Tx): Promise<ReadonlySet<Id>> {
  const bodies = (await listPartners(tx)).filter(({ active }) => active);
  return new Set([...bodies, ...(await unitsOf(tx))].map(({ id }) => id));
}

function isThere(known: ReadonlySet<Id>): (target: RoutingTarget) => boolean {
  return ({ id }) => id === null || known.has(id);
}

async function note(tx: Tx, action: string, detail: NonNullable<Fact["detail"]>): Promise<void> {
  const { bureauId } = tx.actor;
  if (bureauId === null) throw new Error("a routing table belongs to a bureau");
  await record(tx, [
    { action: `routing.${action}`, subjectKind: "bureau", subjectId: bureauId, detail },
  ]);
}

/** The draft, held; where there is none, one begun as a copy of the table that is on. */
async function openDraft(tx: Tx): Promise<{ version: number; rules: readonly RoutingRule[] }> {
  let held = await queries.holdDraft(tx);
  const begun = held === undefined;
  if (begun) {
    await queries.insertDraft(tx);
    held = await queries.holdDraft(tx);
  }
  if (held === undefined) throw new Error("a draft was begun and is not there");
  const from = begun ? await tableOn(tx) : await draftTable(tx);
  return { version: held.version, rules: (from?.rules ?? []).map(ruleOf) };
}

async function draftNow(tx: Tx): Promise<RoutingTableRow> {
  const draft = await draftTable(tx);
  if (draft === null) throw new Error("the draft is gone");
  return draft;
}

/**
 * Writes a rule into the draft. Refuses what `writeRule` refuses, and `routing-target-gone` where
 * nobody answers there.
 */
export async function saveRule(
  tx: Tx,
  draft: RoutingRuleDraft,
): Promise<Result<RoutingTableRow, RoutingRefusal>> {
  const { communityId } = draft.when;
  const station =
    communityId === null ? undefined : await queries.stationOfCommunity(tx, communityId);
  if (communityId !== null && station === undefined) return refuse("routing-mismatch");
  const when = { ...draft.when, stationId: station?.stationId ?? draft.when.stationId };
  const { version, rules } = await openDraft(tx);
  const written = writeRule(rules, { ...draft, when });
  if (!written.ok) return written;
  const number = draft.number ?? written.value.at(-1)?.number ?? 0;
  if (!isThere(await responsibleIds(tx))(draft.target)) {
    return refuse("routing-target-gone", { number });
  }
  await queries.saveDraft(tx, version, written.value);
  await note(tx, "rule-saved", { version, number, when, target: draft.target });
  return accept(await draftNow(tx));
}

export async function removeRule(
  tx: Tx,
  number: number,
): Promise<Result<RoutingTableRow, RoutingRefusal>> {
  const { version, rules } = await openDraft(tx);
  const left = takeOut(rules, number);
  if (!left.ok) return left;
  await queries.saveDraft(tx, version, left.value);
  await note(tx, "rule-removed", { version, number });
  return accept(await draftNow(tx));
}

export async function discardDraft(tx: Tx): Promise<Result<null, RoutingRefusal>> {
  const held = await queries.holdDraft(tx);
  if (held === undefined) return refuse("routing-no-draft");
  await queries.dropDraft(tx, held.version);
  await note(tx, "discarded", { version: held.version });
  return accept(null);
}

export type Tried = ReturnType<typeof tryOn<queries.SampledMatter>>;

/** Tries the draft on the newest matters of each kind, and keeps how it did. */
export async function tryDraft(tx: Tx): Promise<Result<Tried, RoutingRefusal>> {
  const held = await queries.holdDraft(tx);
  if (held === undefined) return refuse("routing-no-draft");
  const { rules } = await draftNow(tx);
  const sample = await queries.sampleOf(tx, MATTER_KINDS, ROUTING_LIMITS.sampleOfKind);
  const result = tryOn(rules.map(ruleOf), sample);
  await queries.saveTrial(tx, held.version, result.tally);
  await note(tx, "tried", { version: held.version, ...result.tally });
  return accept(result);
}

/** Switches the draft on, from now: what was handed on before stays where it is. */
export async function switchOn(tx: Tx): Promise<Result<RoutingTableRow, RoutingRefusal>> {
  const held = await queries.holdDraft(tx);
  if (held === undefined) return refuse("routing-no-draft");
  const rules = (await draftNow(tx)).rules.map(ruleOf);
  const may = mayBeSwitchedOn({ ...held, rules }, isThere(await responsibleIds(tx)));
  if (!may.ok) return may;
  await queries.switchOn(tx, held.version, isSystem(tx.actor) ? null : tx.actor.memberId);
  await note(tx, "switched-on", { version: held.version, rules: rules.length });
  const on = await tableOn(tx);
  if (on === null) throw new Error("the table that was switched on is gone");
  return accept(on);
}

/** The first table of a bureau, with its first load: tried on what there is, and on. */
export async function beginWith(tx: Tx, rules: readonly RoutingRule[]): Promise<void> {
  const { version } = await openDraft(tx);
  await queries.saveDraft(tx, version, rules);
  for (const order of [tryDraft, switchOn]) {
    const done = await order(tx);
    if (!done.ok) throw new Error(`${done.refusal.code} in a bureau's first routing table`);
  }
}
