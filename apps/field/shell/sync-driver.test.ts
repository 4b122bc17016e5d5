import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import test from "node:test";
import { openUnsent } from "@wanjia/sync/export";
import { DAY_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { sealing, sha256 } from "@wanjia/sync/webcrypto";
import { look } from "./sight.ts";
import { clockOff } from "./driver-terms.ts";
import { UNDO_MS } from "./sync-driver.ts";
import { TEST_EVENING, TEST_IDS, TEST_LOGIN, TEST_PASSWORD } from "./testing.ts";
import { aPhone, opened, PIN, sessionOn, settle, visit } from "./testing-phone.ts";

test("nothing is sent within the ten seconds; then it is, and a receipt proves it", async () => {
  const { driver, store, server, session, world, db } = await aPhone();
  const mine = visit(session, server);
  await driver.record({ mine });
  assert.equal(driver.status().unsent, 1);
  await world.pass(UNDO_MS - 1);
  assert.equal(server.ledger.size, 0);
  await world.pass(1);
  assert.equal(server.ledger.size, 1);
  assert.deepEqual([driver.status().unsent, driver.status().receipts], [0, 1]);
  assert.equal((await look(db)).unsent, 0);
  const line = await store.outbox.ledgerEntry(mine.command.id);
  assert.equal(line?.receipt.hash, line?.hash);
});

test("undone, it never reaches the server", async () => {
  const { driver, server, session, world } = await aPhone();
  const mine = visit(session, server);
  await driver.record({ mine });
  assert.equal(await driver.undo(mine.command.id), true);
  await world.pass(UNDO_MS * 2);
  assert.equal(server.ledger.size, 0);
  assert.equal(driver.status().unsent, 0);
});

test("killed within the ten seconds, the work is queued at the next start", async () => {
  const phone = await aPhone();
  const { db, server, world } = phone;
  await phone.driver.record({ mine: visit(phone.session, server) });
  phone.driver.stop();
  const session = sessionOn(db, server, world);
  await session.start();
  assert.equal(session.state().at, "locked");
  assert.equal(await session.unlock(PIN), null);
  await settle();
  assert.equal(server.ledger.size, 1);
  assert.equal(opened(session).driver.status().unsent, 0);
});

test("a lost answer is asked for again, and one row and one receipt come of it", async () => {
  const { driver, server, session, world } = await aPhone();
  server.loseAnswers = 1;
  await driver.record({ mine: visit(session, server) });
  await world.pass(UNDO_MS);
  assert.equal(server.ledger.size, 1);
  assert.equal(driver.status().unsent, 1);
  await world.pass(5_000);
  assert.equal(server.ledger.size, 1);
  assert.deepEqual([driver.status().unsent, driver.status().receipts], [0, 1]);
});

test("what is sent while a pull is under way is pulled after it", async () => {
  const { driver, server, session } = await aPhone();
  const slow = Promise.withResolvers<void>();
  const before = server.pulls;
  server.slowPull = slow.promise;
  const first = driver.sync();
  await settle();
  await driver.record({ mine: visit(session, server) });
  await driver.releaseHeld();
  await settle();
  assert.deepEqual([server.ledger.size, server.pulls - before], [1, 1]);
  server.slowPull = Promise.resolve();
  slow.resolve();
  await first;
  await settle();
  assert.equal(server.pulls - before, 2);
});

test("without a network work gathers, and goes when there is one", async () => {
  const { driver, server, session, world } = await aPhone();
  server.offline = true;
  for (let at = 0; at < 5; at += 1) await driver.record({ mine: visit(session, server, at) });
  await world.pass(UNDO_MS);
  assert.equal(driver.status().unsent, 5);
  assert.equal(driver.status().phase, "offline");
  server.offline = false;
  await driver.resume();
  await settle();
  assert.equal(driver.status().unsent, 0);
  assert.equal(server.ledger.size, 5);
});

test("refused work stays, says why, counts no longer at its door, and is repaired by another", async () => {
  const { driver, store, server, session, world } = await aPhone();
  const mine = visit(session, server);
  server.refuse = () => ({ code: "team-member-unknown" });
  await driver.record({ mine });
  await world.pass(UNDO_MS);
  const [entry] = driver.entries();
  assert.deepEqual([entry?.state, entry?.refusal?.code], ["refused", "team-member-unknown"]);
  assert.deepEqual([driver.status().unsent, driver.status().refused], [0, 1]);
  assert.equal((await store.mine(mine.block))[0]?.refused, true);
  server.refuse = null;
  const repair = {
    ...mine,
    command: { ...mine.command, id: session.newId(), replaces: mine.command.id },
  };
  await driver.record({ mine: repair });
  await world.pass(UNDO_MS);
  assert.deepEqual([driver.status().unsent, driver.status().refused], [0, 0]);
});

test("what the server lost after giving receipts is noticed and sent again", async () => {
  const { driver, server, session, world } = await aPhone();
  const mine = visit(session, server);
  await driver.record({ mine });
  await world.pass(UNDO_MS);
  assert.equal(server.ledger.size, 1);
  server.forget([mine.command.id]);
  await world.pass(7 * 60 * MINUTE_MS);
  assert.equal(server.ledger.size, 1);
  assert.equal(driver.status().unsent, 0);
});

test("a session that ended holds the work until somebody signs in again", async () => {
  const { driver, server, session, world } = await aPhone();
  server.signedIn = false;
  await driver.record({ mine: visit(session, server) });
  await world.pass(UNDO_MS);
  assert.equal(driver.status().phase, "signed_out");
  assert.equal(driver.status().unsent, 1);
  assert.equal(await session.signIn(TEST_LOGIN, TEST_PASSWORD), null);
  await settle();
  assert.equal(driver.status().unsent, 0);
});

test("a revoked phone is erased with the next answer, unsent work too", async () => {
  const { db, driver, device, server, session, world } = await aPhone();
  server.revoked.add(device);
  await driver.record({ mine: visit(session, server) });
  await world.pass(UNDO_MS);
  const state = session.state();
  assert.equal(state.at, "sign_in");
  assert.equal(state.at === "sign_in" && state.notice, "revoked");
  assert.equal((await look(db)).unsent, 0);
  assert.equal(await db.count("packs"), 0);
});

test("signing out waits for unsent work, or for an export of it", async () => {
  const { db, driver, server, session } = await aPhone();
  server.offline = true;
  const mine = visit(session, server);
  await driver.record({ mine });
  assert.equal(await session.signOut(), false);
  const { file, passphrase, count } = await session.exportUnsent();
  assert.equal(count, 1);
  const read = await openUnsent(file, passphrase, sealing, sha256);
  assert.ok(read.ok);
  assert.deepEqual(read.value.commands[0]?.command, mine.command);
  assert.equal(await session.signOut(), true);
  assert.deepEqual([(await look(db)).unsent, (await look(db)).owner], [0, null]);
});

test("work recorded after the export is not signed out by it", async () => {
  const { driver, server, session, world } = await aPhone();
  server.offline = true;
  await driver.record({ mine: visit(session, server) });
  await session.exportUnsent();
  await world.pass(1_000);
  await driver.record({ mine: visit(session, server, 1) });
  assert.equal(await session.signOut(), false);
});

test("seven days without sync erase the beat, and say so", async () => {
  const phone = await aPhone();
  const { db, server, world } = phone;
  server.offline = true;
  await phone.driver.record({ mine: visit(phone.session, server) });
  phone.driver.stop();
  world.time += 8 * DAY_MS;
  const session = sessionOn(db, server, world);
  await session.start();
  const state = session.state();
  assert.equal(state.at === "locked" && state.notice, "expired");
  assert.equal(await db.count("packs"), 0);
  assert.equal((await look(db)).unsent, 1);
});

test("another member can't sign in over unsent work, nor read what the first one stored", async () => {
  const phone = await aPhone();
  const { db, server } = phone;
  server.offline = true;
  await phone.driver.record({ mine: visit(phone.session, server) });
  phone.driver.stop();
  server.offline = false;
  const other = server.session();
  server.session = () => ({
    ...other,
    member: { ...other.member, id: TEST_IDS.colleague, name: "林知远" },
  });
  const problem = await phone.session.signIn(TEST_LOGIN, TEST_PASSWORD);
  assert.deepEqual(problem, { kind: "other_member", name: "江沐阳" });
  assert.equal((await look(db)).unsent, 1);
});

test("wrong PINs are counted before they are tried, and ten close the door but the password's", async () => {
  const phone = await aPhone();
  phone.driver.stop();
  const { db, server, world } = phone;
  const session = sessionOn(db, server, world);
  await session.start();
  assert.deepEqual(await session.unlock("402918"), { kind: "wrong", left: 9 });
  await db.putNote("attempts", { wrong: 9, last: world.time });
  await world.pass(DAY_MS);
  assert.deepEqual(await session.unlock("402918"), { kind: "never" });
  assert.deepEqual(await session.unlock(PIN), { kind: "never" });
  await session.renew();
  assert.equal(await session.signIn(TEST_LOGIN, TEST_PASSWORD), null);
  assert.equal(await session.choosePin("773310"), true);
  assert.ok(opened(session).store.index.blocks.length > 0);
});

test("a clock that is years off is told, a few seconds are not", () => {
  assert.equal(clockOff(TEST_EVENING, TEST_EVENING + 1_000, TEST_EVENING + 3_000), null);
  const late = TEST_EVENING - 400 * DAY_MS;
  assert.equal(clockOff(TEST_EVENING, late, late), -576_000);
});
