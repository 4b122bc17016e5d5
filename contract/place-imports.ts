import { oc } from "@orpc/contract";
import { IMPORT_FIELDS } from "@wanjia/domain/places/import-columns";
import { DIVISION_FIELDS } from "@wanjia/domain/places/import-divisions";
import { PLACE_KINDS } from "@wanjia/domain/places/terms";
import { z } from "zod";
import { idSchema, instantSchema, refusals, sessionRefusals } from "./shared.ts";

const tags = ["places"];

const importStates = [
  "uploading",
  "uploaded",
  "queued",
  "running",
  "applying",
  "done",
  "refused",
  "failed",
] as const;
const mapping = z.partialRecord(
  z.enum([...IMPORT_FIELDS, ...DIVISION_FIELDS]),
  z.int().min(0).max(500),
);
const importRow = z.object({
  id: idSchema,
  kind: z.enum(["addresses", "divisions"]),
  state: z.enum(importStates),
  fileName: z.string(),
  format: z.enum(["csv", "xlsx"]),
  bytes: z.int(),
  header: z.array(z.string()),
  mapping,
  sample: z.array(z.array(z.string())),
  rowsRead: z.int(),
  bytesRead: z.int(),
  problems: z.int(),
  result: z
    .object({
      added: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      repeated: z.int(),
      derived: z.int(),
    })
    .nullable(),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
const importProblem = z.object({ row: z.int(), field: z.string(), code: z.string() });

export const placeImports = {
  imports: oc
    .route({ method: "GET", path: "/places/imports", tags, summary: "Imports, newest first" })
    .input(z.object({}))
    .output(z.object({ items: z.array(importRow.omit({ sample: true })) }))
    .errors(sessionRefusals),
  import: oc
    .route({
      method: "GET",
      path: "/places/imports/{id}",
      tags,
      summary: "One import: how far it is",
    })
    .input(z.object({ id: idSchema }))
    .output(importRow.extend({ firstProblems: z.array(importProblem) }))
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  previewImport: oc
    .route({
      method: "POST",
      path: "/places/imports/{id}/preview",
      tags,
      summary: "What the first rows would become under a mapping",
    })
    .input(
      z.object({
        id: idSchema,
        mapping,
        stationId: idSchema.optional(),
        beatId: idSchema.optional(),
      }),
    )
    .output(
      z.object({
        rows: z.array(
          z.object({
            row: z.int(),
            kind: z.enum(PLACE_KINDS).nullable(),
            fullText: z.string(),
            problems: z.array(z.object({ field: z.string(), code: z.string() })),
          }),
        ),
      }),
    )
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "import-started": 409 }) }),
  startImport: oc
    .route({
      method: "POST",
      path: "/places/imports/{id}/start",
      tags,
      summary: "Read the whole file; all of it is saved, or nothing",
    })
    .input(
      z.object({
        id: idSchema,
        mapping: mapping.optional(),
        stationId: idSchema.optional(),
        beatId: idSchema.optional(),
      }),
    )
    .output(importRow)
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404, "import-started": 409 }) }),
};
