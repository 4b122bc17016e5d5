import { createORPCClient, ORPCError } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { contract } from "@wanjia/contract/app";
import { routes } from "virtual:contract";
import { readFailure } from "./failure.ts";
import { currentLocale } from "./language.ts";

export const API_URL = "/api/v1";

/** The header that no other site can send without asking first (server/platform/http.ts). */
const CSRF_HEADER = "x-wanjia-csrf";

/** What every request says; for the few that fetch by themselves. */
export function headers(): Record<string, string> {
  return { "accept-language": currentLocale(), [CSRF_HEADER]: "1" };
}

interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}

/** oRPC reads bodies of `application/json` only; a problem is JSON by another name. */
function readable(response: Response): Response {
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/problem+json")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  return new Response(response.body, { status: response.status, headers });
}

const link = new OpenAPILink(routes, {
  url: () => `${location.origin}${API_URL}`,
  headers,
  fetch: async (request, init) => readable(await fetch(request, init)),
  // RFC 9457 bodies: the sentence is already in the reader's language.
  customErrorResponseBodyDecoder: (body, response) =>
    isProblem(body)
      ? new ORPCError(body.code, {
          status: response.status,
          message: body.detail,
          data: { params: body.params, errors: body.errors },
        })
      : null,
});

/** Every endpoint of the contract as a function. */
export const client: ContractRouterClient<typeof contract> = createORPCClient(link);

/** The same for TanStack Query: `useQuery(api.visits.get.queryOptions({ input: { id } }))`. */
export const api = createTanstackQueryUtils(client);

const signedOutListeners = new Set<() => void>();

/** Calls back when the server says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

function watch(error: unknown): void {
  if (readFailure(error).kind === "signed_out")
    for (const listener of signedOutListeners) listener();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a lost connection is worth asking again.
      retry: (failures, error) => failures < 2 && readFailure(error).kind === "network",
    },
  },
});
