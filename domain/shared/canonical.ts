/**
 * JSON with sorted keys and without white space, so that the same content has the same bytes on
 * phone and server. Members that are `undefined` are left out, as JSON does.
 *
 * The order of keys is that of UTF-16 code units (RFC 8785 §3.2.3); numbers are printed by
 * ECMAScript, as RFC 8785 §3.2.2.3 asks.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
