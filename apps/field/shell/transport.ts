/** The requests of the phone: plain fetch, so that the app stays small. */
import type { Id } from "@wanjia/domain/shared/id";
import type {
  PullHead,
  PullLine,
  PullMark,
  PullRecord,
  PushReply,
  PushRequest,
  ReceiptKey,
} from "@wanjia/sync/protocol";
import type { ReconcileReply, ReconcileRequest } from "@wanjia/sync/reconcile";

/** Why a request brought nothing. `code` is the server's, from its problem document. */
export class RequestFailed extends Error {
  /** 0: the server wasn't reached. */
  readonly status: number;
  readonly code: string;
  /** The server's own sentence, in the reader's language. */
  readonly detail: string;

  constructor(status: number, code: string, detail: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

export type MemberSession = {
  readonly member: {
    readonly id: Id;
    readonly name: string;
    readonly login: string;
    readonly title: string;
    readonly number: string;
  };
  readonly bureau: {
    readonly id: Id;
    readonly name: string;
    readonly nameEn: string;
    readonly privacyContact: string;
  };
  readonly role: string;
  readonly scope: string;
  readonly stations: readonly {
    readonly id: Id;
    readonly name: string;
    readonly nameEn: string;
    readonly address: string;
    readonly dutyPhone: string;
  }[];
  readonly beats: readonly {
    readonly id: Id;
    readonly name: string;
    readonly nameEn: string;
    readonly stationId: Id;
  }[];
};

type ContextReply = {
  readonly version: string;
  /** Null: the one the phone has is still right. */
  readonly sections: Readonly<Record<string, unknown>> | null;
};

export interface Transport {
  signIn(login: string, password: string, deviceId: Id): Promise<MemberSession>;
  session(): Promise<MemberSession>;
  signOut(): Promise<void>;
  registerDevice(id: Id, name: string, protocol: number): Promise<void>;
  push(request: PushRequest): Promise<PushReply>;
  pull(device: Id, beat: Id, cursor: string | null, sink: PullSink): Promise<void>;
  reconcile(request: ReconcileRequest): Promise<ReconcileReply>;
  keys(): Promise<readonly ReceiptKey[]>;
  context(have: string | null): Promise<ContextReply>;
}

interface PullSink {
  head(head: PullHead): void;
  page(records: readonly PullRecord[], mark: PullMark): Promise<void>;
}

/** A push on a weak signal may take this long; then it counts as lost and is sent again. */
const ANSWER_MS = 30_000;
/** A pull may stay silent for this long. */
const SILENCE_MS = 30_000;

export function httpTransport(
  base: string,
  locale: () => string,
  fetcher: typeof fetch = fetch,
): Transport {
  async function send(
    method: string,
    path: string,
    body?: unknown,
    signal: AbortSignal = AbortSignal.timeout(ANSWER_MS),
  ): Promise<Response> {
    const headers: Record<string, string> = { "accept-language": locale() };
    if (method !== "GET") headers["x-wanjia-csrf"] = "1";
    if (body !== undefined) headers["content-type"] = "application/json";
    let response: Response;
    try {
      response = await fetcher(`${base}${path}`, {
        method,
        headers,
        credentials: "same-origin",
        cache: "no-store",
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new RequestFailed(0, "unreachable", "");
    }
    if (!response.ok) throw await failure(response);
    return response;
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await send(method, path, body);
    try {
      return (await response.json()) as T;
    } catch {
      throw new RequestFailed(0, "unreachable", ""); // cut off, or a hotspot's own page
    }
  }

  return {
    signIn: (login, password, deviceId) => call("POST", "/session", { login, password, deviceId }),
    session: () => call("GET", "/session"),
    signOut: async () => {
      await send("DELETE", "/session");
    },
    registerDevice: async (id, name, protocol) => {
      await send("POST", "/sync/devices", { id, name, protocol });
    },
    push: (request) => call("POST", "/sync/push", request),
    reconcile: (request) => call("POST", "/sync/reconcile", request),
    keys: async () => (await call<{ keys: readonly ReceiptKey[] }>("GET", "/sync/keys")).keys,
    context: (have) =>
      call("GET", `/sync/context${have === null ? "" : `?have=${encodeURIComponent(have)}`}`),
    pull: async (device, beat, cursor, sink) => {
      const query = new URLSearchParams({ device, beat });
      if (cursor !== null) query.set("cursor", cursor);
      const silence = new AbortController();
      let timer = setTimeout(() => silence.abort(), SILENCE_MS);
      try {
        const response = await send("GET", `/sync/pull?${query}`, undefined, silence.signal);
        await readPull(response, sink, () => {
          clearTimeout(timer);
          timer = setTimeout(() => silence.abort(), SILENCE_MS);
        });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function failure(response: Response): Promise<RequestFailed> {
  const problem = (await response.json().catch(() => null)) as {
    code?: unknown;
    detail?: unknown;
  } | null;
  const code = typeof problem?.code === "string" ? problem.code : `http-${response.status}`;
  return new RequestFailed(
    response.status,
    code,
    typeof problem?.detail === "string" ? problem.detail : "",
  );
}

/** Reads lines of JSON as they arrive; throws when the stream ends without its last mark. */
async function readPull(response: Response, sink: PullSink, alive: () => void): Promise<void> {
  if (!response.body) throw new RequestFailed(0, "unreachable", "");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let records: PullRecord[] = [];
  let complete = false;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new RequestFailed(0, "unreachable", "");
    });
    alive();
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) {
      if (line === "") continue;
      const parsed = JSON.parse(line) as PullLine;
      if (isRecord(parsed)) records.push(parsed);
      else if ("cursor" in parsed) {
        await sink.page(records, parsed);
        records = [];
        complete = !parsed.more;
      } else sink.head(parsed);
    }
    if (done) break;
  }
  if (!complete) throw new RequestFailed(0, "unreachable", "");
}

function isRecord(line: PullLine): line is PullRecord {
  return Array.isArray(line);
}
