/** A phone with its clock in a test's hand, signed in at a server that fits into the test. */
import { summarise as summariseAt } from "../visits/building-list.ts";
import type { TipPost } from "../tips/tip-box.ts";
import { FieldDatabase } from "./database.ts";
import type { Passkeys } from "./passkeys.ts";
import type { Mine } from "./records.ts";
import { Session, type Work } from "./session.ts";
import type { Summarise } from "./store.ts";
import type { World } from "./driver-terms.ts";
import { aBeat, FakeServer, TEST_EVENING, TEST_IDS, TEST_LOGIN, TEST_PASSWORD } from "./testing.ts";

export const PIN = "402917";
const summarise: Summarise = (pack, mine, context) =>
  summariseAt(pack, mine, context, TEST_EVENING);
let names = 0;

/** A clock that stands still until it is moved, and does what is due when it is. */
class TestWorld implements World {
  time = TEST_EVENING;
  readonly #due: { at: number; work: () => void }[] = [];
  now = () => this.time;
  chance = () => 0.5;
  online = () => true;
  later = (ms: number, work: () => void) => {
    const entry = { at: this.time + ms, work };
    this.#due.push(entry);
    return () => {
      const at = this.#due.indexOf(entry);
      if (at >= 0) this.#due.splice(at, 1);
    };
  };

  async pass(ms: number): Promise<void> {
    this.time += ms;
    for (const entry of this.#due.filter(({ at }) => at <= this.time)) {
      this.#due.splice(this.#due.indexOf(entry), 1);
      entry.work();
    }
    await settle();
  }
}

/** Lets everything that was started come to rest. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await new Promise((done) => setTimeout(done, 4));
}

const noPasskeys: Passkeys = {
  supported: async () => false,
  create: async () => null,
  ask: async () => null,
};

/** Nobody receives tips here. */
const noTips: TipPost = { units: async () => null, send: async () => "unreachable" };

export function sessionOn(
  db: FieldDatabase,
  server: FakeServer,
  world: TestWorld,
  tipPost = noTips,
): Session {
  return new Session({
    db,
    transport: server.transport(),
    tipPost,
    world,
    summarise,
    deviceName: "test",
    rounds: { pin: 1_000, password: 1_000 },
    passkeys: noPasskeys,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
}

export async function aPhone(
  server = new FakeServer(aBeat()),
  world = new TestWorld(),
  tipPost = noTips,
) {
  server.now = world.now;
  names += 1;
  const db = new FieldDatabase(`phone-${names}`);
  const session = sessionOn(db, server, world, tipPost);
  await session.start();
  await session.signIn(TEST_LOGIN, TEST_PASSWORD);
  await session.choosePin(PIN);
  await settle();
  return { db, session, server, world, ...opened(session) };
}

export function opened(session: Session): Work {
  const state = session.state();
  if (state.at !== "open") throw new Error(`the phone is at ${state.at}`);
  return state.work;
}

function openDoors(server: FakeServer) {
  return [...server.beat.places.values()].filter(
    ({ id, kind }) => kind === "dwelling_unit" && !server.beat.doors.has(id),
  );
}

export function visit(session: Session, server: FakeServer, at = 0): Mine {
  const place = openDoors(server)[at];
  if (!place?.buildingId) throw new Error("the beat has no such door");
  const now = server.now();
  return {
    command: {
      id: session.newId(),
      type: "visits.record",
      at: now,
      base: null,
      body: {
        placeId: place.id,
        outcome: "no_answer",
        startedAt: now,
        endedAt: now,
        team: [TEST_IDS.officer],
      },
    },
    block: place.buildingId,
    placeId: place.id,
    label: place.unitNo ?? "",
  };
}
