/** Who works when: the blocks of a team, out of the weekly stretches of its members. */
import type { Id } from "../shared/id.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { MAX_TEAM } from "../visits/terms.ts";
import { isEvening, isWeekend, type LabourFault, labourFault } from "./labour.ts";
import { type Block, type Day, LATE_EVENING, type Rules } from "./terms.ts";
import type { Stretch } from "./usual.ts";

export interface CrewMember {
  readonly id: Id;
  readonly sworn: boolean;
  readonly week: readonly Stretch[];
}

/** Who go together: the sworn first, as many as may stand at one door. */
function crewOf(members: readonly CrewMember[]): readonly CrewMember[] {
  return members.toSorted((a, b) => Number(b.sworn) - Number(a.sworn)).slice(0, MAX_TEAM);
}

/**
 * The blocks of a team from a day to another (the last not among them). A stretch counts while a
 * sworn officer is there; after 20:00 only with the others that the rules ask for, else it ends then.
 *
 * `weekdayOf`: 1 = Monday … 7 = Sunday. `isFree`: nobody works, a public holiday.
 */
export function rosterOf(
  team: readonly CrewMember[],
  from: Day,
  to: Day,
  weekdayOf: (day: Day) => number,
  rules: Rules,
  isFree: (day: Day) => boolean = () => false,
): Block[] {
  const members = crewOf(team);
  const byWeekday = new Map<number, Omit<Block, "day">[]>();
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    byWeekday.set(weekday, blocksOfWeekday(members, weekday, rules));
  }
  const blocks: Block[] = [];
  for (let day = from; day < to; day += 1) {
    if (isFree(day)) continue;
    for (const block of byWeekday.get(weekdayOf(day)) ?? []) blocks.push({ ...block, day });
  }
  return blocks;
}

function blocksOfWeekday(
  members: readonly CrewMember[],
  weekday: number,
  rules: Rules,
): Omit<Block, "day">[] {
  const today = members.map(({ id, sworn, week }) => ({
    id,
    sworn,
    stretches: week.filter((stretch) => stretch.weekday === weekday),
  }));
  const edges = [
    LATE_EVENING,
    ...today.flatMap(({ stretches }) => stretches.flatMap(({ from, to }) => [from, to])),
  ];
  const cuts = [...new Set(edges)].toSorted((a, b) => a - b);
  const blocks: { weekday: number; from: number; to: number; crew: Id[] }[] = [];
  for (let i = 1; i < cuts.length; i += 1) {
    const from = cuts[i - 1] ?? 0;
    const to = cuts[i] ?? 0;
    const there = today.filter(({ stretches }) =>
      stretches.some((stretch) => stretch.from <= from && stretch.to >= to),
    );
    if (!there.some(({ sworn }) => sworn)) continue;
    if (to > LATE_EVENING && there.length < rules.lateCrew) continue;
    const crew = there.map(({ id }) => id);
    const last = blocks.at(-1);
    if (last !== undefined && last.to === from && last.crew.join() === crew.join()) last.to = to;
    else blocks.push({ weekday, from, to, crew });
  }
  return blocks;
}

/** What a week holds of what the rules limit. */
export interface WeekLoad {
  readonly minutes: number;
  readonly evenings: number;
  readonly weekendDays: number;
}

export function weekLoad(week: readonly Stretch[]): WeekLoad {
  const days = (of: readonly Stretch[]): number => new Set(of.map(({ weekday }) => weekday)).size;
  return {
    minutes: week.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0),
    evenings: days(week.filter(isEvening)),
    weekendDays: days(week.filter(isWeekend)),
  };
}

/** Whether a member's week keeps the rules on hours, evenings, weekends and rest. */
export function checkWeek(week: readonly Stretch[], rules: Rules): Result<null, LabourFault> {
  // Company in the evening is the team's affair, not one member's.
  const alone = { ...rules, lateCrew: 1 };
  const worked: Block[] = [];
  // Two weeks: the rest from a Sunday to the Monday after it counts too.
  for (const weeks of [0, 7]) {
    for (const { weekday, from, to } of week.toSorted(
      (a, b) => a.weekday - b.weekday || a.from - b.from,
    )) {
      const block = { day: weeks + weekday - 1, weekday, from, to, crew: ["member"] };
      const fault = labourFault(alone, worked, block);
      if (fault !== null) return refuse(fault);
      worked.push(block);
    }
  }
  return accept(null);
}
