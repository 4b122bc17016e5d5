import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { published } from "@wanjia/contract/app";
import { answers as answersEn } from "@wanjia/contract/messages/answers.en";
import { answers as answersZh } from "@wanjia/contract/messages/answers.zh-CN";
import { appointments as appointmentsEn } from "@wanjia/contract/messages/appointments.en";
import { appointments as appointmentsZh } from "@wanjia/contract/messages/appointments.zh-CN";
import { bulletins as bulletinsEn } from "@wanjia/contract/messages/bulletins.en";
import { bulletins as bulletinsZh } from "@wanjia/contract/messages/bulletins.zh-CN";
import { campaigns as campaignsEn } from "@wanjia/contract/messages/campaigns.en";
import { campaigns as campaignsZh } from "@wanjia/contract/messages/campaigns.zh-CN";
import { complaints as complaintsEn } from "@wanjia/contract/messages/complaints.en";
import { complaints as complaintsZh } from "@wanjia/contract/messages/complaints.zh-CN";
import { duty as dutyEn } from "@wanjia/contract/messages/duty.en";
import { duty as dutyZh } from "@wanjia/contract/messages/duty.zh-CN";
import { insight as insightEn } from "@wanjia/contract/messages/insight.en";
import { insight as insightZh } from "@wanjia/contract/messages/insight.zh-CN";
import { listings as listingsEn } from "@wanjia/contract/messages/listings.en";
import { listings as listingsZh } from "@wanjia/contract/messages/listings.zh-CN";
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { mediation as mediationEn } from "@wanjia/contract/messages/mediation.en";
import { mediation as mediationZh } from "@wanjia/contract/messages/mediation.zh-CN";
import { organisation as organisationEn } from "@wanjia/contract/messages/organisation.en";
import { organisation as organisationZh } from "@wanjia/contract/messages/organisation.zh-CN";
import { oversight as oversightEn } from "@wanjia/contract/messages/oversight.en";
import { oversight as oversightZh } from "@wanjia/contract/messages/oversight.zh-CN";
import { places as placesEn } from "@wanjia/contract/messages/places.en";
import { places as placesZh } from "@wanjia/contract/messages/places.zh-CN";
import { platform as platformEn } from "@wanjia/contract/messages/platform.en";
import { platform as platformZh } from "@wanjia/contract/messages/platform.zh-CN";
import { planning as planningEn } from "@wanjia/contract/messages/planning.en";
import { planning as planningZh } from "@wanjia/contract/messages/planning.zh-CN";
import { privacy as privacyEn } from "@wanjia/contract/messages/privacy.en";
import { privacy as privacyZh } from "@wanjia/contract/messages/privacy.zh-CN";
import { property as propertyEn } from "@wanjia/contract/messages/property.en";
import { property as propertyZh } from "@wanjia/contract/messages/property.zh-CN";
import { residents as residentsEn } from "@wanjia/contract/messages/residents.en";
import { residents as residentsZh } from "@wanjia/contract/messages/residents.zh-CN";
import { sync as syncEn } from "@wanjia/contract/messages/sync.en";
import { sync as syncZh } from "@wanjia/contract/messages/sync.zh-CN";
import { tips as tipsEn } from "@wanjia/contract/messages/tips.en";
import { tips as tipsZh } from "@wanjia/contract/messages/tips.zh-CN";
import { visits as visitsEn } from "@wanjia/contract/messages/visits.en";
import { visits as visitsZh } from "@wanjia/contract/messages/visits.zh-CN";
import { routing as routingEn } from "@wanjia/contract/messages/routing.en";
import { routing as routingZh } from "@wanjia/contract/messages/routing.zh-CN";
import { workdays as workdaysEn } from "@wanjia/contract/messages/workdays.en";
import { workdays as workdaysZh } from "@wanjia/contract/messages/workdays.zh-CN";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { answerJobs, listeners as answerListeners } from "./answers/jobs.ts";
import { answerFiles, answerRoutes } from "./answers/routes.ts";
import { appointmentJobs, listeners as appointmentListeners } from "./appointments/jobs.ts";
import { appointmentRoutes } from "./appointments/routes.ts";
import { auditJobs } from "./audit/jobs.ts";
import { auditFiles, auditRoutes } from "./audit/routes.ts";
import { bulletinRoutes } from "./bulletins/routes.ts";
import { campaignJobs } from "./campaigns/jobs.ts";
import { campaignContext } from "./campaigns/read-model.ts";
import { campaignRoutes } from "./campaigns/routes.ts";
import { complaintJobs, listeners as complaintListeners } from "./complaints/jobs.ts";
import { complaintRoutes } from "./complaints/routes.ts";
import { dutyRoutes } from "./duty/routes.ts";
import { hazardJobs } from "./hazards/jobs.ts";
import { hazardRoutes } from "./hazards/routes.ts";
import { insightJobs, listeners as insightListeners } from "./insight/jobs.ts";
import { insightFiles, insightRoutes } from "./insight/routes.ts";
import { paperForms } from "./intake/paper-form.ts";
import { intakeRoutes } from "./intake/routes.ts";
import { listingFiles, listingRoutes } from "./listings/routes.ts";
import { syncCommands as matterCommands } from "./matters/commands.ts";
import { keepContactsWith } from "./platform/contacts.ts";
import { listeners as matterListeners, matterJobs } from "./matters/jobs.ts";
import { matterFeed } from "./matters/feed-read-model.ts";
import { plainPages } from "./matters/plain.ts";
import { residentRoutes } from "./matters/residents-routes.ts";
import { matterFiles, matterRoutes } from "./matters/routes.ts";
import { listeners as mediationListeners, mediationJobs } from "./mediation/jobs.ts";
import { mediationFiles, mediationRoutes } from "./mediation/routes.ts";
import { memberContext } from "./organisation/read-model.ts";
import { organisationRoutes } from "./organisation/routes.ts";
import { placeJobs } from "./places/jobs.ts";
import { placesAt, resolvePlate } from "./places/plates.ts";
import { feed as placeFeed } from "./places/read-model.ts";
import { placesFiles, placesRoutes } from "./places/routes.ts";
import { planningFiles } from "./planning/calendar.ts";
import { oversightJobs } from "./oversight/jobs.ts";
import { oversightRoutes } from "./oversight/routes.ts";
import { listeners as planningListeners, planningJobs } from "./planning/jobs.ts";
import { planContext } from "./planning/read-model.ts";
import { planningRoutes } from "./planning/routes.ts";
import { syncCommands as planningCommands } from "./planning/sync-commands.ts";
import { listen } from "./platform/audit.ts";
import type { Database } from "./platform/database.ts";
import { createHttp, type HttpOptions, type Services } from "./platform/http.ts";
import type { JobDefinitions } from "./platform/jobs.ts";
import { forgetAll } from "./platform/memory.ts";
import { addRefusalTexts } from "./platform/messages.ts";
import { openApi } from "./platform/openapi.ts";
import { problem } from "./platform/problem.ts";
import { takeCommands } from "./platform/sync.ts";
import { feedPhones, tellPhones } from "./platform/sync-pull.ts";
import { addPull, syncRoutes } from "./platform/sync-routes.ts";
import { dataRequestRoutes } from "./privacy/request-routes.ts";
import { listeners as privacyListeners, privacyJobs } from "./privacy/jobs.ts";
import { privacyRoutes } from "./privacy/routes.ts";
import { propertyJobs } from "./property/jobs.ts";
import { propertyFiles, propertyRoutes } from "./property/routes.ts";
import { bodyPages } from "./matters/body-pages.ts";
import { bodySteps } from "./matters/bodies.ts";
import { referralRoutes } from "./referrals/routes.ts";
import { listeners as referralListeners } from "./referrals/jobs.ts";
import { routingRoutes } from "./routing/routes.ts";
import { sessionRoutes } from "./session/routes.ts";
import { tipJobs } from "./tips/jobs.ts";
import { tipRoutes } from "./tips/routes.ts";
import { syncCommands as visitCommands } from "./visits/commands.ts";
import { listeners as visitListeners, visitJobs } from "./visits/jobs.ts";
import { doorFeed } from "./visits/read-model.ts";
import { visitFiles, visitRoutes } from "./visits/routes.ts";
import { workdayRoutes } from "./workdays/routes.ts";

const VERSION = "0.1.0";

/** Every subject's routes, by the names of the contract. */
const router = {
  session: sessionRoutes,
  organisation: organisationRoutes,
  audit: auditRoutes,
  sync: syncRoutes,
  places: placesRoutes,
  privacy: privacyRoutes,
  matters: matterRoutes,
  duty: dutyRoutes,
  answers: answerRoutes,
  referrals: { ...referralRoutes, ...bodySteps },
  hazards: hazardRoutes,
  listings: listingRoutes,
  mediation: mediationRoutes,
  oversight: oversightRoutes,
  property: propertyRoutes,
  campaigns: campaignRoutes,
  visits: visitRoutes,
  insight: insightRoutes,
  bulletins: bulletinRoutes,
  intake: intakeRoutes,
  tips: tipRoutes,
  complaints: complaintRoutes,
  appointments: appointmentRoutes,
  dataRequests: dataRequestRoutes,
  residents: residentRoutes,
  planning: planningRoutes,
  workdays: workdayRoutes,
  routing: routingRoutes,
};

addRefusalTexts("zh-CN", issueTexts(platformZh.issues));
addRefusalTexts("en", issueTexts(platformEn.issues));
for (const { refusals } of [
  platformZh,
  campaignsZh,
  visitsZh,
  organisationZh,
  placesZh,
  privacyZh,
  syncZh,
  mattersZh,
  dutyZh,
  answersZh,
  listingsZh,
  mediationZh,
  oversightZh,
  propertyZh,
  insightZh,
  bulletinsZh,
  tipsZh,
  complaintsZh,
  appointmentsZh,
  residentsZh,
  planningZh,
  workdaysZh,
  routingZh,
])
  addRefusalTexts("zh-CN", refusals);
for (const { refusals } of [
  platformEn,
  campaignsEn,
  visitsEn,
  organisationEn,
  placesEn,
  privacyEn,
  syncEn,
  mattersEn,
  dutyEn,
  answersEn,
  listingsEn,
  mediationEn,
  oversightEn,
  propertyEn,
  insightEn,
  bulletinsEn,
  tipsEn,
  complaintsEn,
  appointmentsEn,
  residentsEn,
  planningEn,
  workdaysEn,
  routingEn,
])
  addRefusalTexts("en", refusals);

/** What each subject does after another's change, in the same transaction. */
for (const listeners of [
  visitListeners,
  matterListeners,
  mediationListeners,
  insightListeners,
  answerListeners,
  appointmentListeners,
  planningListeners,
  referralListeners,
  complaintListeners,
  privacyListeners,
])
  listen(listeners);

/** What phones send and fetch. */
for (const commands of [visitCommands, matterCommands, planningCommands]) takeCommands(commands);
feedPhones(placeFeed, doorFeed, matterFeed);
tellPhones({ ...campaignContext, ...memberContext, ...planContext });

/** Background work of all subjects. */
export function jobsOf(database: Database): JobDefinitions {
  return {
    ...placeJobs(database),
    ...campaignJobs(database),
    ...visitJobs(database),
    ...matterJobs(database),
    ...answerJobs(database),
    ...hazardJobs(database),
    ...mediationJobs(database),
    ...propertyJobs(database),
    ...insightJobs(database),
    ...tipJobs(database),
    ...complaintJobs(database),
    ...appointmentJobs(database),
    ...planningJobs(database),
    ...oversightJobs(database),
    ...privacyJobs(database),
    ...auditJobs(database),
  };
}

export interface AppOptions extends Omit<HttpOptions, "router"> {
  /** Where the built apps are; without it only the API is served. */
  readonly apps?: string | undefined;
}

/** The one place that knows every subject. */
export async function createApp({ services, apps, ...http }: AppOptions): Promise<FastifyInstance> {
  forgetAll();
  keepContactsWith(services.secrets.fieldKey);
  const app = createHttp({ services, router, ...http });
  addHealth(app, services);
  for (const addStream of [
    auditFiles,
    placesFiles,
    visitFiles,
    addPull,
    matterFiles,
    answerFiles,
    bodyPages,
    mediationFiles,
    listingFiles,
    propertyFiles,
    insightFiles,
    planningFiles,
    plainPages(resolvePlate, placesAt),
    paperForms,
  ])
    addStream(app, services);
  let document: object | null = null;
  app.get("/openapi.json", async () => (document ??= await openApi(published, VERSION)));
  await serveApps(app, apps);
  return app;
}

function issueTexts(issues: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(issues).map(([code, text]) => [`issues.${code}`, text]));
}

function addHealth(app: FastifyInstance, services: Services): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "wanjia_http_request_seconds",
    help: "Time to answer, by method and status class",
    labelNames: ["method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    duration.observe({ method: request.method, status }, reply.elapsedTime / 1000);
  });
  app.get("/healthz", async () => ({ status: "ok", version: VERSION }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await services.database.pool.query("select 1");
      return { status: "ready" };
    } catch {
      return reply.status(503).send({ status: "database-unreachable" });
    }
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

/** The three apps: residents at `/`, the desk at `/console/`, the officer's phone at `/field/`. */
async function serveApps(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const places = ["field", "console", "public"]
    .map((name) => ({
      prefix: name === "public" ? "/" : `/${name}/`,
      root: join(folder ?? "", name, "dist"),
    }))
    .filter(({ root }) => folder !== undefined && existsSync(root));
  let first = true;
  for (const { prefix, root } of places) {
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: first,
      preCompressed: true,
      setHeaders(reply, path) {
        const hashed = /\/assets\//.test(path);
        reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        if (!path.endsWith(".html")) return;
        reply.header("content-security-policy", CONTENT_POLICY);
        // Nobody is asked where he is: the browser itself refuses to say.
        reply.header("permissions-policy", "geolocation=()");
      },
    });
    first = false;
    if (prefix !== "/") app.get(prefix.slice(0, -1), (_request, reply) => reply.redirect(prefix));
  }
  app.setNotFoundHandler((request, reply) => {
    const page = places.find(({ prefix }) => request.url.startsWith(prefix));
    const wantsPage =
      request.method === "GET" &&
      !request.url.startsWith("/api/") &&
      // A plate's code ends in a dot and its check signs, as a file's name does.
      (request.url.startsWith("/p/") || !/\.\w+$/.test(request.url.split("?", 1)[0] ?? ""));
    if (page === undefined || !wantsPage)
      return reply.status(404).send(problem(404, "unknown-path"));
    return reply.sendFile("index.html", page.root);
  });
}

/** Nothing from outside: no foreign scripts, fonts, maps or telemetry (domain.md §8.1, no. 13). */
const CONTENT_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join("; ");
