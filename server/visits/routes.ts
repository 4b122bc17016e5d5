import { implement } from "@orpc/server";
import { visits as visitsEn } from "@wanjia/contract/messages/visits.en";
import { visits as visitsZh } from "@wanjia/contract/messages/visits.zh-CN";
import { visitExportQuery, type VisitRecord, visitsContract } from "@wanjia/contract/visits";
import { refuse } from "@wanjia/domain/shared/result";
import { doorStatus, NEW_DOOR, nextAttempt } from "@wanjia/domain/visits/door";
import { maySeeOutcome, mayVisit } from "@wanjia/domain/visits/policy";
import type {
  CorrectedVisit,
  NoteDoor,
  RecordVisit,
  VisitRefusal,
} from "@wanjia/domain/visits/terms";
import { ORPCError } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { record as recordFacts } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import { sendExport } from "../platform/export.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  signedIn,
  signedInContext,
} from "../platform/http.ts";
import { keysetPage } from "../platform/list.ts";
import * as commands from "./commands.ts";
import * as readModel from "./read-model.ts";

const os = implement(visitsContract).$context<Context>().use(signedIn);

export const visitRoutes = os.router({
  list: os.list.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayVisit(principal.role, "list"));
    return context.transact((tx) =>
      keysetPage<readModel.VisitListRow>(tx, readModel.visitList(principal, input), input),
    );
  }),

  get: os.get.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayVisit(principal.role, "see"));
    return context.transact(async (tx) => {
      const chain = await readModel.visitChain(tx, input.id);
      const found = orNotFound(chain.find(({ id }) => id === input.id));
      const needs = await readModel.accessNeedsOf(tx, found.id);
      await recordFacts(tx, [
        {
          action: "visit.viewed",
          subjectKind: "visit",
          subjectId: found.id,
          stationId: found.stationId,
        },
      ]);
      // By the first record of the chain: correcting a visit is no way to read what came of it.
      const wasThere = maySeeOutcome(principal.memberId, chain[0] ?? found);
      const shown = present(found, wasThere);
      return {
        ...shown,
        details:
          shown.details === null || needs.length === 0
            ? shown.details
            : { ...shown.details, accessNeeds: needs },
        chain: chain.map((one) => present(one, wasThere)),
        mayCorrect:
          found.correctedBy === null &&
          mayVisit(principal.role, "correct") &&
          (wasThere || mayVisit(principal.role, "correct_others")),
      };
    });
  }),

  record: os.record.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    const { id = newId(context.now()), ...body } = input;
    return context.transact(async (tx) => {
      if ((await commands.knownVisits(tx, [id])).has(id)) return { id, warnings: [] };
      const item = { id, body: body as RecordVisit, base: null, at: tx.now, correctedAt: tx.now };
      const [decision] = await commands.recordVisits(tx, { principal, atDesk: true }, [item]);
      const { warnings } = orRefuse(allowed(decision), errors);
      return { id, warnings: [...warnings] };
    });
  }),

  correct: os.correct.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    const id = newId(context.now());
    const body = { corrects: input.id, reason: input.reason, visit: input.visit as CorrectedVisit };
    return context.transact(async (tx) => {
      const item = { id, body, base: null, at: tx.now, correctedAt: tx.now };
      const [decision] = await commands.correctVisits(tx, { principal, atDesk: true }, [item]);
      const { warnings } = orRefuse(allowed(decision), errors);
      return { id, warnings: [...warnings] };
    });
  }),

  doors: os.doors.handler(({ context, input }) => {
    allow(mayVisit(context.principal.role, "see_doors"));
    const campaignId = input.campaignId ?? null;
    return context.transact(async (tx) => {
      const doors = await readModel.doorsOfBuilding(tx, input.id);
      return {
        items: doors.map(({ state, ...door }) => {
          const known = state ?? NEW_DOOR;
          const next = nextAttempt(known, campaignId, tx.now);
          return {
            ...door,
            status: doorStatus(known, campaignId, tx.now),
            nextBand: next.kind === "knock" ? next.band : null,
            version: known.version,
          };
        }),
      };
    });
  }),

  note: os.note.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    const { base, ...body } = input;
    return context.transact(async (tx) => {
      const at = tx.now;
      const item = { id: newId(at), body: body as NoteDoor, base, at, correctedAt: at };
      const [decision] = await commands.noteDoors(tx, { principal, atDesk: true }, [item]);
      const { version } = orRefuse(allowed(decision), errors);
      return { version };
    });
  }),

  occupancy: os.occupancy.handler(({ context, input }) => {
    allow(mayVisit(context.principal.role, "see_occupancy"));
    return context.transact(async (tx) => {
      const found = await readModel.occupancyOf(tx, input.placeId);
      await recordFacts(tx, [
        {
          action: "occupancy.viewed",
          subjectKind: "door",
          subjectId: input.placeId,
          purpose: "plan_visit",
        },
      ]);
      return found ?? { status: null, notedAt: null, expiresAt: null };
    });
  }),
});

/** A single command's answer; who may not do it at all gets 403 like everywhere. */
function allowed(decision: commands.Decision | undefined) {
  if (decision === undefined) throw new Error("a command without an answer");
  if (decision.ok) return decision;
  const { code, params } = decision.refusal;
  if (code === "not-allowed") throw new ORPCError("not-allowed", { status: 403 });
  return refuse<VisitRefusal>(code, params);
}

/** A record as this reader may see it: only who was there sees what a `not_met` was. */
function present(row: readModel.VisitRecordRow, wasThere: boolean): VisitRecord {
  const { exactOutcome, teamNames, completed, details, ...record } = row;
  return {
    ...record,
    outcome: wasThere ? exactOutcome : row.outcome,
    team: row.team.map((id) => ({ id, name: teamNames[id] ?? null })),
    details: wasThere || completed ? details : null,
  };
}

/** `GET /visits/export?format=csv|xlsx` with the filters of the list. */
export function visitFiles(app: FastifyInstance, services: Services): void {
  app.get(`${API}/visits/export`, async (request, reply) => {
    const context = await signedInContext(services, request, reply);
    const { principal, locale } = context;
    allow(mayVisit(principal.role, "export"));
    const query = visitExportQuery.safeParse(request.query);
    if (!query.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: query.error });
    const { format, sort } = query.data;
    const texts = locale === "en" ? visitsEn : visitsZh;
    const { column } = texts;
    return sendExport<readModel.VisitListRow>(context, {
      format,
      name: texts.file,
      list: readModel.visitList(principal, query.data),
      sort,
      action: "visits.exported",
      columns: [
        { title: column.visitedAt, value: (row) => localTimeText(row.visitedAt) },
        { title: column.place, value: (row) => row.place },
        { title: column.station, value: (row) => row.stationName },
        { title: column.beat, value: (row) => row.beatName },
        { title: column.member, value: (row) => row.memberName },
        { title: column.outcome, value: (row) => texts.outcome[row.outcome] },
        { title: column.timeMode, value: (row) => texts.timeMode[row.timeMode] },
        { title: column.isCorrection, value: (row) => (row.isCorrection ? texts.yes : "") },
      ],
    });
  });
}

/** `2026-11-10 19:30` in Asia/Shanghai, which spreadsheets read as a time. */
function localTimeText(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
