import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { HOUR_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { type Behaviour, behaviourOf } from "./behaviour.ts";
import type { VisitCommand } from "./events.ts";
import { campaignsAt } from "./campaigns.ts";
import { LatentHome } from "./contact-model.ts";
import { generateCity } from "./city.ts";
import { STORY_NAMES } from "./stories.ts";
import { DOOR_NOTES, MATTER_TEXTS } from "./texts.ts";

/** A Thursday night: the second week of the campaign is half over. */
const NOW = startOfLocalDay("2026-11-19") + 22 * HOUR_MS;
const city = generateCity("demo");
const places = [...city.places()];
const behaviour = behaviourOf(city, places, NOW);

function visitsOf({ events }: Behaviour): VisitCommand[] {
  return events.flatMap((event) => (event.kind === "push" ? event.commands : []));
}

test("the same seed and day make the same events", () => {
  assert.deepEqual(behaviourOf(city, places, NOW).events, behaviour.events);
});

test("nothing happens after now, and everything in order", () => {
  let before = 0;
  for (const { at } of behaviour.events) {
    assert.ok(Number.isInteger(at) && at >= before && at < NOW);
    before = at;
  }
});

test("the campaign is in its second week on whatever day the demo starts", () => {
  for (const day of ["2026-11-16", "2026-11-19", "2026-11-22", "2027-01-03"]) {
    const { main, early } = campaignsAt(city, startOfLocalDay(day) + 12 * HOUR_MS);
    const age = (startOfLocalDay(day) - startOfLocalDay(main.plan.startsOn)) / (24 * HOUR_MS);
    assert.ok(age >= 7 && age <= 13, `day ${age}`);
    assert.ok(early.plan.endsOn < main.plan.startsOn);
  }
});

test("average homes answer as often as the model says", () => {
  const homes = Array.from(
    { length: 6000 },
    (_, n) => new LatentHome("x", `h${n}`, "dwelling_unit"),
  );
  const monday = startOfLocalDay("2026-11-16");
  const saturday = startOfLocalDay("2026-11-21");
  // Domain notes §10.4: the population means of the model.
  const expected = [
    [monday, 10, 0.285],
    [monday, 12, 0.361],
    [monday, 15, 0.269],
    [monday, 18, 0.46],
    [monday, 20, 0.563],
    [saturday, 15, 0.467],
    [saturday + 24 * HOUR_MS, 15, 0.5],
    [saturday, 20, 0.565],
  ] as const;
  for (const [day, hour, mean] of expected) {
    const sum = homes.reduce((all, home) => all + home.probability(day + hour * HOUR_MS), 0);
    assert.ok(Math.abs(sum / homes.length - mean) < 0.03, `${hour}: ${sum / homes.length}`);
  }
});

test("who wishes no visits, or was met, is not knocked at again", () => {
  const ended = new Set<string>();
  const quiet = new Set<string>();
  const start = startOfLocalDay(behaviour.main.plan.startsOn);
  const mended = new Set(
    behaviour.events.flatMap((event) =>
      event.kind === "errand" && "correct" in event ? [event.correct.corrects] : [],
    ),
  );
  for (const { id, body, at } of visitsOf(behaviour)) {
    if (mended.has(id)) continue;
    assert.ok(!quiet.has(body.placeId), "a wish holds in every campaign");
    if (body.outcome === "asked_not_to_visit") quiet.add(body.placeId);
    if (at < start) continue;
    assert.ok(!ended.has(body.placeId), body.outcome);
    if (/^completed|refused|vacant/.test(body.outcome)) ended.add(body.placeId);
  }
  assert.ok(quiet.size > 20);
});

test("some doors end as unreached after four attempts, with a card left", () => {
  const last = visitsOf(behaviour).filter(({ body }) => body.lastAttempt === true);
  assert.ok(last.length > 10, `${last.length}`);
  for (const { body } of last) assert.equal(body.cardLeft, true);
});

test("no text names a person, a number or what kind of person somebody is", () => {
  const texts = [
    ...DOOR_NOTES,
    ...Object.values(MATTER_TEXTS)
      .flat()
      .flatMap(({ text, note, result, answer }) => [text, note, result, answer]),
    ...visitsOf(behaviour).flatMap(({ body }) => [
      body.note ?? "",
      ...(body.matters ?? []).flatMap(({ text, contact }) => [text, contact?.salutation ?? ""]),
    ]),
    ...behaviour.events.flatMap((event) =>
      event.kind === "step"
        ? Object.values(event.step.command).filter((value) => typeof value === "string")
        : [],
    ),
  ];
  for (const text of texts) {
    if (/^[0-9a-f-]{36}$/.test(text)) continue;
    assert.deepEqual(inspectText(text), [], text);
  }
});

test("matters are told in words of their own", () => {
  const texts = Object.values(MATTER_TEXTS)
    .flat()
    .map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length);
  const heard = visitsOf(behaviour).flatMap(({ body }) => body.matters ?? []);
  assert.ok(heard.length > 60, `${heard.length} matters`);
  assert.equal(new Set(heard.map(({ text }) => text)).size, heard.length);
});

test("at most a third of those met leave a way to be reached, and never a real number", () => {
  const visits = visitsOf(behaviour);
  const phones = visits.flatMap(({ body }) =>
    (body.matters ?? []).flatMap(({ contact }) => contact?.phone ?? []),
  );
  for (const phone of phones) assert.match(phone, /^1200\d{7}$/);
  const met = visits.filter(({ body }) => body.outcome.startsWith("completed"));
  assert.ok(phones.length < met.length * 0.35);
});

test("every story is told", () => {
  assert.deepEqual(Object.keys(behaviour.stories).toSorted(), [...STORY_NAMES].toSorted());
  for (const id of Object.values(behaviour.stories)) assert.match(id, /^[0-9a-f-]{36}$/);
});
