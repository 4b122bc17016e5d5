/**
 * Towns that nobody chose: every parameter of the world drawn from a wide range, by seed. A method
 * that suits the towns somebody thought of has to suit these too. Each begins as one of eight kinds
 * (the ways in which towns are known to differ), and everything else of it is chance.
 */
import { seededRandom } from "@wanjia/domain/shared/random";
import { SLOTS, type Slot } from "@wanjia/domain/planning/terms";
import { DEFAULT, type Premises, type Scenario, scenarioOf } from "./scenario.ts";

type Random = () => number;

function within(random: Random, least: number, most: number): number {
  return least + (most - least) * random();
}

function whole(random: Random, least: number, most: number): number {
  return Math.floor(within(random, least, most + 1));
}

/** A week of a household type: the default's, stretched and moved on the logit scale. */
function weekOf(random: Random, usual: Readonly<Record<Slot, number>>, spread: number) {
  const level = within(random, -spread, spread) / 2;
  return Object.fromEntries(
    SLOTS.map((slot) => {
      const logit = Math.log(usual[slot] / (1 - usual[slot])) + level;
      const moved = logit + within(random, -spread, spread);
      return [slot, Math.min(0.85, Math.max(0.03, 1 / (1 + Math.exp(-moved))))];
    }),
  );
}

/** What makes a town the kind it is; laid over what chance drew. */
const KINDS: Readonly<Record<string, (town: Drawn, random: Random) => void>> = {
  "late workers": ({ presence }, random) => {
    for (const week of Object.values(presence)) {
      week["early_evening"] = (week["early_evening"] ?? 0) * within(random, 0.1, 0.5);
      week["morning"] = Math.min(0.85, (week["morning"] ?? 0) + within(random, 0, 0.3));
    }
  },
  "absent evenings": ({ presence }, random) => {
    for (const week of Object.values(presence)) {
      for (const slot of ["early_evening", "late_evening"]) {
        week[slot] = (week[slot] ?? 0) * within(random, 0.3, 0.7);
      }
    }
  },
  "half empty": ({ premises }, random) => {
    for (const one of Object.values(premises)) one.vacancy = within(random, 0.35, 0.6);
  },
  "wrong labels": (town, random) => {
    town.wrongLabels = within(random, 0.3, 0.7);
    town.concentration = within(random, 3, 8);
  },
  "lifts and stairs": ({ premises, costs }, random) => {
    for (const one of Object.values(premises)) one.lift = random() < 0.5;
    costs.stairsMinutesPerFloor = within(random, 0.3, 0.8);
    costs.liftMinutes = within(random, 0.5, 1.5);
  },
  "mixed use": ({ premises }, random) => {
    // Offices and shops among the homes: somebody is there by day, nobody afterwards.
    for (const one of Object.values(premises)) one.households["shop"] = within(random, 10, 50);
  },
  "weekend commuters": ({ presence }, random) => {
    for (const week of Object.values(presence)) {
      for (const slot of SLOTS) {
        const factor = slot === "saturday" || slot === "sunday" ? 1 : within(random, 0.3, 0.7);
        week[slot] = (week[slot] ?? 0) * factor;
      }
    }
  },
  "out of season": ({ premises, presence }, random) => {
    const kinds = Object.values(premises);
    kinds.forEach((one, i) => {
      one.vacancy = i % 2 === 0 ? within(random, 0.4, 0.75) : within(random, 0.05, 0.2);
    });
    for (const week of Object.values(presence)) {
      week["sunday"] = (week["sunday"] ?? 0) * within(random, 0.5, 1);
    }
  },
};

interface Drawn {
  readonly premises: Record<
    string,
    { -readonly [K in keyof Premises]: Premises[K] } & {
      households: Record<string, number>;
    }
  >;
  readonly presence: Record<string, Record<string, number>>;
  wrongLabels: number;
  concentration: number;
  readonly costs: { stairsMinutesPerFloor: number; liftMinutes: number };
}

/** The town of a number; the same for everybody who asks. */
export function randomTown(number: number): Scenario {
  const random = seededRandom(`random town ${number}`);
  const kinds = Object.keys(KINDS);
  const kind = kinds[(number - 1) % kinds.length] ?? "";
  const households = Object.keys(DEFAULT.presence);
  const town: Drawn = {
    presence: {
      ...Object.fromEntries(
        households.map((type) => [type, weekOf(random, DEFAULT.presence[type] as never, 0.8)]),
      ),
      shop: weekOf(
        random,
        {
          morning: 0.7,
          afternoon: 0.7,
          early_evening: 0.3,
          late_evening: 0.08,
          saturday: 0.5,
          sunday: 0.2,
        },
        0.8,
      ),
    },
    premises: Object.fromEntries(
      Object.entries(DEFAULT.premises).map(([type, usual]) => {
        const low = whole(random, 2, 14);
        return [
          type,
          {
            share: within(random, 0.05, 1),
            households: Object.fromEntries(households.map((one) => [one, 40 * random() ** 2])),
            vacancy: within(random, 0.04, 0.3),
            lift: usual.lift,
            floors: usual.lift ? [low + 4, low + 14] : [2, 3 + (low % 5)],
            flatsPerFloor: usual.lift ? [2, whole(random, 3, 6)] : [2, whole(random, 3, 10)],
          },
        ];
      }),
    ),
    wrongLabels: within(random, 0, 0.3),
    concentration: within(random, 5, 30),
    costs: {
      stairsMinutesPerFloor: within(random, 0.2, 0.5),
      liftMinutes: within(random, 0.3, 1),
    },
  };
  KINDS[kind]?.(town, random);
  return scenarioOf({
    name: `random-${number}`,
    ...town,
    noise: {
      household: within(random, 0.2, 0.8),
      building: within(random, 0.05, 0.4),
      buildingSlot: within(random, 0.05, 0.3),
    },
    vacancyRecognised: within(random, 0.05, 0.3),
    refusals: within(random, 0.01, 0.08),
    bookings: {
      beforeCampaign: within(random, 0.02, 0.12),
      afterFailedKnock: within(random, 0.01, 0.07),
      shownUp: within(random, 0.8, 0.97),
    },
    costs: {
      ...town.costs,
      failedKnockMinutes: within(random, 1, 2.5),
      visitMinutes: [4, within(random, 8, 14)],
    },
    labour: { eveningsPerWeek: whole(random, 2, 4) },
    deadlineDays: whole(random, 24, 40),
    extent: {
      flatsPerUnit: whole(random, 300, 700),
      radiusMetres: within(random, 150, 700),
    },
  });
}

export function kindOf(number: number): string {
  const kinds = Object.keys(KINDS);
  return kinds[(number - 1) % kinds.length] ?? "";
}

export function randomTowns(count: number): readonly Scenario[] {
  return Array.from({ length: count }, (_, i) => randomTown(i + 1));
}
