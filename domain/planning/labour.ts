/** Hours, rest, evenings, weekends and pairs: whether one block more may be worked. */
import { type Block, LATE_EVENING, type Minutes, type Rules } from "./terms.ts";

export const LABOUR_FAULTS = [
  "outside-hours",
  "alone-late",
  "day-too-long",
  "week-too-long",
  "too-many-evenings",
  "too-many-weekend-days",
  "rest-too-short",
  "blocks-overlap",
] as const;
export type LabourFault = (typeof LABOUR_FAULTS)[number];

/** An evening is a block that goes on after this hour. */
const EVENING_FROM: Minutes = 18 * 60;

/** What working a block beside those already worked or planned would break; null when nothing. */
export function labourFault(
  rules: Rules,
  others: readonly Block[],
  block: Block,
): LabourFault | null {
  if (block.from < rules.earliest || block.to > rules.latest || block.to <= block.from) {
    return "outside-hours";
  }
  if (block.to > LATE_EVENING && new Set(block.crew).size < rules.lateCrew) return "alone-late";
  const all = [...others, block];
  const sameDay = all.filter(({ day }) => day === block.day);
  if (sameDay.some((one) => one !== block && one.from < block.to && block.from < one.to)) {
    return "blocks-overlap";
  }
  if (minutesOf(sameDay) > rules.minutesPerDay) return "day-too-long";
  const monday = block.day - (block.weekday - 1);
  const week = all.filter(({ day }) => day >= monday && day < monday + 7);
  if (minutesOf(week) > rules.minutesPerWeek) return "week-too-long";
  if (isEvening(block) && daysOf(week.filter(isEvening)) > rules.eveningsPerWeek) {
    return "too-many-evenings";
  }
  if (isWeekend(block) && daysOf(week.filter(isWeekend)) > rules.weekendDaysPerWeek) {
    return "too-many-weekend-days";
  }
  const tooSoon = others.some(
    (other) =>
      (other.day === block.day - 1 && 24 * 60 - other.to + block.from < rules.restMinutes) ||
      (other.day === block.day + 1 && 24 * 60 - block.to + other.from < rules.restMinutes),
  );
  return tooSoon ? "rest-too-short" : null;
}

type OnWeekday = Pick<Block, "weekday" | "to">;

export function isEvening({ weekday, to }: OnWeekday): boolean {
  return weekday <= 5 && to > EVENING_FROM;
}

export function isWeekend({ weekday }: Pick<Block, "weekday">): boolean {
  return weekday > 5;
}

function minutesOf(blocks: readonly Block[]): Minutes {
  return blocks.reduce((sum, { from, to }) => sum + to - from, 0);
}

function daysOf(blocks: readonly Block[]): number {
  return new Set(blocks.map(({ day }) => day)).size;
}
