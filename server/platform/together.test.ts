import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CITY, type CityMember } from "../testing-city.ts";
import { testApp } from "../testing.ts";
import { principalFinder } from "../organisation/principal.ts";
import type { Principal } from "./access.ts";
import { record } from "./audit.ts";
import type { OpenTx, Tx } from "./database.ts";
import { asHouse } from "./on-behalf.ts";

const app = await testApp();
after(() => app.close());
const { database } = app;
const find = principalFinder(database, app.clock);
const shares = database.embedded === null;

async function principalOf(member: CityMember): Promise<Principal> {
  const { bureauId, id } = CITY.members[member];
  const found = await find(bureauId, id);
  assert.ok(found !== null && found !== "device-revoked");
  return { ...found, locale: "zh-CN" } as Principal;
}

async function ask<T>(tx: Tx, sql: string): Promise<T[]> {
  return (await (tx as OpenTx).client.query(sql)).rows as T[];
}

/** What somebody sees of doors, over several questions, and in which transaction. */
async function look(tx: Tx): Promise<{ seen: string; transaction: string }> {
  const ids = await ask<{ id: string }>(tx, "select id from place order by id");
  await record(tx, [{ action: "probe.looked", subjectKind: "probe", subjectId: "probe" }]);
  const beats = await ask<{ id: string }>(
    tx,
    "select distinct beat_id as id from place order by 1",
  );
  const [house] = await asHouse(tx, async (wide) => {
    await ask(wide, "select 1");
    return ask<{ n: string }>(wide, "select count(*)::text as n from place");
  });
  const afterwards = await ask<{ id: string }>(tx, "select id from place order by id");
  const [one] = await ask<{ id: string }>(tx, "select pg_current_xact_id()::text as id");
  return { seen: JSON.stringify([ids, beats, house, afterwards]), transaction: one?.id ?? "" };
}

const WHO: readonly CityMember[] = ["officer", "southOfficer", "leader", "foreignOfficer"];

test("who shares a transaction sees what he sees alone, and writes in his own name", async () => {
  const principals = await Promise.all(WHO.map(principalOf));
  const alone: string[] = [];
  for (const principal of principals) alone.push((await database.transact(principal, look)).seen);
  assert.equal(new Set(alone).size, WHO.length, "they see different things");

  const crowd = Array.from({ length: 60 }, (_, i) => i % WHO.length);
  const looks = await Promise.all(
    crowd.map((who) => database.together(principals[who] as Principal, 1, look)),
  );
  looks.forEach(({ seen }, i) => assert.equal(seen, alone[crowd[i] as number]));
  const transactions = new Set(looks.map(({ transaction }) => transaction)).size;
  assert.ok(shares ? transactions < 20 : transactions === 60, `${transactions} transactions`);
  const bureaus = new Map<string, Set<string>>();
  looks.forEach(({ transaction }, i) => {
    const { bureauId } = principals[crowd[i] as number] as Principal;
    bureaus.set(transaction, (bureaus.get(transaction) ?? new Set()).add(bureauId));
  });
  for (const of of bureaus.values()) assert.equal(of.size, 1, "bureaus never share a transaction");

  const { rows } = await database.pool.query<{ actor: string; n: number }>(
    "select actor_id as actor, count(*)::int as n from audit where action = 'probe.looked' group by 1",
  );
  for (const { id } of WHO.map((who) => CITY.members[who]))
    assert.equal(rows.find(({ actor }) => actor === id)?.n, 1 + 60 / WHO.length);
});

test("one that fails takes nothing of the others with it", async () => {
  const principals = await Promise.all(WHO.map(principalOf));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      database.together(principals[i % WHO.length] as Principal, 1, async (tx) => {
        await record(tx, [
          { action: "probe.tried", subjectKind: "probe", subjectId: `probe ${i}` },
        ]);
        if (i === 7) throw new Error("a bug");
        if (i === 8) await ask(tx, "select 1 / 0");
        await ask(tx, "select 1");
      }),
    ),
  );
  assert.deepEqual(
    outcomes.flatMap(({ status }, i) => (status === "rejected" ? [i] : [])),
    [7, 8],
  );
  const { rows } = await database.pool.query<{ subject: string }>(
    "select subject_name as subject from audit where action = 'probe.tried'",
  );
  assert.equal(rows.length, 28);
  assert.equal(new Set(rows.map(({ subject }) => subject)).size, 28);
});
