#!/usr/bin/env node
/**
 * `wanjia`: what is done from the machine itself, before anybody can sign in or beside the running
 * server. It opens the same database by the same settings; an embedded database that a server holds is
 * refused by name. Exits with 0 when done, 1 when the answer is no, 2 when the order is unclear.
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { ROLES } from "@wanjia/domain/organisation/terms";
import { IMPORT_FIELDS } from "@wanjia/domain/places/import-columns";
import { Unclear, type Values } from "./cli-terms.ts";

interface CliCommand {
  readonly summary: string;
  /** What follows the command's name. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  readonly details: readonly string[];
  /** Options without which it means nothing. */
  readonly needs: readonly string[];
}

const bureauOption = { bureau: { type: "string" } } as const satisfies ParseArgsOptionsConfig;
const BUREAU_LINE = "--bureau CODE      the bureau; may be left out where there is only one";
const PASSWORD_LINE =
  "The password (10 characters or more) is asked for, or read from standard input with --password-stdin.";

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  migrate: {
    summary: "bring the database's schema up to this version",
    usage: "",
    options: {},
    details: ["Starting the server does the same; this is for doing it beforehand."],
    needs: [],
  },
  "create-bureau": {
    summary: "add a bureau",
    usage: "--code CODE --name NAME [--name-en NAME] [--website URL] [--privacy-contact PHONE]",
    options: {
      code: { type: "string" },
      name: { type: "string" },
      "name-en": { type: "string" },
      website: { type: "string" },
      "privacy-contact": { type: "string" },
    },
    details: [
      "--code CODE        twelve signs, the organ code (GA 380)",
      "--privacy-contact  whom residents ask about their data; shown on the public page",
    ],
    needs: ["code", "name"],
  },
  "add-member": {
    summary: "add a member with a posting and a log-in",
    usage: "--login LOGIN --name NAME --number NUMBER --role ROLE [options]",
    options: {
      ...bureauOption,
      login: { type: "string" },
      name: { type: "string" },
      number: { type: "string" },
      role: { type: "string" },
      title: { type: "string" },
      phone: { type: "string" },
      station: { type: "string" },
      beat: { type: "string" },
      from: { type: "string" },
      "not-sworn": { type: "boolean" },
      "password-stdin": { type: "boolean" },
    },
    details: [
      BUREAU_LINE,
      "--login LOGIN      2 to 40 of a-z, 0-9, dot and underscore",
      `--role ROLE        ${ROLES.join(", ")}`,
      "--station CODE     where the role is held at a station or a beat",
      "--beat CODE        where the role is held at a beat",
      "--from DATE        first day of the posting (YYYY-MM-DD); today without it",
      "--not-sworn        for staff at a desk who are not police officers",
      "--title, --phone   what the public officer card shows",
      PASSWORD_LINE,
      "The first member of a bureau is its administrator: --role sys_admin --not-sworn.",
    ],
    needs: ["login", "name", "number", "role"],
  },
  "set-password": {
    summary: "give a member a new password and end all sessions",
    usage: "--login LOGIN",
    options: {
      ...bureauOption,
      login: { type: "string" },
      "password-stdin": { type: "boolean" },
    },
    details: [BUREAU_LINE, PASSWORD_LINE],
    needs: ["login"],
  },
  "import-places": {
    summary: "take a file of addresses or divisions into the register",
    usage: "FILE [--divisions] [--map COLUMN=FIELD]… [--report FILE]",
    options: {
      ...bureauOption,
      divisions: { type: "boolean" },
      map: { type: "string", multiple: true },
      station: { type: "string" },
      beat: { type: "string" },
      report: { type: "string" },
    },
    details: [
      BUREAU_LINE,
      "FILE               CSV (UTF-8 or GB 18030) or XLSX; all of it is taken, or nothing",
      "--divisions        the file lists divisions, not addresses",
      "--map COLUMN=FIELD where the column's name does not tell its meaning; may be repeated",
      `                   fields: ${IMPORT_FIELDS.join(" ")}`,
      "--station CODE     the station of rows that name none",
      "--beat CODE        the beat of rows that name none",
      "--report FILE      writes what is wrong with which row as CSV",
      "A file with columns for identity numbers, ethnicity, religion, politics, health or criminal",
      "records is refused whole.",
    ],
    needs: [],
  },
  "load-workdays": {
    summary: "load a year's days off and make-up days, as announced",
    usage: "FILE --year YEAR --source ANNOUNCEMENT",
    options: { ...bureauOption, year: { type: "string" }, source: { type: "string" } },
    details: [
      BUREAU_LINE,
      "FILE               text, a stretch of days on each line:",
      "                     休 2027-01-01~2027-01-03 元旦     (or: off)",
      "                     班 2027-01-31                      (or: work)",
      "--source TEXT      the announcement's number; kept with the days",
      "Limits that waited for these days have a date from then on; dates that were given stay.",
    ],
    needs: ["year", "source"],
  },
  "verify-figures": {
    summary: "count all figures anew from the records and compare",
    usage: "[--bureau CODE]",
    options: bureauOption,
    details: [
      "--bureau CODE      one bureau; all of them without it",
      "Exits with 1 when a figure differs.",
    ],
    needs: [],
  },
};

function help(name: string | undefined): string {
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    const width = Math.max(...Object.keys(COMMANDS).map((one) => one.length));
    return [
      "wanjia <command> [options]",
      "",
      ...Object.entries(COMMANDS).map(([one, { summary }]) => `  ${one.padEnd(width)}  ${summary}`),
      `  ${"help".padEnd(width)}  this, or of one command: wanjia help import-places`,
      "",
      "The database is chosen by DATABASE_URL, or it is the embedded one in WANJIA_DATA (./data).",
    ].join("\n");
  }
  const { summary, usage, details } = command;
  return [
    `wanjia ${name} ${usage}`.trim(),
    `  ${summary}`,
    "",
    ...details.map((line) => `  ${line}`),
  ].join("\n");
}

/** Carries out one order; the number is the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const about = name === "help" ? rest[0] : undefined;
    if (about !== undefined && COMMANDS[about] === undefined) {
      console.error(`There is no command “${about}”.\n\n${help(undefined)}`);
      return 2;
    }
    console.log(help(about));
    return 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    console.error(`There is no command “${name}”.\n\n${help(undefined)}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(help(name));
    return 0;
  }
  try {
    const { values, positionals } = parse(command, rest);
    // Only now: to be told how an order goes, nobody waits for the whole server to load.
    const { carryOut } = await import("./cli-orders.ts");
    return (await carryOut(name, values, positionals)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    console.error(`${error.message}\n\n${help(name)}`);
    return 2;
  }
}

function parse(
  command: CliCommand,
  words: readonly string[],
): { values: Values; positionals: string[] } {
  const takesFile = command.usage.startsWith("FILE");
  const parsed = attempt(() =>
    parseArgs({ args: [...words], options: command.options, allowPositionals: takesFile }),
  );
  const values = parsed.values as Values;
  for (const name of command.needs) {
    const value = values[name];
    if (typeof value !== "string" || value.trim() === "")
      throw new Unclear(`--${name} is missing.`);
  }
  if (takesFile && parsed.positionals.length !== 1) throw new Unclear("Name one file.");
  return { values, positionals: parsed.positionals };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Unclear((error as Error).message);
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
