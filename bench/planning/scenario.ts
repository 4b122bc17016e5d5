/**
 * The benchmark's world as data: every parameter of `world.ts`, the default being the world of the
 * published figures. Presence and household mixes are assumptions; only ratios between policies in
 * the same world mean anything.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { SLOTS, type Slot } from "@wanjia/domain/planning/terms";

export interface Premises {
  /** Share of buildings. */
  readonly share: number;
  /** Weights of household types, mixed anew for each building (Dirichlet, `concentration`). */
  readonly households: Readonly<Record<string, number>>;
  /** Share of flats in which nobody lives. */
  readonly vacancy: number;
  readonly lift: boolean;
  readonly floors: readonly [number, number];
  readonly flatsPerFloor: readonly [number, number];
}

export interface Scenario {
  readonly name: string;
  readonly premises: Readonly<Record<string, Premises>>;
  /** Chance that a knock is answered, by household type and slot. */
  readonly presence: Readonly<Record<string, Readonly<Record<Slot, number>>>>;
  /** Standard deviations on the logit scale. */
  readonly noise: {
    readonly household: number;
    readonly building: number;
    readonly buildingSlot: number;
  };
  readonly concentration: number;
  /** Share of buildings whose register says another premises type. */
  readonly wrongLabels: number;
  /** Chance that a knock at an empty flat shows that it is empty. */
  readonly vacancyRecognised: number;
  readonly refusals: number;
  readonly bookings: {
    readonly beforeCampaign: number;
    readonly afterFailedKnock: number;
    readonly shownUp: number;
    readonly spacingMinutes: number;
    readonly windowMinutes: number;
  };
  readonly costs: {
    readonly failedKnockMinutes: number;
    readonly visitMinutes: readonly [number, number];
    readonly enterMinutes: number;
    readonly stairsMinutesPerFloor: number;
    readonly liftMinutes: number;
    readonly metresPerMinute: number;
    readonly detour: number;
  };
  readonly labour: {
    readonly hoursPerDay: number;
    readonly hoursPerWeek: number;
    readonly eveningsPerWeek: number;
    readonly weekendDaysPerWeek: number;
    /**
     * Uninvited tries at a door that the planner and the oracle may plan. The published world has no
     * limit, and the list and the sweeps have none here: so many as the days of the simulation hold, with
     * two days between them. The product's rule is 6 (row P6).
     */
    readonly maxTries: number;
  };
  readonly deadlineDays: number;
  readonly extent: {
    readonly units: number;
    readonly flatsPerUnit: number;
    /** Buildings lie in a disc of this radius; the station stands at its edge. */
    readonly radiusMetres: number;
  };
}

function bySlot(values: readonly [number, number, number, number, number, number]) {
  return Object.fromEntries(SLOTS.map((slot, i) => [slot, values[i]])) as Record<Slot, number>;
}

export const DEFAULT: Scenario = {
  name: "open600",
  premises: {
    old_walk_up: {
      share: 0.35,
      households: { retired: 32, family_with_elder: 22, double_earner: 24, shift: 9, tenant: 13 },
      vacancy: 0.14,
      lift: false,
      floors: [5, 7],
      flatsPerFloor: [4, 12],
    },
    commodity_tower: {
      share: 0.3,
      households: { retired: 12, family_with_elder: 22, double_earner: 46, shift: 8, tenant: 12 },
      vacancy: 0.16,
      lift: true,
      floors: [15, 30],
      flatsPerFloor: [2, 4],
    },
    resettlement: {
      share: 0.2,
      households: { retired: 24, family_with_elder: 34, double_earner: 22, shift: 10, tenant: 10 },
      vacancy: 0.09,
      lift: true,
      floors: [10, 18],
      flatsPerFloor: [4, 6],
    },
    rental: {
      share: 0.15,
      households: { retired: 4, family_with_elder: 8, double_earner: 22, shift: 24, tenant: 42 },
      vacancy: 0.2,
      lift: false,
      floors: [4, 7],
      flatsPerFloor: [5, 10],
    },
  },
  presence: {
    retired: bySlot([0.6, 0.56, 0.68, 0.66, 0.62, 0.64]),
    family_with_elder: bySlot([0.46, 0.43, 0.66, 0.68, 0.6, 0.62]),
    double_earner: bySlot([0.045, 0.045, 0.48, 0.6, 0.54, 0.56]),
    shift: bySlot([0.22, 0.22, 0.38, 0.42, 0.44, 0.44]),
    tenant: bySlot([0.055, 0.055, 0.42, 0.54, 0.48, 0.5]),
  },
  noise: { household: 0.5, building: 0.2, buildingSlot: 0.15 },
  concentration: 14,
  wrongLabels: 0.1,
  vacancyRecognised: 0.15,
  refusals: 0.03,
  bookings: {
    beforeCampaign: 0.06,
    afterFailedKnock: 0.04,
    shownUp: 0.92,
    spacingMinutes: 15,
    windowMinutes: 30,
  },
  costs: {
    failedKnockMinutes: 1.5,
    visitMinutes: [5, 12],
    enterMinutes: 3,
    stairsMinutesPerFloor: 0.35,
    liftMinutes: 0.5,
    metresPerMinute: 66,
    detour: 1.3,
  },
  labour: {
    hoursPerDay: 8,
    hoursPerWeek: 40,
    eveningsPerWeek: 4,
    weekendDaysPerWeek: 1,
    maxTries: 60,
  },
  deadlineDays: 30,
  extent: { units: 1, flatsPerUnit: 600, radiusMetres: 300 },
};

/** A fault of a scenario file: where it is, what is wrong, what to write instead. */
export class ScenarioFault extends Error {}

function fault(where: string, what: string, remedy: string): never {
  throw new ScenarioFault(`${where}: ${what}. ${remedy}`);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Names that a file may choose freely; all others are the world's own. */
const OPEN = new Set(["premises", "presence", "households"]);
/** Chances and shares. */
const SHARE =
  /share|vacancy$|wrongLabels|vacancyRecognised|refusals|beforeCampaign|afterFailedKnock|shownUp|presence/;
const POSITIVE =
  /units|flatsPerUnit|radiusMetres|deadlineDays|metresPerMinute|detour|concentration|floors|flatsPerFloor|visitMinutes|maxTries|hoursPer|spacingMinutes|windowMinutes/;
const WHOLE =
  /units|flatsPerUnit|deadlineDays|floors|flatsPerFloor|maxTries|eveningsPerWeek|weekendDaysPerWeek/;
const MOST: readonly (readonly [RegExp, number])[] = [
  [/flatsPerUnit/, 5000],
  [/units/, 1000],
  [/deadlineDays/, 365],
  [/eveningsPerWeek/, 7],
  [/weekendDaysPerWeek/, 2],
  [/hoursPerDay/, 12],
  [/noise/, 5],
  [/floors/, 120],
];

/** `base` with what a file says put over it; every value is looked at where it stands. */
function laidOver(base: Json, given: Json, where: string): Json {
  if (Array.isArray(base)) {
    if (!Array.isArray(given) || given.length !== 2) {
      return fault(where, "is no range", "Write two numbers, the least and the most: [5, 12].");
    }
    const [low, high] = given.map((value, i) => numberAt(value, `${where}[${i}]`));
    if ((low ?? 0) > (high ?? 0)) {
      return fault(where, `begins with ${low} and ends with ${high}`, "Write the least first.");
    }
    return given;
  }
  if (typeof base === "number") return numberAt(given, where);
  if (typeof base === "boolean") {
    return typeof given === "boolean"
      ? given
      : fault(where, `is ${JSON.stringify(given)}`, "Write true or false.");
  }
  if (typeof base === "string") {
    return typeof given === "string"
      ? given
      : fault(where, `is ${JSON.stringify(given)}`, "Write a text.");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return fault(where, `is ${JSON.stringify(given)}`, 'Write an object: { "…": … }.');
  }
  const known = base as Readonly<Record<string, Json>>;
  const isOpen = OPEN.has(where.split(".").at(-1) ?? "");
  // A mix is one parameter: what a file leaves out of it isn't there.
  const merged: Record<string, Json> = where.endsWith(".households") ? {} : { ...known };
  for (const [key, value] of Object.entries(given)) {
    const path = where === "" ? key : `${where}.${key}`;
    const model = known[key];
    if (model !== undefined) merged[key] = laidOver(model, value, path);
    else if (isOpen) merged[key] = laidOver(Object.values(known)[0] ?? {}, value, path);
    else {
      fault(
        path,
        "is no parameter of the world",
        `Known here: ${Object.keys(known).toSorted().join(", ")}.`,
      );
    }
  }
  return merged;
}

function numberAt(value: Json, where: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return fault(where, `is ${JSON.stringify(value)}`, "Write a number.");
  }
  const key = where.replace(/\[\d\]$/, "");
  if (value < 0) return fault(where, `is ${value}`, "Write a number that is not below 0.");
  if (SHARE.test(key) && !key.includes("households") && value > 1) {
    return fault(where, `is ${value}`, "Write a share from 0 to 1.");
  }
  if (POSITIVE.test(key) && value === 0) return fault(where, "is 0", "Write a number above 0.");
  if (WHOLE.test(key) && !Number.isInteger(value)) {
    return fault(where, `is ${value}`, "Write a whole number.");
  }
  for (const [pattern, most] of MOST) {
    if (pattern.test(key) && value > most) {
      return fault(where, `is ${value}`, `Write at most ${most}.`);
    }
  }
  return value;
}

/** The default world with a file's overrides. Throws `ScenarioFault`: where, what, what to do. */
export function scenarioOf(given: unknown): Scenario {
  const scenario = withoutTheRest(
    laidOver(DEFAULT as unknown as Json, given as Json, "") as unknown as Scenario,
    given,
  );
  for (const [name, { households, share }] of Object.entries(scenario.premises)) {
    for (const type of Object.keys(households)) {
      if (scenario.presence[type] === undefined) {
        fault(
          `premises.${name}.households.${type}`,
          "has no presence",
          `Add presence.${type} with the slots ${SLOTS.join(", ")}, or use one of: ${Object.keys(scenario.presence).join(", ")}.`,
        );
      }
    }
    if (share > 0 && Object.values(households).every((weight) => weight === 0)) {
      fault(`premises.${name}.households`, "weighs nothing", "Give one household type a weight.");
    }
  }
  const there = Object.values(scenario.premises).filter(({ share }) => share > 0);
  if (there.length === 0) {
    fault("premises", "have no share", "Give one premises type a share above 0.");
  }
  if (there.every(({ vacancy }) => vacancy === 1)) {
    fault("premises", "are all empty (vacancy 1)", "Let somebody live there: vacancy below 1.");
  }
  return scenario;
}

/** Shares that come to one say what the whole town is made of: types of the default that have none are gone. */
function withoutTheRest(scenario: Scenario, given: unknown): Scenario {
  const named = (given as { premises?: Record<string, { share?: number }> }).premises ?? {};
  const shares = Object.entries(named).filter(([, { share }]) => share !== undefined);
  const all = shares.reduce((sum, [, { share = 0 }]) => sum + share, 0);
  if (Math.abs(all - 1) > 0.005) return scenario;
  const said = new Set(shares.map(([name]) => name));
  return {
    ...scenario,
    premises: Object.fromEntries(
      Object.entries(scenario.premises).map(([name, one]) => [
        name,
        said.has(name) ? one : { ...one, share: 0 },
      ]),
    ),
  };
}

/** Whether it is the world of the published figures, whatever it is called and however many flats it has. */
export function isPublished(scenario: Scenario): boolean {
  const bare = (of: Scenario) => ({ ...of, name: "", extent: { ...of.extent, flatsPerUnit: 0 } });
  return isDeepStrictEqual(bare(scenario), bare(DEFAULT));
}

export function readScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return fault(
      file,
      "can't be read",
      "Name a JSON file, such as bench/planning/scenarios/late-workers.json.",
    );
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return fault(file, `is no JSON (${(error as Error).message})`, "Correct it there.");
  }
  try {
    // A town without a name of its own is called after its file.
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    return scenarioOf(isObject ? { name: basename(file, ".json"), ...(given as object) } : given);
  } catch (error) {
    if (error instanceof ScenarioFault) throw new ScenarioFault(`${file}: ${error.message}`);
    throw error;
  }
}
