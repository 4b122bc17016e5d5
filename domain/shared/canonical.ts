/**
 * JSON with sorted keys and without white space, so that the same content has the same bytes on
 * phone and server. Members that are `undefined` are left out, as JSON does.
 *
 * The order of keys is that of UTF-16 code units (RFC 8785 §3.2.3); numbers are printed by
 * ECMAScript, as RFC 8785 §3.2.2.3 asks.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let out = "";
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      out += `${out === "" ? "" : ","}${canonicalJson(item === undefined ? null : item)}`;
    }
    return `[${out}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    out += `${out === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${out}}`;
}
