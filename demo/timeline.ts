/** The way of one matter from hearing it to an honest end, as far as time has let it come. */
import type {
  AnswerMode,
  MatterCommand,
  MatterOutcome,
  SolvedAnswer,
} from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  type Instant,
  localDate,
  localTime,
  MINUTE_MS,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import type { Chance } from "./chance.ts";
import type { MatterText } from "./texts/row.ts";

/** One step somebody takes with a matter. */
export interface Step {
  readonly at: Instant;
  readonly matterId: Id;
  readonly by: Id;
  readonly command: MatterCommand;
}

export interface Hands {
  /** Who heard it and answers for it. */
  readonly handler: Id;
  /** Sworn, of the same station, was not there and does not handle it. */
  readonly other: Id;
  readonly feedback: Id;
}

export interface Wishes {
  readonly answer: "sms" | "phone" | "in_person" | "none";
  readonly byOfficer: boolean;
}

/** Days until it is done, half of them sooner (domain.md §10.5). */
const MEDIAN_DAYS = { service_request: 2, opinion: 8, hazard: 4, dispute: 12 } as const;
const SLOW_SHARE = 0.06;

/** The next moment of office hours at or after `at`, so that no timeline is full of nights. */
export function inOfficeHours(at: Instant, chance: Chance): Instant {
  const { hour } = localTime(at);
  const isNight = hour >= 20;
  const day = isNight ? addDays(localDate(at), 1) : localDate(at);
  if (!isNight && hour >= 8) return at;
  return startOfLocalDay(day) + 8.5 * HOUR_MS + Math.floor(chance.between(0, 90)) * MINUTE_MS;
}

export function stepsOf(
  matterId: Id,
  text: MatterText,
  heardAt: Instant,
  hands: Hands,
  wishes: Wishes,
  chance: Chance,
): Step[] {
  const steps: Step[] = [];
  let at = heardAt;
  const take = (by: Id, afterHours: number, command: MatterCommand): void => {
    at = inOfficeHours(Math.round(at + afterHours * HOUR_MS), chance);
    steps.push({ at, matterId, by, command });
  };
  const slow = chance.happens(SLOW_SHARE) ? 4 : 1;
  const days = Math.min(40, chance.logNormal(MEDIAN_DAYS[text.kind], 0.6)) * slow;

  take(hands.handler, chance.between(0.3, 14) * slow, { type: "accept" });
  if (text.kind === "dispute") {
    take(hands.handler, chance.between(0.2, 2), { type: "screen", stopSigns: [] });
  }
  take(hands.handler, chance.between(0.2, 8), { type: "start" });
  take(hands.handler, chance.between(0.25, 0.5) * days * 24, { type: "note", text: text.note });
  const finish = (): void => {
    at = Math.max(at + HOUR_MS, Math.round(heardAt + days * DAY_MS));
    take(hands.handler, 0, {
      type: "resolve",
      outcome: text.outcome,
      ...(text.reason === undefined ? {} : { reason: text.reason }),
      text: text.result,
    });
  };
  finish();
  if (text.kind === "hazard" && text.outcome === "rectified") recheck(take, hands, chance);

  const wantsAnswer = !wishes.byOfficer;
  if (wantsAnswer && wishes.answer !== "none") {
    const mode: AnswerMode = wishes.answer;
    take(hands.handler, chance.between(1, 30), { type: "answer", mode, text: text.answer });
    callBack(take, hands, text.outcome, chance);
  }
  if (text.outcome === "agreement_reached" && chance.happens(0.75)) {
    take(hands.handler, chance.between(20, 90), { type: "perform" });
  }
  const waiver = wishes.byOfficer
    ? "no_reporter"
    : wishes.answer === "none"
      ? "not_wanted"
      : undefined;
  take(hands.feedback, chance.between(4, 40), {
    type: "close",
    ...(waiver === undefined ? {} : { waiver }),
  });
  return steps;
}

type Take = (by: Id, afterHours: number, command: MatterCommand) => void;

/** Another pair of eyes; one hazard in twelve is found not to be gone yet. */
function recheck(take: Take, hands: Hands, chance: Chance): void {
  if (chance.happens(1 / 12)) {
    take(hands.other, chance.between(8, 40), {
      type: "recheck",
      cleared: false,
      text: "到现场看了，只做了一半，请继续。",
    });
    take(hands.handler, chance.between(20, 50), {
      type: "resolve",
      outcome: "rectified",
      text: "按复查意见补做完毕。",
    });
  }
  take(hands.other, chance.between(8, 60), {
    type: "recheck",
    cleared: true,
    text: chance.pick([
      "到现场看过，隐患已经消除。",
      "复查时已整改到位。",
      "与物业一起看过，没有反复。",
    ]),
  });
}

/** The feedback centre rings up; somebody who does not answer is tried twice. */
function callBack(take: Take, hands: Hands, outcome: MatterOutcome, chance: Chance): void {
  if (chance.happens(0.15)) {
    take(hands.feedback, chance.between(6, 40), {
      type: "call_back",
      mode: "phone",
      reached: false,
      text: "第一次拨打无人接听。",
    });
  }
  const isSolved = !["partly", "not_adopted", "cannot", "failed", "not_cleared"].includes(outcome);
  const solved: SolvedAnswer = isSolved ? (chance.happens(0.92) ? "yes" : "partly") : "partly";
  take(hands.feedback, chance.between(6, 50), {
    type: "call_back",
    mode: "phone",
    reached: true,
    solved,
    satisfaction:
      solved === "yes"
        ? chance.weighted([
            [5, 0.7],
            [4, 0.3],
          ])
        : chance.weighted([
            [4, 0.3],
            [3, 0.7],
          ]),
    text: solved === "yes" ? "已电话回访，事情办了。" : "已电话回访，办了一部分，住户表示理解。",
  });
}
