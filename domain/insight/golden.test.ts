import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import type { Id } from "../shared/id.ts";
import { DAY_MS, HOUR_MS, startOfLocalDay } from "../shared/instant.ts";
import { addKnock, type Knock, NEW_DOOR } from "../visits/door.ts";
import { doorDelta as changeOf, type DoorPlace } from "../visits/facts.ts";
import type { DoorState, Trace } from "../visits/terms.ts";
import { doorDelta, join, presencePeriods, visitDelta } from "./counting.ts";
import { type CountedMatter, matterDelta } from "./counting-matters.ts";
import {
  amountOf,
  CLASS_UNIT,
  type ReturnedItem,
  returnCounts,
  returnsByClass,
} from "../property/figures.ts";
import { tipCounts } from "../tips/figures.ts";
import { indicatorById } from "./dictionary.ts";
import { countedMatter, countedVisit } from "./fixtures.ts";
import { type Golden, GOLDEN, GOLDEN_CLASSES, GOLDEN_SENTENCES } from "./golden.ts";
import { opinionSentence, renderCount, renderFigure } from "./rendering.ts";
import { add, figureOf } from "./rules.ts";
import type { Counters, Delta, Entry, Presence } from "./terms.ts";
import { totalsOf } from "./totals.ts";

const CAMPAIGN = id("c", 0);
const START = startOfLocalDay("2026-03-02") + 19 * HOUR_MS;

function id(kind: string, n: number): Id {
  const code = kind.charCodeAt(0).toString(16);
  return `01939000-00${code}-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** Runs records through the counters, and reads them as the board of a campaign does. */
class Book {
  readonly entries: Entry[] = [];
  readonly presence: Presence[] = [];

  put(delta: Delta): void {
    this.entries.push(...delta.entries);
    this.presence.push(...delta.presence);
  }

  counters(): Counters {
    let sum: Counters = {};
    const stations = new Set<Id>();
    for (const line of totalsOf(join([{ entries: this.entries, presence: [] }]).entries).values()) {
      if (line.campaignId !== CAMPAIGN || line.level !== "beat" || line.grain !== "all") continue;
      sum = add(sum, line.counters);
      if ((line.counters["completed_visits"] ?? 0) > 0 && line.stationId !== null) {
        stations.add(line.stationId);
      }
    }
    const officers = new Set(
      this.presence
        .filter((row) => row.campaignId === CAMPAIGN && row.kind === "member" && row.n > 0)
        .filter((row) => presencePeriods(row).length > 0)
        .map(({ subjectId }) => subjectId),
    );
    return { ...sum, stations_active: stations.size, officers: officers.size };
  }
}

function knockAt(n: number, at: number, trace: Trace): Knock {
  return { id: id("v", n), at, trace, campaignIds: [CAMPAIGN], cardLeft: false, last: false };
}

function recordVisits(book: Book, visits: NonNullable<Golden["visits"]>[number]): void {
  const doors = new Map<number, DoorState>();
  for (let n = 0; n < visits.visits; n += 1) {
    const door = n % visits.doors;
    const place: DoorPlace = {
      placeId: id("p", door),
      placeKind: visits.placeKind as DoorPlace["placeKind"],
      buildingId: id("b", Math.floor(door / 36)),
      communityId: null,
      stationId: id("s", door % (visits.stations ?? 1)),
      beatId: id("t", door % (visits.stations ?? 1)),
    };
    const at = START + Math.floor(n / 600) * DAY_MS;
    const before = doors.get(door) ?? NEW_DOOR;
    const after = addKnock(before, knockAt(n, at, "met"));
    doors.set(door, after);
    book.put(
      visitDelta(
        countedVisit({
          ...place,
          campaignIds: [CAMPAIGN],
          team: [id("m", n % (visits.officers ?? 1))],
          visitedAt: at,
          leafletCount: visits.leaflets ?? 0,
        }),
      ),
    );
    book.put(doorDelta(changeOf(place, before, after), "2026-03-02"));
  }
}

function registerMatters(book: Book, matters: NonNullable<Golden["matters"]>[number]): void {
  for (let n = 0; n < matters.n; n += 1) {
    const registered = countedMatter({ kind: matters.kind, registeredAt: START });
    const campaignIds = [CAMPAIGN];
    book.put(
      matterDelta({
        before: null,
        after: registered,
        events: ["registered"],
        campaignIds,
        now: START,
      }),
    );
    if (n >= (matters.ended ?? 0)) continue;
    const at = START + 3 * DAY_MS;
    const ended: CountedMatter = {
      ...registered,
      outcome: matters.outcome ?? null,
      resolvedAt: at,
      clearedAt: matters.outcome === "cleared" ? at : null,
      answeredAt: at,
      closedAt: at,
      disposition: "closed",
    };
    book.put(
      matterDelta({ before: registered, after: ended, events: ["closed"], campaignIds, now: at }),
    );
  }
}

/** Forty buildings of ten homes whose doors open at the 2nd to 6th knock, most of them at 3 to 5. */
function knockUntilMet(book: Book): void {
  const roundsOfBuilding = [2, 3, 3, 3, 4, 4, 4, 5, 5, 6];
  let knock = 0;
  for (let building = 0; building < 40; building += 1) {
    const last = roundsOfBuilding[building % roundsOfBuilding.length] ?? 1;
    const place = (door: number): DoorPlace => ({
      placeId: id("p", building * 10 + door),
      placeKind: "dwelling_unit",
      buildingId: id("b", building),
      communityId: null,
      stationId: id("s", 0),
      beatId: id("t", 0),
    });
    book.put({
      entries: [
        {
          book: "event",
          campaignId: CAMPAIGN,
          stationId: id("s", 0),
          beatId: id("t", 0),
          buildingId: id("b", building),
          on: "2026-03-02",
          counters: { "units@all": 10 },
        },
      ],
      presence: [],
    });
    for (let door = 0; door < 10; door += 1) {
      // One door in ten never opens: nine are enough to finish the building.
      const opensAt = door === 9 ? Infinity : door % 2 === 0 ? last : 1;
      let state = NEW_DOOR;
      for (let round = 1; round <= Math.min(opensAt, 6); round += 1) {
        knock += 1;
        const at = START + round * DAY_MS;
        const after = addKnock(state, knockAt(knock, at, round === opensAt ? "met" : "absent"));
        book.put(doorDelta(changeOf(place(door), state, after), "2026-03-02"));
        state = after;
      }
    }
  }
}

/** Items of like value, the last one worth what is left. */
function returned({ returns }: Golden): ReturnedItem[] {
  if (returns === undefined) return [];
  return alike({ ...returns, itemClass: "other" });
}

function alike({
  itemClass,
  items,
  yuan,
  meetings,
}: NonNullable<Golden["returns"]> & Pick<ReturnedItem, "itemClass">): ReturnedItem[] {
  const each = Math.floor(yuan / items);
  return Array.from({ length: items }, (_, n) => ({
    itemClass,
    count: 1,
    valueYuan: n === 0 ? yuan - each * (items - 1) : each,
    meetingId: id("r", n % meetings),
    toldOn: "2026-03-02",
    returnedOn: "2026-03-09",
  }));
}

function print(golden: Golden): string {
  const book = new Book();
  for (const visits of golden.visits ?? []) recordVisits(book, visits);
  for (const matters of golden.matters ?? []) registerMatters(book, matters);
  if (golden.indicator === "K08") knockUntilMet(book);
  const indicator = indicatorById(golden.indicator);
  assert.ok(indicator !== null);
  const tips = Array.from({ length: golden.tips ?? 0 }, () => ({
    wantsAnswer: false,
    answerGivenAt: null,
  }));
  const figure = figureOf(indicator, {
    counters: { ...book.counters(), ...tipCounts(tips), ...returnCounts(returned(golden)) },
    lifetimes: [],
    reach: golden.tips !== undefined ? "bureau" : golden.returns ? "period" : "campaign",
  });
  return renderFigure(indicator, figure, { as: "shown" }, "zh", golden.style);
}

const DOCUMENT = new URL("../../docs/golden.md", import.meta.url);

function documentOf(prints: readonly string[]): string {
  const rows = GOLDEN.map((golden, index) => {
    const indicator = indicatorById(golden.indicator);
    const records = [
      ...(golden.visits ?? []).map(
        (v) =>
          `${v.visits} visits at ${v.doors} doors (${v.placeKind})${v.leaflets === undefined ? "" : `, ${v.leaflets} leaflets each`}${v.officers === undefined ? "" : `, ${v.officers} officers`}${v.stations === undefined ? "" : `, ${v.stations} stations`}`,
      ),
      ...(golden.matters ?? []).map(
        (m) =>
          `${m.n} × ${m.kind}${m.ended === undefined ? "" : `, ${m.ended} ended as ${m.outcome}`}`,
      ),
      ...(golden.returns === undefined
        ? []
        : [
            `${golden.returns.items} items of ${golden.returns.yuan} yuan, at ${golden.returns.meetings} meetings`,
          ]),
      ...(golden.tips === undefined ? [] : [`${golden.tips} tips passed on`]),
      ...(golden.indicator === "K08"
        ? ["40 buildings of 10 homes, opened at the 1st to 6th knock"]
        : []),
    ].join("; ");
    return `| ${golden.printed} | ${prints[index]} | ${golden.indicator} ${indicator?.label.zh} (${indicator?.label.en}) | ${golden.source} | ${records} | ${golden.trap} |`;
  });
  return [
    "# Golden statements",
    "",
    "What printed reports of the trade say, and what this product prints from records that add up to it.",
    "Made by `domain/insight/golden.test.ts`, which fails when a row or this page is no longer true;",
    "`UPDATE_GOLDEN=1 node --test domain/insight/golden.test.ts && oxfmt docs/golden.md` writes it anew.",
    "",
    "| as published | as printed here | indicator | source | records | not to be taken for |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    "Answers and adoption are two figures and are printed apart; `全部` stands only for a share that is",
    "whole:",
    "",
    "| as published | answered in time | adopted | as printed here |",
    "| --- | --- | --- | --- |",
    ...GOLDEN_SENTENCES.map(
      ({ published, counts }, i) =>
        `| ${published} | ${counts.answered} of ${counts.due} | ${counts.adopted} of ${counts.studied} | ${sentences[i]} |`,
    ),
    "",
    "What went back at one meeting, class by class, each in its own unit:",
    "",
    "| as published and printed | class | items | value in yuan |",
    "| --- | --- | --- | --- |",
    ...GOLDEN_CLASSES.map(
      ({ printed, itemClass, items, yuan }) => `| ${printed} | ${itemClass} | ${items} | ${yuan} |`,
    ),
    "",
    "Statements whose subjects are not built yet are not here: sessions (252场), survey rates, imported",
    "crime figures, volunteer teams.",
    "",
  ].join("\n");
}

function words(text: string): string {
  return text.replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
}

const prints = GOLDEN.map(print);
const sentences = GOLDEN_SENTENCES.map(({ counts }) =>
  opinionSentence({ ...counts, style: { as: "floor", base: 10 } }),
);

for (const [index, golden] of GOLDEN.entries()) {
  test(`${golden.source} prints ${golden.printed} (${golden.indicator}) from its records`, () => {
    assert.equal(prints[index], golden.printed);
  });
}

test("docs/golden.md shows what is printed", () => {
  const text = documentOf(prints);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(DOCUMENT, text);
  // The formatter pads the columns of the page; only the words count.
  assert.equal(words(readFileSync(DOCUMENT, "utf8")), words(text));
});

test("S4 prints 5万余元, 2辆, 5辆, 4台 of what went back, class by class", () => {
  const items = GOLDEN_CLASSES.flatMap((row) => alike({ ...row, meetings: 1 }));
  const byClass = new Map(returnsByClass(items).map((row) => [row.itemClass, row]));
  for (const { itemClass, printed, style } of GOLDEN_CLASSES) {
    const row = byClass.get(itemClass);
    assert.ok(row);
    assert.equal(renderCount(amountOf(row), CLASS_UNIT[itemClass], "zh", style), printed);
  }
  assert.equal(
    renderCount(returnCounts(items).return_value_yuan, "yuan", "zh", {
      as: "floor",
      base: 100_000,
    }),
    "40余万元",
  );
});

for (const [index, { counts, printed }] of GOLDEN_SENTENCES.entries()) {
  const { answered, due, adopted, studied } = counts;
  test(`全部 stands only for a whole share: ${answered}/${due} answered, ${adopted}/${studied} adopted`, () => {
    assert.equal(sentences[index], printed);
  });
}
