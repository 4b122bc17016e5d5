/** The cost curve: officer-hours against the day on which 95 % are met, for ways to lay out the week. */
import type { Block, Day } from "@wanjia/domain/planning/terms";
import { eveningRoster, mixedRoster, notHomeList, officeRoster } from "./baselines.ts";
import { estimate, hoursTo95 } from "./measure.ts";
import { planner } from "./planned.ts";
import type { Scenario } from "./scenario.ts";
import { type Policy, simulate } from "./simulate.ts";
import { makeUnit } from "./world.ts";

interface Choice {
  readonly label: string;
  readonly isPlanned: boolean;
  readonly policy: () => Policy;
}

interface Plotted {
  readonly label: string;
  readonly isPlanned: boolean;
  readonly days: number;
  readonly hours: number;
  readonly reached: number;
}

function withLabour(scenario: Scenario, labour: Partial<Scenario["labour"]>): Scenario {
  return { ...scenario, labour: { ...scenario.labour, ...labour } };
}

function choicesOf(scenario: Scenario): Choice[] {
  const planned = (
    label: string,
    of: Scenario,
    roster: (day: Day) => readonly Block[],
  ): Choice => ({
    label,
    isPlanned: true,
    policy: () => planner(of, { roster }),
  });
  const evenings = (count: number): Scenario => withLabour(scenario, { eveningsPerWeek: count });
  const both = withLabour(scenario, { weekendDaysPerWeek: 2, hoursPerWeek: 46 });
  return [
    ...[0, 2, 3, 4].map((count) =>
      planned(`${count} evenings a week`, evenings(count), mixedRoster(evenings(count))),
    ),
    planned("4 evenings, both weekend days", both, mixedRoster(both)),
    planned("evenings and weekends only", scenario, eveningRoster(scenario)),
    planned("office hours only", scenario, officeRoster(scenario)),
    { label: "not-home list, 4 evenings", isPlanned: false, policy: () => notHomeList(scenario) },
  ];
}

/** Weeks that differ in one thing alone are joined; the others stand by themselves. */
const ON_CURVE = /^\d evenings a week$/;

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 70;
const RIGHT = 30;
const TOP = 30;
const BOTTOM = 60;

export function pictureOf(scenario: Scenario, seeds: number): string {
  const points = choicesOf(scenario).map(({ label, isPlanned, policy }): Plotted => {
    const courses = Array.from({ length: seeds }, (_, seed) =>
      simulate(makeUnit(scenario, `${seed}.0`), policy()),
    );
    return {
      label,
      isPlanned,
      days: estimate(courses.map((course) => course.daysTo(0.95))).mean,
      hours: estimate(hoursTo95(courses)).mean,
      reached: hoursTo95(courses).filter((hours) => hours !== null).length / seeds,
    };
  });
  // A choice that mostly never gets there has no point on the curve; it is named below it.
  const drawn = points.filter(({ reached }) => reached >= 0.5);
  const never = points.filter(({ reached }) => reached < 0.5).map(({ label }) => label);
  return svgOf(drawn, never, scenario);
}

/** Words stand out from the lines that they cross. */
const LEGIBLE = "<style>text{paint-order:stroke;stroke:#fff;stroke-width:4px}</style>";

function svgOf(points: readonly Plotted[], never: readonly string[], scenario: Scenario): string {
  const lastDay = 10 * Math.ceil(Math.max(40, ...points.map(({ days }) => days)) / 10);
  const mostHours = 20 * Math.ceil(Math.max(...points.map(({ hours }) => hours)) / 20 + 0.5);
  const leastHours = 20 * Math.floor(Math.min(...points.map(({ hours }) => hours)) / 20 - 0.5);
  const x = (days: number): number =>
    LEFT + ((days - 15) / (lastDay - 15)) * (WIDTH - LEFT - RIGHT);
  const y = (hours: number): number =>
    HEIGHT - BOTTOM - ((hours - leastHours) / (mostHours - leastHours)) * (HEIGHT - TOP - BOTTOM);
  const parts: string[] = [];
  const text = (at: [number, number], words: string, extra = ""): void => {
    parts.push(`<text x="${at[0].toFixed(0)}" y="${at[1].toFixed(0)}" ${extra}>${words}</text>`);
  };
  for (let hours = leastHours; hours <= mostHours; hours += 20) {
    parts.push(
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(hours).toFixed(0)}" y2="${y(hours).toFixed(0)}" stroke="#ddd"/>`,
    );
    text([LEFT - 8, y(hours) + 4], String(hours), 'text-anchor="end"');
  }
  for (let day = 20; day <= lastDay; day += 10) {
    text([x(day), HEIGHT - BOTTOM + 18], String(day), 'text-anchor="middle"');
  }
  const deadline = x(scenario.deadlineDays).toFixed(0);
  parts.push(
    `<line x1="${deadline}" x2="${deadline}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#b00" stroke-dasharray="4 4"/>`,
  );
  text([x(scenario.deadlineDays) + 4, TOP + 10], "deadline", 'fill="#b00"');
  const curve = points
    .filter(({ label }) => ON_CURVE.test(label))
    .toSorted((a, b) => a.days - b.days)
    .map(({ days, hours }) => `${x(days).toFixed(0)},${y(hours).toFixed(0)}`);
  parts.push(
    `<polyline points="${curve.join(" ")}" fill="none" stroke="#1a5fb4" stroke-width="1.5"/>`,
  );
  for (const { label, isPlanned, days, hours } of points) {
    const colour = isPlanned ? "#1a5fb4" : "#777";
    parts.push(
      `<circle cx="${x(days).toFixed(0)}" cy="${y(hours).toFixed(0)}" r="4" fill="${colour}"/>`,
    );
    const isRight = x(days) > WIDTH - 220;
    text(
      [x(days) + (isRight ? -8 : 8), y(hours) - 7],
      `${label}: ${hours.toFixed(0)} h, day ${days.toFixed(0)}`,
      `fill="${colour}" text-anchor="${isRight ? "end" : "start"}"`,
    );
  }
  text(
    [LEFT, HEIGHT - 22],
    "day on which 95 % of households are met; up: officer-hours until then",
  );
  if (never.length > 0)
    text([LEFT, HEIGHT - 6], `don't get there within the limit of tries: ${never.join("; ")}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">${LEGIBLE}<rect width="100%" height="100%" fill="#fff"/>\n${parts.join("\n")}\n</svg>\n`;
}
