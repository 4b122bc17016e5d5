/** What is done without a planner: sweeps in address order, and a canvassing tool's not-home list. */
import { type Block, type Day, type Minutes } from "@wanjia/domain/planning/terms";
import type { Scenario } from "./scenario.ts";
import { moveMinutes, placeOf, type Policy, sum, type View, weekdayOf } from "./simulate.ts";

const CREW = ["officer", "auxiliary"];

function block(day: Day, from: Minutes, to: Minutes): Block {
  return { day, weekday: weekdayOf(day), from, to, crew: CREW };
}

/** Weekend days of a week alternate: Saturdays and Sundays have slots of their own. */
function isWeekendShift(day: Day, { labour }: Scenario): boolean {
  const weekday = weekdayOf(day);
  if (weekday < 6) return false;
  if (labour.weekendDaysPerWeek >= 2) return true;
  return labour.weekendDaysPerWeek === 1 && weekday === (Math.floor(day / 7) % 2 === 0 ? 6 : 7);
}

/** Blocks of a day, cut where the day's or the week's hours end. */
function withinHours(scenario: Scenario, blocksOf: (day: Day) => readonly Block[], day: Day) {
  const { hoursPerDay, hoursPerWeek } = scenario.labour;
  const monday = day - ((weekdayOf(day) - 1) as Day);
  let week = hoursPerWeek * 60;
  for (let before = monday; before < day; before += 1) {
    week -= sum(cut(blocksOf(before), Math.min(week, hoursPerDay * 60)).map(lengthOf));
  }
  return cut(blocksOf(day), Math.min(week, hoursPerDay * 60));
}

function lengthOf({ from, to }: Block): Minutes {
  return to - from;
}

function cut(blocks: readonly Block[], minutes: Minutes): readonly Block[] {
  let left = minutes;
  return blocks.flatMap((one) => {
    const to = Math.min(one.to, one.from + left);
    left -= Math.max(0, to - one.from);
    return to - one.from >= 30 ? [{ ...one, to }] : [];
  });
}

/** Four shifted days with an evening, ordinary days, one weekend day: about 40 hours. */
export function mixedRoster(scenario: Scenario): (day: Day) => readonly Block[] {
  const blocksOf = (day: Day): readonly Block[] => {
    const weekday = weekdayOf(day);
    if (weekday >= 6) {
      return isWeekendShift(day, scenario)
        ? [block(day, 9.5 * 60, 12 * 60), block(day, 14 * 60, 17 * 60)]
        : [];
    }
    return weekday <= scenario.labour.eveningsPerWeek
      ? [block(day, 14 * 60, 17.5 * 60), block(day, 18 * 60, 21.5 * 60)]
      : [block(day, 9 * 60, 12 * 60), block(day, 14 * 60, 17.5 * 60)];
  };
  return (day) => withinHours(scenario, blocksOf, day);
}

export function officeRoster(scenario: Scenario): (day: Day) => readonly Block[] {
  return (day) =>
    withinHours(
      scenario,
      (of) =>
        weekdayOf(of) <= 5 ? [block(of, 9 * 60, 12 * 60), block(of, 14 * 60, 17.5 * 60)] : [],
      day,
    );
}

export function eveningRoster(scenario: Scenario): (day: Day) => readonly Block[] {
  const mixed = mixedRoster(scenario);
  return (day) => mixed(day).filter(({ from }) => weekdayOf(day) >= 6 || from >= 18 * 60);
}

/** Any quarter of an hour of the roster in the next ten days. */
function anyTime(roster: (day: Day) => readonly Block[]): Policy["offers"] {
  return (_view, _flat, earliest) => {
    const offers: { day: Day; from: Minutes }[] = [];
    for (let day = earliest; day < earliest + 10; day += 1) {
      for (const { from, to } of roster(day)) {
        for (let at = from + 30; at + 15 <= to; at += 15) offers.push({ day, from: at });
      }
    }
    return offers;
  };
}

/** Address order, round and round. */
function sweep(name: string, roster: (day: Day) => readonly Block[]): Policy {
  let next = 0;
  return {
    name,
    roster,
    offers: anyTime(roster),
    walk(view) {
      const open: number[] = [];
      const count = view.flats.length;
      for (let i = 0; i < count && open.length < 20; i += 1) {
        const flat = (next + i) % count;
        const record = view.flats[flat];
        if (record?.state === "open" && record.lastTried !== view.day) open.push(flat);
      }
      const last = open.at(-1);
      if (last !== undefined) next = (last + 1) % count;
      return open;
    },
  };
}

export function daytimeSweep(scenario: Scenario): Policy {
  return sweep("a", officeRoster(scenario));
}

export function eveningSweep(scenario: Scenario): Policy {
  return sweep("b", eveningRoster(scenario));
}

/**
 * A not-home list: fewest attempts first, among these the nearest building, in floor order; two
 * days between two tries at a door.
 */
export function notHomeList(scenario: Scenario): Policy {
  const roster = mixedRoster(scenario);
  return {
    name: "c",
    roster,
    offers: anyTime(roster),
    walk(view, _block, from) {
      const due = dueFlats(view);
      const fewest = Math.min(...due.map((flat) => triesOf(view, flat)));
      const first = due.filter((flat) => triesOf(view, flat) === fewest);
      let nearest = Infinity;
      let building = -1;
      for (const flat of first) {
        const there = placeOf(view.unit, flat);
        const minutes = from.building === there.building ? -1 : moveMinutes(view.unit, from, flat);
        if (minutes < nearest) {
          nearest = minutes;
          building = there.building?.index ?? -1;
        }
      }
      return first.filter((flat) => view.unit.buildingOf[flat] === building);
    },
  };
}

function dueFlats(view: View): number[] {
  const due: number[] = [];
  for (let flat = 0; flat < view.flats.length; flat += 1) {
    const record = view.flats[flat];
    if (
      record?.state === "open" &&
      (record.lastTried === null || view.day - record.lastTried >= 2)
    ) {
      due.push(flat);
    }
  }
  return due;
}

function triesOf(view: View, flat: number): number {
  return sum(view.flats[flat]?.tries ?? []);
}
