/**
 * No function of the package takes or returns a rate of a single flat. The guard looks at the source
 * (types, signatures, names) and at what is computed (doors alike in record are alike in the plan);
 * each of its eyes is shown a planted rate, and has to see it.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { beliefsOf } from "./beliefs.ts";
import { countsOf, planBuilding, planSituation } from "./fixtures.ts";
import { planDay } from "./plan.ts";
import { cityRates } from "./rates.ts";
import { type DayPlan, type PlanDoor, type Situation, UNTRIED } from "./terms.ts";

const RATE = /rate(?!d)|chance|presence|likel|score|probab|odds|prior|posterior|belie/i;
const ONE_DOOR = /\bPlanDoor\b(?!\s*\[\])|\b(?:door|flat|place)Id\b|\b(?:door|flat)\s*:/;
/** Of any doors at all: a list or a table of numbers may be one for each of them. */
const DOORS = /\b(?:PlanDoor|Stop)\b/;
const NUMBERS = /\bnumber\[\]|\bFloat(?:32|64)Array\b|\b(?:Weak)?(?:Map|Record)</;
/** What is a number of a door and no rate: where it is (its building's number), when somebody rings, the days of its record. */
const PLAIN = new Set(["floor", "building", "lastTried", "at", "from", "to", "day"]);
const NUMBERS_BY_ID =
  /(?:Map|Record)<\s*(?:Id|string|PlanDoor|Stop|PlanDoor\["id"\])\s*,[^>]*\bnumber\b/;
/** Number by premises type, not by door: the type's mix of thousands of doors. */
const BY_TYPE = /byType|shares|ByType|premises/;

/** What in a source gives a single flat a rate. */
function flatRatesIn(source: string): string[] {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const found: string[] = [];
  // Functions with a name, and those that are values.
  const signatures = [
    ...text.matchAll(/function\s+(\w+)\s*(?:<[^>]*>)?\(([^)]*)\)([^\n]*)/g),
    ...text.matchAll(/(?:const|let)\s+(\w+)\s*=\s*\(([^)]*)\)\s*(?::\s*([^=]+?))?\s*=>/g),
    // As the compiler writes them down.
    ...text.matchAll(/(?:const|let)\s+(\w+)\s*:\s*\(([^)]*)\)\s*=>\s*([^;]+)/g),
    // Methods, of a class or of an object.
    ...text.matchAll(/^\s+(?:async\s+)?(\w+)\(([^)]*:[^)]*)\)([^\n]*)\{$/gm),
  ];
  for (const [signature, name = "", takes = "", gives = ""] of signatures) {
    const ofDoor = ONE_DOOR.test(takes) || ONE_DOOR.test(gives);
    const aboutRate = RATE.test(name) || RATE.test(takes) || RATE.test(gives);
    if (ofDoor && (aboutRate || /\bnumber\b/.test(gives))) found.push(signature);
    else if (/\bStop\b(?!\s*\[\])/.test(takes) && /\bnumber\b/.test(gives)) found.push(signature);
    else if (DOORS.test(takes) && NUMBERS.test(gives)) found.push(signature);
  }
  // Types in which a door and a rate stand side by side.
  for (const [whole, head = "", body = ""] of text.matchAll(
    /(?:interface|type)\s+(\w+[^{}=;]*)=?\s*\{([^{}]*)\}/g,
  )) {
    const ofDoor = ONE_DOOR.test(body) || /\b(?:PlanDoor|Stop)\b/.test(head);
    const fields = [...body.matchAll(/(\w+)\??\s*:/g)].map(([, field]) => field ?? "");
    // Whatever it is called: a figure of a door that isn't where or when it is.
    const figures = [...body.matchAll(/(\w+)\??\s*:\s*([^;]+)/g)].filter(
      ([, field = "", type = ""]) =>
        /\b(?:number|Minutes|Float(?:32|64)Array)\b/.test(type) && !PLAIN.has(field),
    );
    const isRate = fields.some((field) => RATE.test(field));
    if (ofDoor && (isRate || figures.length > 0)) found.push(whole);
  }
  for (const line of text.split("\n")) {
    if (NUMBERS_BY_ID.test(line) && !BY_TYPE.test(line)) found.push(line.trim());
    if (/(?:rate|chance|presence|score)(?:Of|For|At)(?:Door|Flat)/i.test(line)) found.push(line);
    if (/\b(?:door|flat)\.(?:rate|chance|presence|score)/i.test(line)) found.push(line);
  }
  return found;
}

const PACKAGE = globSync("**/*.ts", { cwd: import.meta.dirname }).filter(
  (file) => !file.endsWith(".test.ts"),
);
/** Where plans are made, kept, sent and shown: what the package can't do isn't done beside it either. */
const BESIDE = globSync(
  ["server/planning/*.ts", "contract/planning.ts", "apps/{field,console}/planning/*.{ts,tsx}"],
  { cwd: join(import.meta.dirname, "../..") },
).filter((file) => !file.includes(".test."));

test("no source of the package gives a flat a rate", () => {
  assert.ok(PACKAGE.includes("walk.ts") && PACKAGE.includes("rates.ts"));
  for (const file of PACKAGE) {
    assert.deepEqual(
      flatRatesIn(readFileSync(join(import.meta.dirname, file), "utf8")),
      [],
      `${file} speaks of the rate of a flat`,
    );
  }
});

test("nor does what stands around the package: server, contract, phone, desk", () => {
  for (const part of ["server/", "contract/", "apps/field/", "apps/console/"]) {
    assert.ok(
      BESIDE.some((file) => file.startsWith(part)),
      part,
    );
  }
  for (const file of BESIDE) {
    const text = readFileSync(join(import.meta.dirname, "../..", file), "utf8");
    assert.deepEqual(flatRatesIn(text), [], `${file} speaks of the rate of a flat`);
  }
});

test("a rate of a flat planted in a source is seen, however it is written", () => {
  const walk = readFileSync(join(import.meta.dirname, "walk.ts"), "utf8");
  for (const planted of [
    "export function chanceAt(beliefs: Beliefs, door: PlanDoor, slot: Slot): Chance {",
    "function worth(city: CityRates, { tries }: PlanDoor): number {",
    "function homely(\n  doorId: Id,\n): number {",
    "const atHome = (door: PlanDoor): number => 0.4;",
    "function doorsRanked(rates: Rates): readonly { doorId: Id; rate: number }[] {",
    "function presenceIn(doors: readonly PlanDoor[]): ReadonlyMap<Id, number> {",
    "interface Hope {\n  readonly doorId: Id;\n  readonly chance: number;\n}",
    "interface Loved extends PlanDoor {\n  readonly probability: number;\n}",
    "type Likely = {\n  door: PlanDoor;\n  likelihood: number;\n}",
    "interface Hinted extends PlanDoor {\n  readonly hint?: number;\n}",
    "interface Noted {\n  readonly doorId: Id;\n  readonly weight: Minutes;\n}",
    "export function weights(doors: readonly PlanDoor[]): readonly number[] {",
    "const worths = (doors: readonly PlanDoor[]): Float64Array => new Float64Array(doors.length);",
    "function hopeOf(stop: Stop): number {",
    "class Hopes {\n  of(door: PlanDoor): number {\n    return 0.4;\n  }\n}",
    "const known = new WeakMap<PlanDoor, number>();",
    "const known = new Map<Id, { readonly share: number }>();",
    "const known: Map<Id, number> = new Map();",
    "const known: Record<string, number[]> = {};",
    "const first = doors.toSorted((x, y) => rateOfFlat(y) - rateOfFlat(x));",
    "const sure = door.chance > 0.5;",
  ]) {
    assert.notDeepEqual(flatRatesIn(`${walk}\n${planted}\n`), [], planted);
  }
});

/** What the compiler makes of the types that a file gives out, those that nobody wrote down too. */
function declaredIn(planted: string): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "wanjia-declared-"));
  try {
    const file = join(folder, "planted.ts");
    const terms = join(import.meta.dirname, "terms.ts");
    writeFileSync(file, `import type { PlanDoor } from "${terms}";\n${planted}\n`);
    const compiler = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
    const options = {
      extends: join(import.meta.dirname, "../tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        noCheck: true,
        rootDir: "/",
        outDir: "out",
      },
      files: [file, ...PACKAGE.map((name) => join(import.meta.dirname, name))],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
    execFileSync(process.execPath, [compiler, "-p", folder], { stdio: "pipe" });
    const found = globSync("out/**/*.d.ts", { cwd: folder }).filter((path) =>
      /planning\/[\w-]+\.d\.ts$|planted\.d\.ts$/.test(path),
    );
    return new Map(
      found.map((path) => [
        path.replace(/^.*\//, "").replace(".d.ts", ".ts"),
        readFileSync(join(folder, path), "utf8"),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("no type that the package gives out, written or inferred, holds a rate of a flat", () => {
  const planted = [
    "export function worthOf({ floor }: PlanDoor) { return floor / 30; }",
    "export function hopes(doors: readonly PlanDoor[]) { return new Map(doors.map(({ id, floor }) => [id, floor / 30])); }",
    "export const homely = (door: PlanDoor) => door.floor / 30;",
  ];
  const declared = declaredIn(planted.join("\n"));
  for (const file of PACKAGE) {
    assert.deepEqual(flatRatesIn(declared.get(file) ?? assert.fail(file)), [], file);
  }
  // None of these says its type in the source; what is inferred is seen nevertheless.
  const seen = (declared.get("planted.ts") ?? "").split(/^(?=export declare)/m).slice(1);
  assert.equal(seen.length, planted.length);
  for (const one of seen) assert.notDeepEqual(flatRatesIn(one), [], one);
});

/** All that the package knows of a door, and of counts: a field more is a decision, made here in sight. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  PlanDoor: ["floor", "id", "lastTried", "state", "tries"],
  Stop: ["at", "buildingId", "doorId", "reason"],
  Booking: ["buildingId", "day", "doorId", "from", "to"],
  BuildingCounts: ["buildingId", "knocks", "premises", "waiting"],
  KnockCount: ["closed", "contacts", "knocks", "slot", "tries"],
  WaitingCount: ["doors", "tries"],
};

function fieldsOf(source: string, name: string): string[] {
  const body = new RegExp(`interface ${name} \\{([^{}]*)\\}`).exec(source)?.[1] ?? "";
  const text = body.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return [...text.matchAll(/(\w+)\??\s*:/g)].map(([, field]) => field ?? "").toSorted();
}

test("a door, a stop and a count have these fields and no others, optional ones neither", () => {
  const terms = readFileSync(join(import.meta.dirname, "terms.ts"), "utf8");
  for (const [name, fields] of Object.entries(FIELDS)) {
    assert.deepEqual(fieldsOf(terms, name), fields, name);
  }
  const hinted = terms.replace(
    "readonly lastTried:",
    "readonly hint?: number;\n  readonly lastTried:",
  );
  assert.notDeepEqual(fieldsOf(hinted, "PlanDoor"), FIELDS["PlanDoor"]);
});

test("what a door is made of, and what a stop is made of, can carry no rate", () => {
  assert.deepEqual(Object.keys(planBuilding(0).doors[0] ?? {}).toSorted(), [
    "floor",
    "id",
    "lastTried",
    "state",
    "tries",
  ]);
  for (const { stops } of planned(mixedRecords()).walks) {
    for (const stop of stops) {
      assert.deepEqual(Object.keys(stop).toSorted(), ["at", "buildingId", "doorId", "reason"]);
    }
  }
});

function planned(situation: Situation): DayPlan {
  const counts = countsOf(situation);
  return planDay(
    situation,
    beliefsOf(cityRates(counts), situation.buildings, counts, situation.rules),
  );
}

/** Doors of two records in each building, on every floor. */
function mixedRecords(): Situation {
  const tries = { daytime: 1, evening: 1, weekend: 0 };
  const situation = planSituation({ day: 15 });
  return {
    ...situation,
    buildings: situation.buildings.map((building) => ({
      ...building,
      doors: building.doors.map((door, i) =>
        i % 2 === 0 ? { ...door, tries, lastTried: 4 } : { ...door, tries: UNTRIED },
      ),
    })),
  };
}

/** The same households behind other names: doors with the same record on the same floor change places. */
function exchanged(situation: Situation): Situation {
  return {
    ...situation,
    buildings: situation.buildings.map((building) => {
      const alike = Map.groupBy(building.doors, ({ floor, lastTried }) => `${floor} ${lastTried}`);
      const ids = new Map<string, string>();
      for (const doors of alike.values()) {
        doors.forEach(({ id }, i) => ids.set(id, doors[(i + 1) % doors.length]?.id ?? id));
      }
      return {
        ...building,
        doors: building.doors.map((door) => ({ ...door, id: ids.get(door.id) ?? door.id })),
      };
    }),
  };
}

/** Whether a planner tells doors with the same record apart by who they are. */
function tellsApart(plan: (situation: Situation) => DayPlan): boolean {
  const situation = mixedRecords();
  const shape = (of: Situation) =>
    plan(of).walks.map(({ expectedContacts, stops }) => [
      expectedContacts,
      stops.map(({ at, buildingId, doorId }) => {
        const doors = of.buildings.find(({ id }) => id === buildingId)?.doors ?? [];
        return [at, buildingId, doors.findIndex(({ id }) => id === doorId)];
      }),
    ]);
  return JSON.stringify(shape(situation)) !== JSON.stringify(shape(exchanged(situation)));
}

test("who a door is changes nothing in the plan; a planner that knew would be seen", () => {
  assert.equal(tellsApart(planned), false);
  // A planner with a figure of its own for each flat, however it came by it: it leaves some out.
  const figures = new Map(
    planSituation().buildings.flatMap(({ doors }) =>
      doors.map(({ id }, i) => [id, i % 4 > 1] as const),
    ),
  );
  const isHopeful = ({ id }: PlanDoor): boolean => figures.get(id) === true;
  const profiling = (situation: Situation): DayPlan =>
    planned({
      ...situation,
      buildings: situation.buildings.map((building) => ({
        ...building,
        doors: building.doors.map((door) =>
          isHopeful(door) ? door : { ...door, state: "closed" as const },
        ),
      })),
    });
  assert.equal(tellsApart(profiling), true);
});
