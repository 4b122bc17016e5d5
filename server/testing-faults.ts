/**
 * A server to be killed by `faults.test.ts`: the platform on a real database, with the test subject
 * and no other, so that it is up again soon. Opens its database when it is told to, says its port,
 * and lives until it dies.
 */
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { sessionRoutes } from "./session/routes.ts";
import { principalFinder } from "./organisation/principal.ts";
import { buildCity } from "./testing-city.ts";
import { systemClock } from "./platform/clock.ts";
import { deriveSecrets } from "./platform/crypto.ts";
import { Database } from "./platform/database.ts";
import { createHttp } from "./platform/http.ts";
import { migrate } from "./platform/migrate.ts";
import { Puzzles } from "./platform/puzzles.ts";
import { Sessions } from "./platform/session.ts";
import { addPull, syncRoutes } from "./platform/sync-routes.ts";
import { addProbe } from "./platform/sync-testing.ts";

// Whoever would kill it is gone.
process.once("disconnect", () => process.exit(0));
// Who is killed has no time to leave its compiled code to the next one.
flushCompileCache();
await once(process, "message");
const { WANJIA_DATA: directory } = process.env;
const url = process.env["DATABASE_URL"] || undefined;
const database = await Database.open({
  ...(url === undefined ? {} : { url }),
  directory: directory ?? null,
  clock: systemClock,
});
const secrets = deriveSecrets("a secret that survives every kill of this test");
const sessions = new Sessions({
  database,
  secret: secrets.sessionSecret,
  clock: systemClock,
  secureCookies: false,
  findPrincipal: principalFinder(database, systemClock),
});
const filled = await database.pool.query(
  "select to_regclass('bureau') is not null as migrated, to_regclass('probe_door') is not null as probed",
);
if (filled.rows[0].migrated !== true) {
  await migrate(database);
  await buildCity(database, sessions);
}
await addProbe(database, filled.rows[0].probed !== true);
const puzzles = new Puzzles(secrets.sessionSecret);
const services = { database, clock: systemClock, secrets, puzzles, sessions, demo: false };
const app = createHttp({
  services,
  router: { session: sessionRoutes, sync: syncRoutes },
  log: "silent",
});
addPull(app, services);
process.send?.(new URL(await app.listen({ host: "127.0.0.1", port: 0 })).port);
