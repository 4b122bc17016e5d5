import type { Route } from "@orpc/contract";
import { z } from "zod";
import { isId } from "@wanjia/domain/shared/id";
import { isLocalDate } from "@wanjia/domain/shared/instant";

export const idSchema = z
  .string()
  .refine(isId, { error: "not-an-id" })
  .meta({ format: "uuid", description: "UUID, lower case" });

/** Milliseconds since 1970-01-01 UTC. */
export const instantSchema = z
  .int()
  .min(-8.64e15)
  .max(8.64e15)
  .meta({ description: "Milliseconds since 1970-01-01 UTC" });

export const localDateSchema = z
  .string()
  .refine(isLocalDate, { error: "not-a-date" })
  .meta({ format: "date", description: "Day in Asia/Shanghai" });

/** Page of a list: keyset cursors, no page numbers, so that the last page costs what the first does. */
export const listQuery = z.object({
  cursor: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: "From `next` or `prev`; `last` for the last page" }),
  size: z.coerce.number().int().min(1).max(200).default(50),
  sort: z
    .string()
    .max(60)
    .optional()
    .meta({ description: "Column, with `-` before it for descending" }),
});

/** How many rows a filter matches: exact up to 1,000; beyond that `more` is true. */
export const totalSchema = z.object({ count: z.int().min(0), more: z.boolean() });

export function listReply<T extends z.ZodType>(row: T) {
  return z.object({
    items: z.array(row),
    next: z.string().nullable(),
    prev: z.string().nullable(),
    total: totalSchema,
  });
}

const refusalData = z
  .object({ params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
  .optional();

type RefusalMap<C extends Record<string, number>> = {
  [K in keyof C]: { status: C[K]; data: typeof refusalData };
};

/** The schemas of a subject's steps: the type of each, and what goes along with it. */
export function stepsOf<C extends string>() {
  return <T extends C, S extends z.ZodRawShape>(type: T, shape: S) =>
    z.object({ type: z.literal(type), ...shape });
}

/** The refusals of an endpoint: code → HTTP status. Their sentences stand in the message files. */
export function refusals<const C extends Record<string, number>>(codes: C): RefusalMap<C> {
  return Object.fromEntries(
    Object.entries(codes).map(([code, status]) => [code, { status, data: refusalData }]),
  ) as RefusalMap<C>;
}

/** Any endpoint that needs a session may answer these. */
export const sessionRefusals = refusals({
  "not-signed-in": 401,
  "device-revoked": 403,
  "not-allowed": 403,
});

/** Query of a list's file, beside the list's own filters. */
export const exportQuery = z.object({
  format: z.enum(["csv", "xlsx"]).default("csv"),
  sort: listQuery.shape.sort,
});

type Operation = Extract<NonNullable<Route["spec"]>, { responses?: unknown }>;

/** How the OpenAPI document says that an answer is no JSON but a stream of these types. */
export function answersWith(...types: readonly string[]): (operation: Operation) => Operation {
  const content = Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
  return (operation) => ({
    ...operation,
    responses: {
      ...operation.responses,
      "200": { description: "A stream", content: content as Record<string, object> },
    },
  });
}

/** The types of an exported list. */
export const answersWithTable = answersWith(
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
);
