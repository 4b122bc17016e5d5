import {
  type ClockRuleDraft,
  type ClockRuleRefusal,
  newVersion,
  takeBack,
} from "@wanjia/domain/matters/clock-editing";
import type { ClockRule, Clockwork } from "@wanjia/domain/matters/clocks";
import { deadlineOf } from "@wanjia/domain/matters/running";
import type { Matter } from "@wanjia/domain/matters/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { accept, type Result } from "@wanjia/domain/shared/result";
import { isSystem } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { workCalendar } from "../workdays/read-model.ts";
import * as queries from "./clock-queries.ts";

/** Asked for once in a transaction: a step goes by it, and so does the page that shows its result. */
const asked = new WeakMap<Tx, Clockwork>();

/** What the clocks of this bureau go by, now. */
export async function clockwork(tx: Tx): Promise<Clockwork> {
  const known = asked.get(tx);
  if (known !== undefined) return known;
  const rules = await queries.clockRules(tx);
  const work: Clockwork = { now: tx.now, calendar: await workCalendar(tx), rules };
  asked.set(tx, work);
  return work;
}

/** Keeps what comes next where work is listed, for matters whose clocks or people changed. */
export function noteDeadlines(
  tx: Tx,
  changes: readonly { readonly before: Matter | null; readonly after: Matter }[],
  work: Clockwork,
): void {
  const changed = changes.filter(
    ({ before, after }) =>
      before === null ||
      before.clocks !== after.clocks ||
      before.responsibleId !== after.responsibleId ||
      before.assigneeId !== after.assigneeId,
  );
  queries.saveDeadlines(
    tx,
    changed.map(({ after }) => ({ matter: after, deadline: deadlineOf(after, work) })),
  );
}

// -- the rules ------------------------------------------------------------------------------------

async function noteRule(tx: Tx, action: "saved" | "withdrawn", rule: ClockRule): Promise<void> {
  const { id, version, from, amount, unit } = rule;
  await record(tx, [
    {
      action: `clock-rule.${action}`,
      subjectKind: "clock_rule",
      subjectId: id,
      detail: { version, from, amount, unit },
    },
  ]);
}

/** Writes down the next version of a limit. */
export async function saveClockRule(
  tx: Tx,
  draft: ClockRuleDraft,
): Promise<Result<ClockRule, ClockRuleRefusal>> {
  const saved = newVersion(await queries.clockRules(tx), draft, localDate(tx.now));
  if (!saved.ok) return saved;
  await queries.insertClockRules(tx, [saved.value], isSystem(tx.actor) ? null : tx.actor.memberId);
  await noteRule(tx, "saved", saved.value);
  return saved;
}

/** Takes back a version whose day has not come. */
export async function withdrawClockRule(
  tx: Tx,
  key: Pick<ClockRule, "id" | "version">,
): Promise<Result<null, ClockRuleRefusal>> {
  const found = takeBack(await queries.clockRules(tx), key, localDate(tx.now));
  if (!found.ok) return found;
  await queries.deleteClockRule(tx, key);
  await noteRule(tx, "withdrawn", found.value);
  return accept(null);
}
