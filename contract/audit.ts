import { oc } from "@orpc/contract";
import { z } from "zod";
import {
  answersWithTable,
  exportQuery,
  idSchema,
  instantSchema,
  listQuery,
  listReply,
  refusals,
  sessionRefusals,
} from "./shared.ts";

export const auditRow = z.object({
  id: idSchema,
  at: instantSchema,
  actorId: idSchema.nullable(),
  actorName: z.string().nullable(),
  actorRole: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  stationId: idSchema.nullable(),
  purpose: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});

const auditFilter = z.object({
  action: z.string().max(60).optional(),
  subjectId: z.string().max(60).optional(),
  actorId: idSchema.optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});

export const auditContract = {
  list: oc
    .route({
      method: "GET",
      path: "/audit",
      tags: ["audit"],
      summary: "The audit trail; auditors only",
    })
    .input(auditFilter.extend(listQuery.shape))
    .output(listReply(auditRow))
    .errors({ ...sessionRefusals, ...refusals({ "bad-cursor": 400, "unknown-sort": 400 }) }),
};

/** Query of `GET /audit/export`. */
export const auditExportQuery = auditFilter.extend(exportQuery.shape);

/** Answered in a stream: see `published`. */
export const auditStreams = {
  export: oc
    .route({
      method: "GET",
      path: "/audit/export",
      tags: ["audit"],
      summary: "The same list as a file",
      spec: answersWithTable,
    })
    .input(auditExportQuery)
    .errors({ ...sessionRefusals, ...refusals({ "unknown-sort": 400 }) }),
};
