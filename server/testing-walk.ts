/** A walk over every endpoint of the OpenAPI document, for proofs of what nobody is told. */
import type { TestApp } from "./testing.ts";

interface Parameter {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required?: boolean;
  readonly schema: {
    readonly enum?: unknown[];
    readonly format?: string;
    readonly type?: string;
  };
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: {
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: {
      readonly content: Readonly<
        Record<
          string,
          { readonly schema: { readonly properties?: Readonly<Record<string, unknown>> } }
        >
      >;
    };
  };
}

/** What the public reads is the same for all: it is walked once, by a stranger. */
export const isPublic = (path: string): boolean => path.startsWith("/public/");

/** Every endpoint, without those whose answer is chance or that are asked a few times only. */
export async function operationsOf(app: TestApp): Promise<readonly Operation[]> {
  const { body } = await app.stranger.get("//openapi.json");
  return Object.entries(body.paths as Record<string, Record<string, Operation["operation"]>>)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .filter(({ path }) => !/^\/(session$|public\/(puzzle|plates|places))/.test(path));
}

/** What may be asked in words. */
export const SEARCHES = ["q", "number", "text", "words", "subjectId"];

/**
 * Every address that can be read with some ids, the first of which is the record that is looked for;
 * once as it is, and once with each search for `word`.
 */
export function addressesOf(
  operations: readonly Operation[],
  { city }: Pick<TestApp, "city">,
  ids: readonly [string, ...string[]],
  word: string,
  open = false,
): readonly string[] {
  const [record] = ids;
  const fill = (name: string, schema: Parameter["schema"]): string => {
    const [first] = schema.enum ?? [];
    if (typeof first === "string") return first;
    if (schema.format === "date") return "2026-11-01";
    if (name === "bureauId") return city.bureau;
    if (schema.format === "uuid") return city.stations.first;
    if (schema.type === "integer") return "10";
    return name === "unit" ? "bureau" : word;
  };
  return operations
    .filter(({ method, path }) => method === "get" && isPublic(path) === open)
    .flatMap(({ path, operation }) => {
      const parameters = operation.parameters ?? [];
      const found = new Set<string>();
      for (const id of path.includes("{") ? ids : [record]) {
        const target = path.replaceAll(/\{\w+\}/g, id);
        const required = parameters.filter((one) => one.in === "query" && one.required === true);
        // Searching for its words and by its id finds nothing either.
        const asked = parameters.filter(({ name }) => SEARCHES.includes(name));
        for (const extra of [undefined, ...asked]) {
          const search = new URLSearchParams(
            required.map(({ name, schema }) => [name, fill(name, schema)]),
          );
          if (extra !== undefined) {
            search.set(extra.name, extra.name === "subjectId" ? record : word);
          }
          found.add(search.size === 0 ? target : `${target}?${search.toString()}`);
        }
      }
      return [...found];
    });
}
