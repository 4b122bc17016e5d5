/** Time limits of the bureau's table, for other subjects than matters. */
import {
  type ClockRule,
  type Clockwork,
  dueAt,
  dueDay,
  ruleFor,
  rulesInForce,
} from "@wanjia/domain/matters/clocks";
import type { LimitElsewhere } from "@wanjia/domain/matters/clock-terms";
import type { CollectTerm } from "@wanjia/domain/property/terms";
import { type LocalDate, localDate, sameDayLater } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { clockwork } from "./clock-commands.ts";

function inForce({ now, rules }: Clockwork, id: LimitElsewhere): ClockRule {
  const found = rulesInForce(rules, localDate(now)).find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no time limit ${id}`);
  return found;
}

/** The table counts what may be added to the months of a recovered item in days. */
const DAYS_OF_MONTH = 30;

/** How long an item may be collected whose owner is told now; a later version changes nothing for it. */
export async function collectTerm(tx: Tx): Promise<CollectTerm> {
  const rule = inForce(await clockwork(tx), "property.collect");
  const extraMonths = Math.floor((rule.extension?.amount ?? 0) / DAYS_OF_MONTH);
  return { version: rule.version, months: rule.amount, extraMonths, source: rule.source };
}

/**
 * What a mediation that stands now has for limits. `limitOn`: the last day of one that begins now, null
 * where no limit holds. Both sides may lengthen it, so that beyond the announced days it ends on its own
 * day, and is not moved to a working day.
 */
export async function mediationLimits(tx: Tx): Promise<{
  limitOn: LocalDate | null;
  days: { confirmation: number; policeSecond: number };
}> {
  const work = await clockwork(tx);
  const today = localDate(tx.now);
  const rule = ruleFor("finish", { kind: "dispute", subtype: "other", grade: null }, work);
  const due = rule === null ? null : dueAt(rule, tx.now, work.calendar);
  const months = rule?.unit === "months" ? sameDayLater(today, rule.amount) : null;
  return {
    limitOn: due === null ? months : dueDay(due),
    days: {
      confirmation: inForce(work, "confirm.judicial").amount,
      policeSecond: inForce(work, "mediation.police_second").amount,
    },
  };
}
