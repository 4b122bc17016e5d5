/** What follows these in an address opens something, or names a door. */
const KEYS = /\/(p|plates|referral|calendar)\/[^/]+/g;
const WORD = /^([a-z][a-z-]{0,30}|v1)?$/;

/** A path as it is written down: its words, without ids, keys and questions. */
export function loggedPath(url: string): string {
  const path = (url.split("?", 1)[0] ?? "").replaceAll(KEYS, "/$1/:id");
  return path
    .split("/")
    .map((part) => (WORD.test(part) ? part : ":id"))
    .join("/");
}

/**
 * What of an error is written down: where it happened and of what kind, never what somebody wrote.
 * A database tells the row that it refused, a parser the text that it could not read.
 */
export type LoggedError = {
  readonly type: string;
  /** Without what stands in quotation marks or after an equals sign. */
  readonly message: string;
  readonly stack: string;
  /** Of the database: its code, and which rule of which table refused. */
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly cause?: LoggedError;
};

const QUOTED = /(["'`“‘]).*?(["'`”’]|$)/gs;
const EQUALS = /=\s*\(?[^\s)]+\)?/g;

export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "", stack: "" };
  const { code, table, constraint } = error as Error & Record<string, unknown>;
  return {
    type: error.name,
    message: error.message.replaceAll(QUOTED, "$1…$2").replaceAll(EQUALS, "=…"),
    stack: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .join("\n"),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof table === "string" ? { table } : {}),
    ...(typeof constraint === "string" ? { constraint } : {}),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}
