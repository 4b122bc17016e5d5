import { AsyncLocalStorage } from "node:async_hooks";
import { ORPCError } from "@orpc/server";
import type { Locale } from "./access.ts";
import { sentence } from "./messages.ts";

/** The reader of the answer that is being made. */
export const reader = new AsyncLocalStorage<{ locale: Locale; requestId: string }>();

/** RFC 9457, with the code that programs switch on. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

interface Issue {
  readonly code?: string;
  readonly path?: readonly PropertyKey[];
}

/** What oRPC and Fastify call the errors that aren't ours. */
const CODES: Record<string, string> = {
  BAD_REQUEST: "invalid-input",
  NOT_FOUND: "unknown-path",
  INTERNAL_SERVER_ERROR: "internal-error",
  UNAUTHORIZED: "not-signed-in",
  FORBIDDEN: "not-allowed",
  FST_ERR_CTP_BODY_TOO_LARGE: "body-too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported-media-type",
  FST_ERR_BAD_URL: "unknown-path",
  FST_ERR_MAX_PARAM_LENGTH: "unknown-path",
  METHOD_NOT_SUPPORTED: "unknown-path",
};

/**
 * PostgreSQL's codes for a value that no column can hold: a byte that text can't carry, a number or
 * a date out of range, an id that isn't one. The sender's mistake, not broken machinery.
 */
const BAD_VALUES = new Set(["22P02", "22P05", "22003", "22007", "22008", "22021"]);

export function rethrowBadValue(error: unknown): never {
  const { code } = error as { code?: string };
  if (code !== undefined && BAD_VALUES.has(code)) throw new ORPCError("BAD_REQUEST");
  throw error;
}

export function problem(
  status: number,
  code: string,
  params?: Readonly<Record<string, string | number>>,
  errors?: Problem["errors"],
): Problem {
  const { locale, requestId } = reader.getStore() ?? { locale: "zh-CN" as const, requestId: "" };
  const all = status >= 500 ? { requestId, ...params } : params;
  return {
    type: `urn:wanjia:problem:${code}`,
    title: code,
    status,
    detail: sentence(locale, code, all),
    code,
    ...(all === undefined ? {} : { params: all }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** A problem from any error: refusals keep their code, broken machinery becomes `internal-error`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError) {
    const data = error.data as
      | { params?: Record<string, string | number>; issues?: readonly Issue[] }
      | undefined;
    const code = CODES[error.code] ?? error.code;
    return problem(
      error.status,
      code,
      data?.params,
      data?.issues === undefined ? undefined : data.issues.map(explain),
    );
  }
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const known = (code === undefined ? undefined : CODES[code]) ?? "invalid-input";
    return problem(statusCode, known, known === "body-too-large" ? { limit: "2 MB" } : undefined);
  }
  return problem(500, "internal-error");
}

function explain(issue: Issue): { path: string; message: string } {
  const { locale } = reader.getStore() ?? { locale: "zh-CN" as const };
  const key = `issues.${issue.code ?? "other"}`;
  const text = sentence(locale, key);
  return {
    path: (issue.path ?? []).map(String).join("."),
    message: text === key ? sentence(locale, "issues.other") : text,
  };
}
