import { implement } from "@orpc/server";
import { workdaysContract } from "@wanjia/contract/workdays";
import { mayReadClockRules } from "@wanjia/domain/matters/policy";
import { localDate } from "@wanjia/domain/shared/instant";
import { mayLoadWorkdays } from "@wanjia/domain/workdays/policy";
import { standingOf, withYears } from "@wanjia/domain/workdays/rules";
import { builtInCalendar } from "../platform/calendar.ts";
import { allow, type Context, orRefuse, signedIn } from "../platform/http.ts";
import { loadYear } from "./commands.ts";
import { loadedYears, workCalendar } from "./read-model.ts";

const os = implement(workdaysContract).$context<Context>().use(signedIn);

export const workdayRoutes = os.router({
  standing: os.standing.handler(({ context }) => {
    allow(mayReadClockRules(context.principal.role));
    return context.transact(async (tx) => {
      const years = await loadedYears(tx);
      const today = localDate(tx.now);
      return {
        ...standingOf(withYears(builtInCalendar, years), today),
        today,
        years: years.map(({ holidays, makeUpDays, ...year }) => ({
          ...year,
          holidays: [...holidays],
          makeUpDays: [...makeUpDays],
        })),
      };
    });
  }),

  load: os.load.handler(({ context, input, errors }) => {
    allow(mayLoadWorkdays(context.principal.role));
    return context.transact(async (tx) => {
      const { holidays, makeUpDays } = orRefuse(await loadYear(tx, input), errors);
      const { through } = await workCalendar(tx);
      return { through, holidays: holidays.length, makeUpDays: makeUpDays.length };
    });
  }),
});
