/** What the orders of the command line do; `cli.ts` reads them. */
import { createReadStream, openSync, readSync, closeSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { isDemoLogin, mustBeSworn, seatOf } from "@wanjia/domain/organisation/policy";
import { ROLES, type Role } from "@wanjia/domain/organisation/terms";
import { IMPORT_FIELDS } from "@wanjia/domain/places/import-columns";
import type { Id } from "@wanjia/domain/shared/id";
import { isLocalDate, localDate } from "@wanjia/domain/shared/instant";
import "./app.ts";
import { verifyFigures } from "./insight/verify.ts";
import { addMember, addPosting, notePasswordSet } from "./organisation/commands.ts";
import { principalFinder } from "./organisation/principal.ts";
import { insertBureau } from "./organisation/queries.ts";
import {
  type BureauRow,
  bureauIds,
  findBureau,
  listBeats,
  listMembers,
  listStations,
} from "./organisation/read-model.ts";
import { record } from "./platform/audit.ts";
import { systemClock } from "./platform/clock.ts";
import { newId } from "./platform/crypto.ts";
import { DatabaseInUse } from "./platform/embedded.ts";
import type { Services } from "./platform/http.ts";
import { SchemaRefused } from "./platform/migrate.ts";
import { openServices, settingsOf } from "./platform/start.ts";
import { readHead, runImport } from "./places/import.ts";
import { insertImport } from "./places/import-queries.ts";
import { importProblems } from "./places/read-model.ts";
import { formatOf } from "./platform/table-file.ts";

import { loadYear } from "./workdays/commands.ts";
import { Unclear, type Values } from "./cli-terms.ts";

/** The order can't be carried out as it was given: the sentence says why. */
class Refused extends Error {}

type Order = (services: Services, values: Values, operands: readonly string[]) => Promise<void>;

const ORDERS: Readonly<Record<string, Order>> = {
  migrate: async () => say("The schema is up to date."),
  "create-bureau": createBureau,
  "add-member": addMemberOfBureau,
  "set-password": setPassword,
  "import-places": importPlaces,
  "load-workdays": loadWorkdays,
  "verify-figures": verify,
};

/** Opens the database, carries out one order and says whether the answer was yes. */
export async function carryOut(
  name: string,
  values: Values,
  operands: readonly string[],
): Promise<boolean> {
  try {
    const services = await openServices(
      settingsOf(process.env),
      systemClock,
      false,
      (database, clock) => principalFinder(database, clock),
    );
    try {
      await ORDERS[name]?.(services, values, operands);
    } finally {
      await services.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Unclear) throw error;
    const isExpected =
      error instanceof Refused || error instanceof DatabaseInUse || error instanceof SchemaRefused;
    console.error(isExpected ? error.message : error);
    return false;
  }
}

// -- commands -------------------------------------------------------------------------------------

async function createBureau({ database }: Services, values: Values): Promise<void> {
  const code = needed(values, "code");
  if (!/^[0-9A-Z]{12}$/.test(code)) {
    throw new Unclear(`“${code}” is no organ code: it has twelve digits or capital letters.`);
  }
  const name = needed(values, "name");
  const known = await bureausOf(database);
  if (known.some((one) => one.code === code))
    throw new Refused(`There is a bureau ${code} already.`);
  const id = newId(systemClock.now());
  await database.asSystem(id, async (tx) => {
    await insertBureau(tx, {
      id,
      code,
      name,
      nameEn: given(values, "name-en") ?? name,
      website: given(values, "website") ?? "",
      privacyContact: given(values, "privacy-contact") ?? "",
    });
    await record(tx, [{ action: "bureau.created", subjectKind: "bureau", subjectId: id }]);
  });
  say(`Bureau ${code} ${name} was added.`);
}

async function addMemberOfBureau(services: Services, values: Values): Promise<void> {
  const { database, sessions } = services;
  const login = needed(values, "login").toLowerCase();
  const [name, number] = [needed(values, "name"), needed(values, "number")];
  const role = roleOf(needed(values, "role"));
  if (!/^[a-z0-9._]{2,40}$/.test(login)) {
    throw new Unclear(`“${login}” is no log-in: 2 to 40 of a-z, 0-9, dot and underscore.`);
  }
  if (isDemoLogin(login)) {
    throw new Unclear(
      "Log-ins that begin with “demo.” are those of the demo city; choose another.",
    );
  }
  const from = given(values, "from") ?? localDate(systemClock.now());
  if (!isLocalDate(from)) throw new Unclear(`--from is “${from}”; it has to be a day: YYYY-MM-DD.`);
  const bureau = await bureauFor(services, values);
  const seat = await seatFor(services, bureau, role, values);
  if (await sessions.loginTaken(login)) throw new Refused(`The log-in ${login} is taken.`);
  const password = await readPassword(values);
  const id = newId(systemClock.now());
  const sworn = values["not-sworn"] !== true && (mustBeSworn(role) || role !== "auxiliary");
  await sessions.createAccount({ login, password, name, bureauId: bureau.id, memberId: id });
  try {
    await database.asSystem(bureau.id, async (tx) => {
      const member = {
        id,
        login,
        name,
        number,
        title: given(values, "title") ?? "",
        sworn,
        publicPhone: given(values, "phone") ?? "",
      };
      orRefused(await addMember(tx, member));
      orRefused(
        await addPosting(tx, {
          memberId: id,
          role,
          ...seat,
          partnerId: null,
          validFrom: from,
          validTo: null,
        }),
      );
    });
  } catch (error) {
    await sessions.removeAccount(login);
    throw error;
  }
  say(`${name} (${login}) was added to ${bureau.name} as ${role} from ${from}.`);
}

async function setPassword(services: Services, values: Values): Promise<void> {
  const login = needed(values, "login").toLowerCase();
  const bureau = await bureauFor(services, values);
  const members = await services.database.asSystem(bureau.id, (tx) => listMembers(tx, {}));
  const member = members.find((one) => one.login === login);
  if (member === undefined)
    throw new Refused(`${bureau.name} has no member with the log-in ${login}.`);
  const password = await readPassword(values);
  await services.database.asSystem(bureau.id, async (tx) =>
    orRefused(await notePasswordSet(tx, member.id)),
  );
  await services.sessions.setPassword(login, password);
  say(`${member.name} (${login}) has a new password; all sessions were ended.`);
}

async function importPlaces(
  services: Services,
  values: Values,
  operands: readonly string[],
): Promise<void> {
  const { database } = services;
  const [file = ""] = operands;
  const size = sizeOf(file);
  const bureau = await bureauFor(services, values);
  const kind = values["divisions"] === true ? "divisions" : "addresses";
  const format = formatOf(firstBytes(file));
  const open = () => createReadStream(file);
  const head = await readHead(open, format, kind);
  if ("code" in head) {
    throw new Refused(`${file} was refused: ${head.code} ${JSON.stringify(head.params ?? {})}`);
  }
  const importId = newId(systemClock.now());
  await database.asSystem(bureau.id, (tx) =>
    insertImport(tx, {
      id: importId,
      kind,
      fileName: basename(file),
      format,
      state: "queued",
      memberId: null,
    }),
  );
  const mapping = mappingOf(values, head.header);
  const outcome = await runImport({
    database,
    bureauId: bureau.id,
    importId,
    kind,
    format,
    open,
    ...(mapping === undefined ? {} : { mapping }),
    defaults: await areaFor(services, bureau, values),
    onProgress({ rowsRead, bytesRead, problems }) {
      const share = size === 0 ? 1 : Math.min(1, bytesRead / size);
      progress(`${Math.floor(share * 100)} %  ${rowsRead} rows, ${problems} problems`);
    },
  });
  progress(null);
  if (outcome.state === "done") {
    const { rowsRead, added, changed, unchanged, repeated, derived } = outcome;
    say(
      `${rowsRead} rows: ${added} added, ${changed} changed, ${unchanged} as they were, ${repeated} repeated; ` +
        `${derived} buildings and entrances came with them.`,
    );
    return;
  }
  if ("refusal" in outcome) {
    const { code, params } = outcome.refusal;
    throw new Refused(`${file} was refused: ${code} ${JSON.stringify(params ?? {})}`);
  }
  await tellProblems(services, bureau, importId, given(values, "report"));
  throw new Refused(
    `${outcome.problems} problems in ${outcome.rowsRead} rows: nothing was imported.`,
  );
}

const PROBLEMS_SHOWN = 20;
const PROBLEMS_REPORTED = 10_000;

async function tellProblems(
  { database }: Services,
  bureau: BureauRow,
  importId: Id,
  report: string | undefined,
): Promise<void> {
  const problems = await database.asSystem(bureau.id, (tx) =>
    importProblems(tx, importId, PROBLEMS_REPORTED),
  );
  for (const { row, field, code } of problems.slice(0, PROBLEMS_SHOWN)) {
    console.error(`  row ${row}: ${code}${field === "" ? "" : ` (${field})`}`);
  }
  if (report === undefined) return;
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = problems.map(({ row, field, code }) => `${row},${quoted(field)},${quoted(code)}`);
  writeFileSync(report, `\ufeff${["row,field,problem", ...lines].join("\r\n")}\r\n`);
  console.error(`  all of them are in ${report}`);
}

async function verify(services: Services, values: Values): Promise<void> {
  const bureau = given(values, "bureau") === undefined ? null : await bureauFor(services, values);
  const { bureaus, visits, matters, lines, differences } = await verifyFigures(
    services.database,
    bureau === null ? {} : { bureauId: bureau.id },
  );
  say(`${bureaus} bureaux, ${visits} visits, ${matters} matters, ${lines} lines of figures.`);
  if (differences.length === 0) {
    say("No difference.");
    return;
  }
  for (const { line, counter, kept, recounted } of differences.slice(0, PROBLEMS_SHOWN)) {
    console.error(`  ${line} ${counter}: ${kept} kept, ${recounted} counted anew`);
  }
  throw new Refused(`${differences.length} figures differ from the records.`);
}

// -- what orders name -----------------------------------------------------------------------------

function given(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function needed(values: Values, name: string): string {
  const value = given(values, name);
  if (value === undefined) throw new Unclear(`--${name} is missing.`);
  return value;
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new Unclear(`“${text}” is no role. Roles: ${ROLES.join(", ")}.`);
  return role;
}

async function bureausOf(database: Services["database"]): Promise<BureauRow[]> {
  const ids = await database.asSystem(null, bureauIds);
  const found: BureauRow[] = [];
  for (const id of ids) {
    const bureau = await database.asSystem(id, findBureau);
    if (bureau !== undefined) found.push(bureau);
  }
  return found;
}

async function bureauFor({ database }: Services, values: Values): Promise<BureauRow> {
  const code = given(values, "bureau");
  const bureaus = await bureausOf(database);
  const [only, ...others] =
    code === undefined ? bureaus : bureaus.filter((one) => one.code === code);
  if (only === undefined) {
    throw new Refused(
      code === undefined
        ? "There is no bureau yet: wanjia create-bureau."
        : `There is no bureau ${code}.`,
    );
  }
  if (others.length > 0) {
    throw new Unclear(`Say which bureau: --bureau ${bureaus.map((one) => one.code).join(" | ")}`);
  }
  return only;
}

async function areaFor(
  { database }: Services,
  bureau: BureauRow,
  values: Values,
): Promise<{ stationId?: Id; beatId?: Id }> {
  const [station, beat] = [given(values, "station"), given(values, "beat")];
  return database.asSystem(bureau.id, async (tx) => {
    const foundBeat = (await listBeats(tx)).find(({ code }) => code === beat);
    if (beat !== undefined && foundBeat === undefined)
      throw new Refused(`There is no beat ${beat}.`);
    const stations = await listStations(tx);
    const foundStation = stations.find(({ id, code }) =>
      station === undefined ? id === foundBeat?.stationId : code === station,
    );
    if (station !== undefined && foundStation === undefined) {
      throw new Refused(`There is no station ${station}.`);
    }
    return {
      ...(foundStation === undefined ? {} : { stationId: foundStation.id }),
      ...(foundBeat === undefined ? {} : { beatId: foundBeat.id }),
    };
  });
}

async function seatFor(
  services: Services,
  bureau: BureauRow,
  role: Role,
  values: Values,
): Promise<{ stationId: Id | null; beatId: Id | null }> {
  const { stationId, beatId } = await areaFor(services, bureau, values);
  const seat = seatOf(role);
  if (seat === "beat" && beatId === undefined)
    throw new Unclear(`${role} is held at a beat: --beat.`);
  if (seat === "station" && stationId === undefined) {
    throw new Unclear(`${role} is held at a station: --station.`);
  }
  return {
    stationId: seat === "bureau" ? null : (stationId ?? null),
    beatId: seat === "beat" ? (beatId ?? null) : null,
  };
}

/** What the header tells by itself, with what was said on the command line put over it. */
function mappingOf(values: Values, header: readonly string[]): Record<string, number> | undefined {
  const said = (values as { map?: unknown }).map;
  if (!Array.isArray(said) || said.length === 0) return undefined;
  const mapping: Record<string, number> = {};
  for (const entry of said.map(String)) {
    const at = entry.lastIndexOf("=");
    const [column, field] = [entry.slice(0, at), entry.slice(at + 1)];
    const index = header.indexOf(column);
    if (at < 1 || index < 0)
      throw new Unclear(`--map ${entry}: the file has no column “${column}”.`);
    if (!IMPORT_FIELDS.some((one) => one === field)) {
      throw new Unclear(`--map ${entry}: there is no field “${field}”.`);
    }
    mapping[field] = index;
  }
  return mapping;
}

function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) throw new Refused(`There is no file ${file}.`);
  return stat.size;
}

function firstBytes(file: string): Uint8Array {
  const bytes = new Uint8Array(4);
  const handle = openSync(file, "r");
  try {
    readSync(handle, bytes);
  } finally {
    closeSync(handle);
  }
  return bytes;
}

function orRefused(result: { ok: boolean; refusal?: { code: string; params?: object } }): void {
  if (result.ok) return;
  const { code, params } = result.refusal ?? { code: "refused" };
  throw new Refused(`Refused: ${code}${params === undefined ? "" : ` ${JSON.stringify(params)}`}`);
}

const LEAST_PASSWORD = 10;

async function readPassword(values: Values): Promise<string> {
  const password =
    values["password-stdin"] === true
      ? (await text(process.stdin)).replace(/\r?\n$/, "")
      : await askHidden("Password: ");
  if (password.length < LEAST_PASSWORD) {
    throw new Unclear(`A password has at least ${LEAST_PASSWORD} characters.`);
  }
  return password;
}

async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Unclear("There is no terminal to ask for the password: use --password-stdin.");
  }
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const answer = await asking.question("");
  asking.close();
  process.stderr.write("\n");
  return answer;
}

async function loadWorkdays(
  services: Services,
  values: Values,
  operands: readonly string[],
): Promise<void> {
  const [file = ""] = operands;
  sizeOf(file);
  const year = Number(needed(values, "year"));
  if (!Number.isInteger(year)) throw new Unclear("--year takes four digits.");
  const bureau = await bureauFor(services, values);
  const days = await text(createReadStream(file));
  const source = needed(values, "source");
  const loaded = await services.database.asSystem(bureau.id, (tx) =>
    loadYear(tx, { year, days, source }),
  );
  if (!loaded.ok) {
    const { code, params = {} } = loaded.refusal;
    throw new Refused(`${file} was refused: ${code} ${JSON.stringify(params)}`);
  }
  const { holidays, makeUpDays } = loaded.value;
  say(`${year}: ${holidays.length} days off, ${makeUpDays.length} make-up days.`);
}

function say(line: string): void {
  console.log(line);
}

/** One line that is written over on a terminal; nothing in a log. */
function progress(line: string | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(line === null ? "\n" : `\r\u001b[2K${line}`);
}
