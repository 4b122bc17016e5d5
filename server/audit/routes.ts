import { implement, ORPCError } from "@orpc/server";
import { auditContract, auditExportQuery } from "@wanjia/contract/audit";
import { maySeeAudit } from "@wanjia/domain/organisation/policy";
import type { FastifyInstance } from "fastify";
import { sendExport } from "../platform/export.ts";
import {
  allow,
  API,
  type Context,
  type Services,
  signedIn,
  signedInContext,
} from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import { auditList, type AuditRow } from "./read-model.ts";

const os = implement(auditContract).$context<Context>().use(signedIn);

export const auditRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    allow(maySeeAudit(context.principal.role));
    return context.transact((tx) =>
      keysetPage<AuditRow>(tx, auditList(context.principal.bureauId, input), input),
    );
  }),
});

export function auditFiles(app: FastifyInstance, services: Services): void {
  app.get(`${API}/audit/export`, async (request, reply) => {
    const context = await signedInContext(services, request, reply);
    allow(maySeeAudit(context.principal.role));
    const query = auditExportQuery.safeParse(request.query);
    if (!query.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: query.error });
    const { format, sort, ...filter } = query.data;
    return sendExport<AuditRow>(context, {
      format,
      name: "audit",
      list: auditList(context.principal.bureauId, filter),
      sort,
      columns: [
        { title: "time", value: (row) => new Date(row.at).toISOString() },
        { title: "actor", value: (row) => row.actorName },
        { title: "role", value: (row) => row.actorRole },
        { title: "action", value: (row) => row.action },
        { title: "subject", value: (row) => `${row.subjectKind} ${row.subjectId}` },
        { title: "purpose", value: (row) => row.purpose },
        {
          title: "detail",
          value: (row) => (row.detail === null ? "" : JSON.stringify(row.detail)),
        },
      ],
    });
  });
}
