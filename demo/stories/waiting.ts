/** What waits for somebody on the day the demo begins, so that its desks have something to do. */
import {
  addDays,
  HOUR_MS,
  localDate,
  MINUTE_MS,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Id } from "@wanjia/domain/shared/id";
import { phoneOf, type Teller } from "../teller.ts";

/** `days` days after the day the demo begins, at an hour of that day. */
function dayOf(teller: Teller, days: number, hour: number): Instant {
  return startOfLocalDay(addDays(localDate(teller.setting.now), days)) + hour * HOUR_MS;
}

/** Somebody asked on paper who had looked, and was told; another asks that a number be deleted. */
export function askedAboutData(teller: Teller, helped: Id): void {
  const dpo = teller.people.desk("dpo");
  const answered = { look: teller.look(), origin: "paper" } as const;
  teller.errand(dayOf(teller, -9, 10), dpo, {
    ...answered,
    ask: { kind: "explanation", text: "想知道谁看过我留的电话，看了做什么用。" },
    about: null,
  });
  teller.errand(dayOf(teller, -6, 15), dpo, {
    look: answered.look,
    decide: {
      decision: "granted",
      answer: "共被看过两次：一次是责任民警约时间，一次是民意中心回访。以后用回执可随时自己查。",
    },
  });
  teller.errand(dayOf(teller, -1, 16), dpo, {
    look: teller.look(),
    origin: "desk",
    ask: { kind: "deletion", text: "事情办完了，请把我留的电话删掉。" },
    about: helped,
  });
}

/** Things found again wait for Saturday's meeting: one owner has his time, one is still to be rung. */
export function saturdaysMeeting(teller: Teller): void {
  const team = teller.team(teller.setting.main, 0);
  const leader = teller.leader(team, 0);
  const today = new Date(dayOf(teller, 0, 12)).getUTCDay();
  const toSaturday = (6 - today + 7) % 7 || 7;
  const from = dayOf(teller, toSaturday, 9);
  const meeting = {
    id: teller.newId(dayOf(teller, -2, 9)),
    stationId: team.stationId,
    venue: "派出所一楼接待大厅",
    from,
    to: from + 3 * HOUR_MS,
    slotMinutes: 30,
    seats: 2,
  };
  const approvedOn = localDate(dayOf(teller, -3, 9));
  teller.errand(dayOf(teller, -2, 9), leader, {
    stationId: team.stationId,
    list:
      `台账编号,物品类别,估价（元）,批准日期,物主称呼,物主电话\n` +
      `YT2026-0057,电动自行车,3200,${approvedOn},辛女士,${phoneOf(57)}\n` +
      `YT2026-0058,手机,1800,${approvedOn},成先生,${phoneOf(58)}\n`,
  });
  teller.errand(dayOf(teller, -2, 9.5), leader, { meeting });
  const item = "YT2026-0057";
  teller.errand(dayOf(teller, -2, 10), leader, {
    item,
    command: { type: "notify", mode: "phone", reached: true },
  });
  teller.errand(dayOf(teller, -2, 10.1), leader, {
    item,
    command: { type: "book", meetingId: meeting.id, at: from + 30 * MINUTE_MS },
  });
}

/** A slip in the station's letter box: could somebody come on the day after tomorrow? */
export function askedForAVisit(teller: Teller): void {
  const from = dayOf(teller, 2, 19);
  teller.errand(
    dayOf(teller, 0, 0) - 4 * HOUR_MS,
    teller.leader(teller.team(teller.setting.main, 0), 0),
    {
      look: teller.look(),
      wish: {
        kind: "visit",
        window: { from, to: from + HOUR_MS },
        contact: { salutation: "施阿姨", phone: phoneOf(59), consent: true },
      },
      placeId: teller.door(0, 9).id,
    },
  );
}
