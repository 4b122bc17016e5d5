/** An expected "no": a code from the subject's list, and what its sentence needs. */
export interface Refusal<C extends string = string> {
  readonly code: C;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type Result<T, C extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal<C> };

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<C extends string>(
  code: C,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly refusal: Refusal<C> } {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } };
}
