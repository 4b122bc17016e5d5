import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY_MS, MINUTE_MS } from "../shared/instant.ts";
import type { Id } from "../shared/id.ts";
import { correct } from "./correct.ts";
import { isNeverReached, isUnreached, NEW_DOOR } from "./door.ts";
import {
  aContext,
  accepted,
  aKnock,
  anId,
  BEAT,
  CAMPAIGN,
  correcting,
  DAY,
  EVENING,
  OTHER_BEAT,
} from "./fixtures.ts";
import { record, type Recorded } from "./record.ts";
import { type DoorState, type Outcome, OUTCOME_MEANING } from "./terms.ts";

const QUICK = fc.constantFrom<Outcome>(
  "no_answer",
  "completed_doorstep",
  "rescheduled",
  "inaccessible",
);

const VISITS = fc.array(
  fc.record({
    outcome: QUICK,
    minutes: fc.integer({ min: 0, max: 100 * 24 * 60 }),
    campaigns: fc.subarray([CAMPAIGN, OTHER_BEAT, BEAT]),
    card: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

function recordAll(
  visits: readonly { id: Id; outcome: Outcome; minutes: number; campaigns: Id[]; card: boolean }[],
): { door: DoorState; recorded: Recorded[] } {
  const recorded: Recorded[] = [];
  let door: DoorState = NEW_DOOR;
  for (const { id, outcome, minutes, campaigns, card } of visits) {
    const startedAt = DAY - 100 * DAY_MS + minutes * MINUTE_MS;
    const { spoke } = OUTCOME_MEANING[outcome];
    const command = aKnock(startedAt, {
      outcome,
      cardLeft: card,
      lastAttempt: card,
      ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
    });
    const one = accepted(
      record(door, command, aContext({ id, campaignsAt: () => campaigns, base: 0 })),
    );
    recorded.push(one);
    door = one.door;
  }
  return { door, recorded };
}

function countsOf(door: DoorState): unknown {
  const campaigns = [...door.campaigns].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { campaigns, months: door.months, outside: door.outside, last: door.lastContactOn };
}

test("the order in which visits arrive changes no count", () => {
  fc.assert(
    fc.property(VISITS, fc.integer(), (list, seed) => {
      const visits = list.map((visit, index) => ({ ...visit, id: anId(index + 1) }));
      const shuffled = [...visits].sort(
        (a, b) =>
          Math.imul(Number(a.id.slice(-6)) + 7, seed | 1) -
          Math.imul(Number(b.id.slice(-6)) + 7, seed | 1),
      );
      assert.deepEqual(countsOf(recordAll(visits).door), countsOf(recordAll(shuffled).door));
    }),
  );
});

test("the differences told to others add up to what the door holds, in any order", () => {
  fc.assert(
    fc.property(VISITS, (list) => {
      const { door, recorded } = recordAll(list.map((visit, i) => ({ ...visit, id: anId(i + 1) })));
      const deltas = recorded.flatMap(({ fact }) => fact.doors);
      for (const campaign of door.campaigns) {
        const sum = (
          of: "attempts" | "visits" | "households" | "neverReached" | "unreached",
        ): number =>
          deltas
            .flatMap(({ campaigns }) => campaigns)
            .filter(({ campaignId }) => campaignId === campaign.id)
            .reduce((total, delta) => total + delta[of], 0);
        assert.equal(sum("attempts"), campaign.attempts);
        assert.equal(sum("visits"), campaign.met);
        assert.equal(sum("households"), Number(campaign.met > 0));
        assert.equal(sum("neverReached"), Number(isNeverReached(campaign)));
        assert.equal(sum("unreached"), Number(isUnreached(campaign)));
      }
      const years = deltas.flatMap((delta) => delta.years);
      const year = years.reduce((total, { households }) => total + households, 0);
      assert.equal(year, new Set(Object.keys(door.months).map((m) => m.slice(0, 4))).size);
    }),
  );
});

test("correcting a visit to what it was leaves every count as it was", () => {
  fc.assert(
    fc.property(VISITS, fc.nat(), (list, pick) => {
      const { door, recorded } = recordAll(list.map((visit, i) => ({ ...visit, id: anId(i + 1) })));
      const chosen = recorded[pick % recorded.length]?.visit;
      assert.ok(chosen !== undefined);
      const { spoke } = OUTCOME_MEANING[chosen.outcome];
      const visit = aKnock(chosen.deviceAt, {
        outcome: chosen.outcome,
        cardLeft: chosen.details.cardLeft ?? false,
        lastAttempt: chosen.details.lastAttempt ?? false,
        ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
      });
      const context = correcting(chosen, {
        campaignsAt: () => chosen.campaignIds,
        base: door.version,
      });
      const { door: again, fact } = accepted(
        correct(door, null, { corrects: chosen.id, reason: "核对", visit }, context),
      );
      assert.deepEqual(countsOf(again), countsOf(door));
      for (const delta of fact.doors) {
        assert.deepEqual([delta.campaigns, delta.months, delta.years], [[], [], []]);
      }
    }),
  );
});

test("a door stays small whatever happens at it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ outcome: QUICK, days: fc.nat(150) }), { maxLength: 60 }),
      (list) => {
        const campaigns = Array.from({ length: 20 }, (_, i) => anId(1000 + i));
        let door: DoorState = NEW_DOOR;
        for (const [index, { outcome, days }] of list.entries()) {
          const startedAt = EVENING - days * DAY_MS;
          const { spoke } = OUTCOME_MEANING[outcome];
          const command = aKnock(startedAt, {
            outcome,
            ...(spoke ? { noticeGiven: "qr", idShown: true } : {}),
          });
          const campaign = campaigns[index % campaigns.length] ?? CAMPAIGN;
          const context = aContext({
            id: anId(index + 1),
            campaignsAt: () => [campaign],
            alive: new Set(),
          });
          door = accepted(record(door, command, context)).door;
        }
        assert.ok(door.attempts.length <= 12);
        assert.ok(door.campaigns.length <= 8);
        assert.ok(JSON.stringify(door).length < 5000);
      },
    ),
    { numRuns: 30 },
  );
});
