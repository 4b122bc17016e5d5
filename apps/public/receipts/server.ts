import { asStranger } from "@wanjia/sync/stranger";
import type { Locale } from "../shell/language.ts";

/** What the server answers: what was asked for, or a sentence why not. */
export type Said<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly sentence: string | undefined };

interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

/** Speaks to the server without a cookie, a referrer or a cache; a lost connection has no sentence. */
export async function say<T>(locale: Locale, path: string, body?: object): Promise<Said<T>> {
  try {
    const response = await fetch(`/api/v1/public${path}`, asStranger(body, locale));
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, value: answer as T };
    const { code = "", detail } = answer as Problem;
    return { ok: false, code, sentence: detail };
  } catch {
    return { ok: false, code: "network", sentence: undefined };
  }
}
