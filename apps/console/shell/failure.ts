/** What went wrong with a request, as far as a screen needs to know. */
export type Failure =
  | { readonly kind: "network" }
  | { readonly kind: "signed_out" }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly status: number;
      /** The server's sentence, in the reader's language. */
      readonly sentence: string;
      readonly params: Readonly<Record<string, string | number>>;
      readonly fields: readonly { readonly path: string; readonly message: string }[];
    }
  | { readonly kind: "broken"; readonly sentence: string | undefined };

interface Raised {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly data?: unknown;
}

/**
 * Tells a refusal from a lost connection and from a bug. An error with a status came from the
 * server; one without it never reached it, or never came back.
 */
export function readFailure(error: unknown): Failure {
  const raised = (typeof error === "object" && error !== null ? error : {}) as Raised;
  if (typeof raised.status !== "number" || typeof raised.code !== "string") {
    return error instanceof TypeError || raised.code === "ERR_NETWORK"
      ? { kind: "network" }
      : { kind: "broken", sentence: undefined };
  }
  if (raised.code === "not-signed-in") return { kind: "signed_out" };
  const sentence = typeof raised.message === "string" ? raised.message : "";
  if (raised.status >= 500) return { kind: "broken", sentence: sentence || undefined };
  const data = (raised.data ?? {}) as {
    params?: Record<string, string | number>;
    errors?: { path: string; message: string }[];
  };
  return {
    kind: "refused",
    code: raised.code,
    status: raised.status,
    sentence,
    params: data.params ?? {},
    fields: data.errors ?? [],
  };
}
