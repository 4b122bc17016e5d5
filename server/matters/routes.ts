import { implement, ORPCError } from "@orpc/server";
import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import { paperOf } from "@wanjia/contract/matter-documents";
import {
  type MatterClock,
  type MatterDetail,
  matterExportQuery,
  type MatterFilter,
  mattersContract,
} from "@wanjia/contract/matters";
import { matters as textsEn } from "@wanjia/contract/messages/matters.en";
import { matters as textsZh } from "@wanjia/contract/messages/matters.zh-CN";
import { latestFixDay } from "@wanjia/domain/matters/decide-hazard";
import { UNTOUCHED } from "@wanjia/domain/matters/evolve-hazard";
import { parseNumber, printNumber } from "@wanjia/domain/matters/number";
import {
  mayCommand,
  mayEditClockRules,
  mayExport,
  mayIssueReceipt,
  mayList,
  mayRead,
  mayReadClockRules,
  mayRevealContact,
  seesOnlyOwn,
} from "@wanjia/domain/matters/policy";
import { type RunningClock, WORK_LISTS, type WorkList } from "@wanjia/domain/matters/clock-terms";
import {
  type ClockRule,
  type Clockwork,
  forReference,
  ruleOf,
} from "@wanjia/domain/matters/clocks";
import { extensionLeft } from "@wanjia/domain/matters/running";
import { lawfulWaivers, openSteps, pausable } from "@wanjia/domain/matters/next-steps";
import { excerpt, type Search, searchFor } from "@wanjia/domain/matters/search";
import type { Matter } from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { followsMediation } from "@wanjia/domain/mediation/outcome";
import { type Id, isId } from "@wanjia/domain/shared/id";
import { refuse } from "@wanjia/domain/shared/result";
import { localDate } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import type { Principal } from "../platform/access.ts";
import type { Tx } from "../platform/database.ts";
import { sendDocx } from "../platform/send-docx.ts";
import { type ExportColumn, sendExport } from "../platform/export.ts";
import {
  allow,
  API,
  type Context,
  orNotFound,
  orRefuse,
  type Services,
  type SignedIn,
  signedIn,
  signedInContext,
} from "../platform/http.ts";
import { countUpTo, keysetPage, type Page } from "../platform/list.ts";
import { sentence } from "../platform/messages.ts";
import { clockwork, saveClockRule, withdrawClockRule } from "./clock-commands.ts";
import { referralOf } from "../referrals/read-model.ts";
import * as commands from "./commands.ts";
import * as hazards from "./hazard-commands.ts";
import { checkPhotos, keepPhotos } from "./photos.ts";
import * as merging from "./merge-commands.ts";
import * as readModel from "./read-model.ts";
import { searchPage } from "./search-read-model.ts";

const os = implement(mattersContract).$context<Context>().use(signedIn);

/** The filter as the list wants it; a number that can't be one finds nothing. */
function queryOf(filter: MatterFilter, search?: Search): readModel.MatterQuery {
  const { number, words: _words, ...rest } = filter;
  return {
    ...rest,
    number: number === undefined ? undefined : (parseNumber(number) ?? "-"),
    search,
  };
}

/** What the caller may not read doesn't exist for him. */
function readable(principal: Principal, matter: Matter | undefined): Matter {
  const found = orNotFound(matter);
  return orNotFound(mayRead(principal, found) ? found : undefined);
}

/** Works where what is asked for can be seen; whoever has no beat reaches his own matters and what stands beside them. */
async function reaching<T>(context: SignedIn, id: Id, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { principal } = context;
  return context.transact((tx) =>
    readModel.amongOwn(tx, principal, (seeing, ids) => {
      orNotFound(ids === undefined ? id : ids.find((own) => own === id));
      return work(seeing);
    }),
  );
}

async function view(tx: Tx, principal: Principal, id: Id): Promise<Matter> {
  return readable(principal, await commands.viewMatter(tx, id));
}

async function present(tx: Tx, principal: Principal, matter: Matter): Promise<MatterDetail> {
  const { id, placeId, referral } = matter;
  // All asked at once: they go to the database in one packet.
  const [work, shown, held, sent, reporters, timeline, atHome] = await Promise.all([
    clockwork(tx),
    readModel.findMatterRow(tx, id),
    commands.inMediation(tx, matter),
    referral === null ? undefined : referralOf(tx, id, referral.seq),
    merging.reportersOf(tx, id),
    readModel.timelineOf(tx, id),
    matter.kind === "hazard" && hazards.liesInHome(tx, placeId),
  ]);
  const row = orNotFound(shown);
  const { version, reason, origin, reporter, feedback, anonymous, suitable } = matter;
  const { communityId, visitId, resolvedAt, answeredAt } = matter;
  const steps = openSteps(matter, principal, work);
  return {
    ...row,
    referral: sent ?? null,
    version,
    reason,
    origin,
    reporter,
    feedback,
    anonymous,
    communityId,
    visitId,
    suitable,
    stopSigns: [...matter.stopSigns],
    resolvedAt,
    answeredAt,
    mayReveal: row.contact !== null && mayRevealContact(principal, matter),
    mayIssueReceipt: matter.reporter === "resident" && mayIssueReceipt(principal.role),
    steps: steps.filter(
      // In a home nobody of the house takes a photo.
      (step) => (!held || !followsMediation(step)) && !(step === "show_place" && atHome),
    ),
    waivers: lawfulWaivers(matter, principal, work).slice(),
    clocks: matter.clocks.map((clock) => presentClock(clock, work)),
    pauseReason: matter.pauseReason,
    pauses: [...pausable(matter, work)],
    hazard:
      matter.kind === "hazard"
        ? {
            ...(matter.hazard ?? UNTOUCHED),
            atHome,
            latestFixDay: latestFixDay(matter, work),
          }
        : null,
    merged: matter.merged,
    reporters,
    timeline,
  };
}

function presentClock(clock: RunningClock, work: Clockwork): MatterClock {
  const { raisedAt: _raisedAt, extended: _extended, ...running } = clock;
  const { amount, unit, source, basis, extension } = ruleOf(clock, work);
  const most = extensionLeft(clock, work);
  return {
    ...running,
    amount,
    unit,
    source,
    basis,
    extension:
      extension === null || most === 0
        ? null
        : { most, unit: extension.unit, tellResident: extension.tellResident },
  };
}

function presentRule({ runs, pauses, extension, ...rule }: ClockRule): ClockRuleRow {
  return {
    ...rule,
    reference: forReference({ id: rule.id, runs }),
    purpose: runs?.purpose ?? null,
    kinds: [...(runs?.on.kinds ?? [])],
    pauses: [...pauses],
    extension: extension === null ? null : { ...extension, by: [...extension.by] },
  };
}

export const matterRoutes = os.router({
  list: os.list.handler(({ context, input, errors }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    const own = seesOnlyOwn(principal.role);
    const { words = "", cursor, size, sort, ...filter } = input;
    const search =
      words.trim() === "" ? undefined : orRefuse(searchFor(words, inspectText), errors);
    const query = queryOf(filter, search);
    const page = { cursor, size, sort };
    return context.transact(async (tx) => {
      if (own) {
        return readModel.amongOwn(tx, principal, (seeing, ids) => {
          const few = { ...query, ids, containing: words.trim() || undefined };
          const list = readModel.matterList(principal, few, context.now(), own);
          return keysetPage<readModel.MatterListRow>(seeing, list, page);
        });
      }
      const list = readModel.matterList(principal, query, context.now(), own);
      if (search === undefined) return keysetPage<readModel.MatterListRow>(tx, list, page);
      const asked = { query, search, list, page };
      const answer = await searchPage<readModel.MatterListRow>(tx, principal, asked);
      const short = (text: string) => excerpt(text, words, readModel.SNIPPET);
      return { ...answer, items: answer.items.map((row) => ({ ...row, text: short(row.text) })) };
    });
  }),

  get: os.get.handler(({ context, input }) =>
    reaching(context, input.id, async (tx) =>
      present(tx, context.principal, await view(tx, context.principal, input.id)),
    ),
  ),

  raise: os.raise.handler(({ context, input, errors }) => {
    const { principal } = context;
    return context.transact(async (tx) => {
      const [answer] = await commands.raiseMatters(tx, principal, [{ draft: input, at: tx.now }]);
      if (answer !== undefined) orRefuse(answer, errors);
      return present(tx, principal, await view(tx, principal, input.id));
    });
  }),

  step: os.step.handler(({ context, input, errors }) => {
    const { principal, services } = context;
    return reaching(context, input.id, async (tx) => {
      const [held] = await Promise.all([commands.holdMatter(tx, input.id), clockwork(tx)]);
      const matter = readable(principal, held);
      const { step } = input;
      const photos = step.type === "show_place" ? step.photos : [];
      const pictures = orRefuse(checkPhotos(photos), errors);
      const order = await merging.orderOf(tx, matter, step);
      const taken = await commands.takeStep(tx, principal, matter, order, input.version);
      // What is refused takes its photos with it: nothing of this transaction stays.
      await keepPhotos(tx, services.secrets.fieldKey, matter, "put_right", pictures);
      return present(tx, principal, orRefuse(taken, errors));
    });
  }),

  assignMany: os.assignMany.handler(({ context, input }) => {
    const { principal, locale } = context;
    allow(mayCommand(principal.role, "assign"));
    return context.transact(async (tx) => {
      const assigned: Id[] = [];
      const refused: { id: Id; why: string }[] = [];
      // In one order for everybody, so that two who choose the same never wait for each other.
      for (const id of new Set(input.ids.toSorted())) {
        const matter = await commands.holdMatter(tx, id);
        const order = { type: "assign", to: input.to } as const;
        const taken =
          matter === undefined || !mayRead(principal, matter)
            ? refuse("not-found")
            : await commands.takeStep(tx, principal, matter, order, matter.version);
        if (taken.ok) assigned.push(id);
        else refused.push({ id, why: sentence(locale, taken.refusal.code, taken.refusal.params) });
      }
      return { assigned, refused };
    });
  }),

  assignees: os.assignees.handler(({ context, input }) =>
    reaching(context, input.id, async (tx) => {
      const matter = await view(tx, context.principal, input.id);
      const items = await readModel.handlersCovering(tx, matter, commands.HANDLING_ROLES);
      return { items: items.filter(({ id }) => id !== matter.responsibleId) };
    }),
  ),

  similar: os.similar.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayList(principal.role) && !seesOnlyOwn(principal.role));
    return context.transact(async (tx) => ({ items: await merging.similarTo(tx, input) }));
  }),

  work: os.work.handler(({ context, input }) => {
    const { principal } = context;
    allow(mayList(principal.role));
    const own = seesOnlyOwn(principal.role);
    return context.transact((tx) =>
      readModel.amongOwn(tx, principal, async (seeing, ids) => {
        const counted = await Promise.all(
          WORK_LISTS.map(async (work) => {
            const query = { ...input, work, ids, dateOf: "registered" } as const;
            const list = readModel.matterList(principal, query, context.now(), own);
            return [work, await countUpTo(seeing, list)] as const;
          }),
        );
        return { lists: Object.fromEntries(counted) as Record<WorkList, Page<never>["total"]> };
      }),
    );
  }),

  clockRules: os.clockRules.handler(({ context }) => {
    allow(mayReadClockRules(context.principal.role));
    return context.transact(async (tx) => ({
      items: (await clockwork(tx)).rules.map(presentRule),
      today: localDate(tx.now),
    }));
  }),

  saveClockRule: os.saveClockRule.handler(({ context, input, errors }) => {
    allow(mayEditClockRules(context.principal.role));
    return context.transact(async (tx) =>
      presentRule(orRefuse(await saveClockRule(tx, input), errors)),
    );
  }),

  withdrawClockRule: os.withdrawClockRule.handler(({ context, input, errors }) => {
    allow(mayEditClockRules(context.principal.role));
    return context.transact(async (tx) => {
      orRefuse(await withdrawClockRule(tx, input), errors);
      return { done: true as const };
    });
  }),

  reveal: os.reveal.handler(async ({ context, input, errors }) => {
    const { principal } = context;
    const revealed = await reaching(context, input.id, async (tx) => {
      const matter = await view(tx, principal, input.id);
      allow(mayRevealContact(principal, matter));
      return orNotFound(await commands.revealContact(tx, principal, matter, input.purpose));
    });
    // Outside of the transaction: that it was refused is kept too.
    return orRefuse(revealed, errors);
  }),
});

// -- files ----------------------------------------------------------------------------------------

/** A matter's file holds no way to reach a resident. */
function columnsFor(locale: "zh-CN" | "en"): ExportColumn<readModel.MatterPrinted>[] {
  const texts = locale === "en" ? textsEn : textsZh;
  const label = (group: Readonly<Record<string, string>>, key: string | null): string | null =>
    key === null ? null : (group[key] ?? key);
  const day = (instant: number | null): string | null =>
    instant === null ? null : localDate(instant);
  const { column } = texts;
  return [
    { title: column.number, value: (row) => printNumber(row.number) },
    { title: column.kind, value: (row) => texts.kind[row.kind] },
    { title: column.subtype, value: (row) => label(texts.subtype[row.kind], row.subtype) },
    { title: column.grade, value: (row) => label(texts.grade, row.grade) },
    { title: column.state, value: (row) => texts.state[row.state] },
    { title: column.outcome, value: (row) => label(texts.outcome, row.outcome) },
    { title: column.station, value: (row) => row.stationName },
    { title: column.beat, value: (row) => row.beatName },
    { title: column.place, value: (row) => row.place },
    { title: column.responsible, value: (row) => row.responsibleName },
    { title: column.registered, value: (row) => day(row.registeredAt) },
    { title: column.due, value: (row) => row.dueOn },
    { title: column.closed, value: (row) => day(row.closedAt) },
    { title: column.text, value: (row) => row.text },
  ];
}

export function matterFiles(app: FastifyInstance, services: Services): void {
  app.get(`${API}/matters/export`, async (request, reply) => {
    const context = await signedInContext(services, request, reply);
    const { principal, locale } = context;
    allow(mayExport(principal.role));
    const query = matterExportQuery.safeParse(request.query);
    if (!query.success) throw new ORPCError("BAD_REQUEST", { status: 400, data: query.error });
    const { words = "" } = query.data;
    const search = words.trim() === "" ? undefined : searchFor(words, inspectText);
    if (search?.ok === false) throw new ORPCError(search.refusal.code, { status: 422 });
    return sendExport<readModel.MatterPrinted>(context, {
      format: query.data.format,
      name: (locale === "en" ? textsEn : textsZh).noun,
      list: readModel.matterFile(principal, queryOf(query.data, search?.value), context.now()),
      sort: query.data.sort,
      action: "matters.exported",
      columns: columnsFor(locale),
    });
  });
  app.get<{ Params: { id: string; kind: string } }>(
    `${API}/matters/:id/papers/:kind`,
    async (request, reply) => {
      const context = await signedInContext(services, request, reply);
      const { principal } = context;
      const { id } = request.params;
      if (!isId(id)) throw new ORPCError("not-found", { status: 404 });
      const { blocks, title } = await reaching(context, id, async (tx) => {
        const matter = await view(tx, principal, id);
        const { kind } = request.params;
        const paper = paperOf(kind, await present(tx, principal, matter)) ?? undefined;
        await hazards.recordPaper(tx, matter, kind);
        return orNotFound(paper);
      });
      return sendDocx(reply, blocks, title);
    },
  );
}
