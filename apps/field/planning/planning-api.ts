/** Questions about plans that need the network; what the phone can do without one isn't here. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  /** The server's own sentence; null when it wasn't reached. */
  | { readonly ok: false; readonly said: string | null };

export async function askPlanning<T>(
  locale: string,
  method: string,
  path: string,
  body?: object,
): Promise<Answered<T>> {
  const headers: Record<string, string> = { "accept-language": locale, "x-wanjia-csrf": "1" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    const reply = await fetch(`/api/v1/planning${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await reply.json();
    if (reply.ok) return { ok: true, value: answer as T };
    const { detail } = answer as { readonly detail?: unknown };
    return { ok: false, said: typeof detail === "string" ? detail : null };
  } catch {
    return { ok: false, said: null };
  }
}
