/**
 * The statements that the trade's own reports print (domain.md §6.4), each with records that must
 * add up to it. `docs/golden.md` is made of this table by `golden.test.ts`.
 */
import type { MatterOutcome } from "../matters/terms.ts";
import type { ItemClass } from "../property/terms.ts";
import type { Arranged } from "../visits/terms.ts";
import type { CountedVisit } from "./counting.ts";
import type { CountedMatter } from "./counting-matters.ts";
import { EXACT, type opinionSentence, type Style } from "./rendering.ts";

/** So many alike visits: at so many doors, each met equally often until the visits run out. */
interface Visits {
  readonly placeKind: CountedVisit["placeKind"];
  readonly visits: number;
  readonly doors: number;
  readonly stations?: number;
  readonly officers?: number;
  readonly leaflets?: number;
  readonly arranged?: Arranged;
}

interface Matters {
  readonly kind: CountedMatter["kind"];
  readonly n: number;
  readonly outcome?: MatterOutcome;
  /** How many of them are closed (hazards: re-checked and closed); the rest stay open. */
  readonly ended?: number;
}

export interface Golden {
  /** As printed; `S0`-`S4` are the five reports. */
  readonly printed: string;
  readonly source: string;
  readonly indicator: string;
  readonly style: Style;
  readonly visits?: readonly Visits[];
  readonly matters?: readonly Matters[];
  /** Tips that were passed on. */
  readonly tips?: number;
  /** Items that were returned, with the meetings they were returned at. */
  readonly returns?: { readonly items: number; readonly yuan: number; readonly meetings: number };
  /** What it must not be taken for. */
  readonly trap: string;
}

const YU = (base: number, particle: "余" | "多" = "余"): Style => ({ as: "floor", base, particle });

export const GOLDEN: readonly Golden[] = [
  {
    printed: "50个",
    source: "S0",
    indicator: "K01",
    style: EXACT,
    visits: [{ placeKind: "dwelling_unit", visits: 400, doors: 400, stations: 50 }],
    trap: "stations with a completed visit, not stations named in the plan",
  },
  {
    printed: "187条",
    source: "S0",
    indicator: "K20",
    style: EXACT,
    matters: [
      { kind: "opinion", n: 187 },
      { kind: "service_request", n: 31 },
    ],
    trap: "opinions alone",
  },
  {
    printed: "820件",
    source: "S0",
    indicator: "K23",
    style: EXACT,
    matters: [
      { kind: "service_request", n: 900, outcome: "delivered", ended: 820 },
      { kind: "service_request", n: 40, outcome: "cannot", ended: 40 },
    ],
    trap: "done and closed, not asked for; disputes are counted apart",
  },
  {
    printed: "2098起",
    source: "S0",
    indicator: "K25",
    style: EXACT,
    matters: [
      { kind: "dispute", n: 2300, outcome: "agreement_performed", ended: 2098 },
      { kind: "dispute", n: 60, outcome: "failed", ended: 60 },
    ],
    trap: "resolved, not registered",
  },
  {
    printed: "每栋楼3-5次",
    source: "S0",
    indicator: "K08",
    style: EXACT,
    trap: "quartiles over buildings that reached 90 %, not a mean of attempts",
  },
  {
    printed: "10.93万户",
    source: "S2",
    indicator: "K02",
    style: { as: "wan", decimals: 2 },
    visits: [{ placeKind: "dwelling_unit", visits: 137_435, doors: 109_300 }],
    trap: "户: different homes, whatever the number of visits",
  },
  {
    printed: "3600余份",
    source: "S2",
    indicator: "K18",
    style: YU(100),
    visits: [{ placeKind: "dwelling_unit", visits: 1821, doors: 1821, leaflets: 2 }],
    trap: "a floor: 3600 exactly would print 3600份",
  },
  {
    printed: "200余件",
    source: "S2",
    indicator: "K23",
    style: YU(100),
    matters: [{ kind: "service_request", n: 237, outcome: "delivered", ended: 237 }],
    trap: "a floor",
  },
  {
    printed: "120余条",
    source: "S2",
    indicator: "K20",
    style: YU(10),
    matters: [{ kind: "opinion", n: 126 }],
    trap: "a floor",
  },
  {
    printed: "800多名",
    source: "S2",
    indicator: "K16",
    style: YU(100, "多"),
    visits: [{ placeKind: "dwelling_unit", visits: 2529, doors: 2529, officers: 843 }],
    trap: "each officer once, however many visits",
  },
  {
    printed: "137435户次",
    source: "S3",
    indicator: "K03",
    style: EXACT,
    visits: [{ placeKind: "dwelling_unit", visits: 137_435, doors: 109_300 }],
    trap: "户次: visits to homes, not homes",
  },
  {
    printed: "3292处",
    source: "S3",
    indicator: "K15a",
    style: EXACT,
    visits: [{ placeKind: "site", visits: 4000, doors: 3292 }],
    trap: "each site once",
  },
  {
    printed: "408家",
    source: "S3",
    indicator: "K14",
    style: EXACT,
    visits: [{ placeKind: "organisation", visits: 611, doors: 408 }],
    trap: "each firm once; no label such as “in difficulty”",
  },
  {
    printed: "826起",
    source: "S3",
    indicator: "K25",
    style: EXACT,
    matters: [{ kind: "dispute", n: 1001, outcome: "agreement_reached", ended: 826 }],
    trap: "resolved, not registered",
  },
  {
    printed: "2770处",
    source: "S3",
    indicator: "K30",
    style: EXACT,
    matters: [{ kind: "hazard", n: 2931, outcome: "cleared", ended: 2770 }],
    trap: "cleared by another's re-check, not found",
  },
  {
    printed: "384条",
    source: "S3",
    indicator: "K33",
    style: EXACT,
    tips: 384,
    trap: "tips alone, of a whole quarter and bureau; no quota, and below ten none is printed",
  },
  {
    printed: "300余万元",
    source: "S3",
    indicator: "K58",
    style: YU(1_000_000),
    returns: { items: 412, yuan: 3_084_560, meetings: 61 },
    trap: "one scope; the other of the same report is never added to it",
  },
  {
    printed: "1100余万元",
    source: "S3",
    indicator: "K58",
    style: YU(1_000_000),
    returns: { items: 1630, yuan: 11_000_001, meetings: 61 },
    trap: "one yuan above is above: 11 000 000 exactly would print 1100万元",
  },
  {
    printed: "60余场",
    source: "S3",
    indicator: "K60",
    style: YU(10),
    returns: { items: 412, yuan: 3_084_560, meetings: 61 },
    trap: "meetings at which something was returned, not those that were announced",
  },
  {
    printed: "40余万元",
    source: "S4",
    indicator: "K58",
    style: YU(100_000),
    returns: { items: 12, yuan: 412_300, meetings: 1 },
    trap: "what went back to its owners, never what was seized",
  },
];

/** S4 on one meeting, by class: K59, and of cash K58. What is counted in different units is not added. */
export const GOLDEN_CLASSES: readonly {
  readonly printed: string;
  readonly itemClass: ItemClass;
  readonly items: number;
  readonly yuan: number;
  readonly style: Style;
}[] = [
  { printed: "5万余元", itemClass: "cash", items: 3, yuan: 51_300, style: YU(10_000) },
  { printed: "2辆", itemClass: "car", items: 2, yuan: 320_000, style: EXACT },
  { printed: "5辆", itemClass: "e_bike", items: 5, yuan: 16_500, style: EXACT },
  { printed: "4台", itemClass: "laptop", items: 4, yuan: 24_500, style: EXACT },
];

/** S2 on its opinions: what it printed, and what is printed of records that do and don't bear it out. */
export const GOLDEN_SENTENCES: readonly {
  readonly published: string;
  readonly counts: Omit<Parameters<typeof opinionSentence>[0], "style">;
  readonly printed: string;
}[] = [
  {
    published: "意见建议120余条，全部予以整改并反馈",
    counts: { opinions: 126, due: 126, answered: 126, studied: 126, adopted: 126 },
    printed: "意见建议120余条，全部按期答复，全部采纳",
  },
  {
    published: "意见建议120余条，全部予以整改并反馈",
    counts: { opinions: 126, due: 126, answered: 126, studied: 126, adopted: 98 },
    printed: "意见建议120余条，全部按期答复，采纳77.8%",
  },
  {
    published: "意见建议120余条，全部予以整改并反馈",
    counts: { opinions: 126, due: 126, answered: 125, studied: 126, adopted: 126 },
    printed: "意见建议120余条，按期答复99.2%，全部采纳",
  },
];
