/**
 * How each list of this visit to the desk was left: its address, and the row that was opened. Who comes
 * back from a record finds the list as it was.
 */
const left = new Map<string, { search: string; row: string }>();

export function rememberSearch(path: string, search: string): void {
  left.set(path, { row: left.get(path)?.row ?? "", search });
}

export function rememberRow(path: string, row: string): void {
  left.set(path, { search: left.get(path)?.search ?? "", row });
}

/** The address of a list as it was left. */
export function asLeft(path: string): string {
  return `${path}${left.get(path)?.search ?? ""}`;
}

/** The key of the row that was opened last; empty where none was. */
export function rowLeft(path: string): string {
  return left.get(path)?.row ?? "";
}
