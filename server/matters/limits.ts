/** Time limits of the bureau's table, for other subjects than matters. */
import { dueAt, dueDay, ruleFor, rulesInForce } from "@wanjia/domain/matters/clocks";
import { type LocalDate, localDate, sameDayLater } from "@wanjia/domain/shared/instant";
import type { Tx } from "../platform/database.ts";
import { clockwork } from "./clock-commands.ts";

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
  const inForce = rulesInForce(work.rules, today);
  const days = (id: string): number => {
    const found = inForce.find((rule) => rule.id === id);
    if (found === undefined) throw new Error(`no time limit ${id}`);
    return found.amount;
  };
  const rule = ruleFor("finish", { kind: "dispute", subtype: "other", grade: null }, work);
  const due = rule === null ? null : dueAt(rule, tx.now, work.calendar);
  const months = rule?.unit === "months" ? sameDayLater(today, rule.amount) : null;
  return {
    limitOn: due === null ? months : dueDay(due),
    days: {
      confirmation: days("confirm.judicial"),
      policeSecond: days("mediation.police_second"),
    },
  };
}
