/**
 * A server small enough to hold in a test: it answers as the real one does, by the same domain rules
 * and with real signatures, and fails on demand. Tests and the bench use it; no app imports it.
 */
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { campaignsFor } from "@wanjia/domain/campaigns/rules";
import { MATTER_KINDS, MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import { DAY_MS, HOUR_MS, type Instant, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { seededRandom } from "@wanjia/domain/shared/random";
import type { Refusal } from "@wanjia/domain/shared/result";
import { addKnock, NEW_DOOR } from "@wanjia/domain/visits/door";
import { householdForm } from "@wanjia/domain/visits/form-household";
import { shopForm } from "@wanjia/domain/visits/form-shop";
import type { VisitPlace } from "@wanjia/domain/visits/context";
import { correct } from "@wanjia/domain/visits/correct";
import { record } from "@wanjia/domain/visits/record";
import type {
  CorrectVisit,
  DoorState,
  RecordVisit,
  Trace,
  Visit,
} from "@wanjia/domain/visits/terms";
import { toBase64Url } from "@wanjia/sync/bytes";
import {
  type Answer,
  type Command,
  PROTOCOL,
  type PullRecord,
  type SignedBatch,
} from "@wanjia/sync/protocol";
import { batchStatement, leafContent, merkleRoot } from "@wanjia/sync/receipts";
import { compareLines, differs, digestOf } from "@wanjia/sync/reconcile";
import { hashOf, sha256 } from "@wanjia/sync/webcrypto";
import type { PlaceRecord } from "./records.ts";
import type { MatterBody } from "./pull.ts";
import { RequestFailed, type MemberSession, type Transport } from "./transport.ts";

/** Tuesday, early evening: some doors are due, some are not. */
export const TEST_EVENING: Instant = startOfLocalDay("2026-11-10") + 18 * HOUR_MS;
export const TEST_LOGIN = "officer";
export const TEST_PASSWORD = "correct horse 2026";

const id = (kind: number, number: number): Id =>
  `01990000-0000-7000-8000-${String(kind).padStart(4, "0")}${String(number).padStart(8, "0")}`;

export const TEST_IDS = {
  officer: id(5, 1),
  colleague: id(5, 2),
  auxiliary: id(5, 3),
  station: id(2, 1),
  beat: id(3, 1),
  community: id(4, 1),
  campaign: id(8, 1),
} as const;

const members = [
  { id: TEST_IDS.officer, name: "江沐阳", sworn: true },
  { id: TEST_IDS.colleague, name: "林知远", sworn: true },
  { id: TEST_IDS.auxiliary, name: "周小满", sworn: false },
];

const campaign = {
  id: TEST_IDS.campaign,
  state: "open",
  name: "平安入户",
  nameEn: "Safe homes",
  startsOn: "2026-01-01",
  endsOn: "2027-12-31",
  stationIds: [TEST_IDS.station],
  target: { kinds: ["dwelling_unit", "rural_house", "shop"], communityIds: [], beatIds: [] },
  forms: [
    { code: "form_household", version: 1 },
    { code: "form_shop", version: 1 },
  ],
  leaflets: [
    { code: "anti_fraud", name: "反诈宣传单", nameEn: "Fraud leaflet", stock: 5000 },
    { code: "fire_safety", name: "消防提示", nameEn: "Fire safety leaflet", stock: 5000 },
  ],
  teams: [],
  samplingPlan: false,
} as const;

export type Beat = {
  readonly places: Map<Id, PlaceRecord>;
  readonly doors: Map<Id, DoorState>;
  readonly matters: Map<Id, MatterBody>;
};

/** A beat of apartment houses, one village group and matters here and there; the same for a seed. */
export function aBeat({
  buildings = 2,
  floors = 6,
  entrances = 2,
  perEntrance = 3,
  houses = 6,
  matters = 6,
  untouched = 0.45,
  now = TEST_EVENING,
  seed = "beat",
}: Partial<
  Record<
    "buildings" | "floors" | "entrances" | "perEntrance" | "houses" | "matters" | "untouched",
    number
  >
> & { now?: Instant; seed?: string } = {}): Beat {
  const random = seededRandom(seed);
  const beat: Beat = { places: new Map(), doors: new Map(), matters: new Map() };
  const common = { communityId: TEST_IDS.community, status: "confirmed" };
  let number = 0;
  const door = (place: PlaceRecord): void => {
    beat.places.set(place.id, place);
    if (random() >= untouched) beat.doors.set(place.id, history(random, now, place.id));
  };
  for (let b = 1; b <= buildings; b += 1) {
    const buildingId = id(6, b);
    const outside = {
      ...common,
      street: "云湖路",
      doorNo: String(18 + 2 * Math.floor(b / 8)),
      estateName: "听澜苑",
      buildingNo: String(b),
    };
    const sort = `听澜苑 ${String(b).padStart(4, "0")}`;
    beat.places.set(buildingId, {
      ...outside,
      id: buildingId,
      kind: "building",
      buildingId,
      sortKey: sort,
      fullText: `云湖路${outside.doorNo}号听澜苑${b}幢`,
    });
    for (let e = 1; e <= entrances; e += 1) {
      for (let f = 1; f <= floors; f += 1) {
        for (let u = 1; u <= perEntrance; u += 1) {
          number += 1;
          const unitNo = `${f}${String((e - 1) * perEntrance + u).padStart(2, "0")}`;
          door({
            ...outside,
            id: id(7, number),
            kind: "dwelling_unit",
            buildingId,
            parentId: buildingId,
            entranceNo: String(e),
            floorNo: String(f),
            unitNo,
            sortKey: `${sort} ${e} ${String(f).padStart(3, "0")} ${String(u).padStart(3, "0")}`,
            fullText: `云湖路${outside.doorNo}号听澜苑${b}幢${e}单元${unitNo}室`,
          });
        }
      }
    }
  }
  for (let h = 1; h <= houses; h += 1) {
    number += 1;
    const shop = h % 4 === 0;
    const doorId = id(7, number);
    door({
      ...common,
      id: doorId,
      kind: shop ? "shop" : "rural_house",
      buildingId: doorId,
      street: "深清村3组",
      doorNo: String(h),
      ...(shop ? { name: "小满便利店" } : {}),
      sortKey: `深清村 ${String(h).padStart(4, "0")}`,
      fullText: `深清村3组${h}号`,
    });
  }
  const homes = [...beat.places.values()].filter(({ kind }) => kind !== "building");
  for (let m = 1; m <= matters; m += 1) {
    const kind = MATTER_KINDS[m % MATTER_KINDS.length] ?? "opinion";
    const subtypes = MATTER_SUBTYPES[kind];
    const place = homes[Math.floor(random() * homes.length)];
    if (!place) break;
    beat.matters.set(id(9, m), {
      id: id(9, m),
      number: `M2611${String(m).padStart(4, "0")}`,
      kind,
      subtype: subtypes[Math.floor(random() * subtypes.length)],
      state: m % 3 === 0 ? "in_progress" : m % 5 === 0 ? "closed" : "registered",
      version: 1,
      placeId: place.id,
      registeredAt: now - Math.floor(random() * 20) * DAY_MS,
      clocks: [
        {
          purpose: "finish",
          rule: "hazard.ordinary",
          version: 1,
          startedAt: now - DAY_MS,
          dueAt: startOfLocalDay(m % 7 === 0 ? "2026-11-03" : "2026-11-25"),
          pausedAt: null,
        },
      ],
      outcome: null,
      text: "三单元门口的路灯已经坏了一周，晚上回家看不清台阶，希望尽快修好。",
    });
  }
  return beat;
}

function history(random: () => number, now: Instant, placeId: Id): DoorState {
  const chance = random();
  const knocks: readonly (readonly [daysAgo: number, hour: number, trace: Trace])[] =
    chance < 0.38
      ? [[3, 19, "met"]]
      : chance < 0.64
        ? [[4, 10, "absent"]]
        : chance < 0.82
          ? [
              [6, 10, "absent"],
              [4, 15, "absent"],
            ]
          : chance < 0.95
            ? [[5, 19, "ended"]]
            : [[1, 19, "later"]];
  const today = now - 18 * HOUR_MS;
  let door = NEW_DOOR;
  for (const [at, [daysAgo, hour, trace]] of knocks.entries()) {
    const when = today - daysAgo * DAY_MS + hour * HOUR_MS;
    door = addKnock(door, {
      id: placeId.replace(/^........-..../, `01980000-00${String(at).padStart(2, "0")}`),
      at: when,
      trace,
      campaignIds: [TEST_IDS.campaign],
      cardLeft: false,
      last: false,
    });
  }
  if (knocks[0]?.[2] === "later") {
    const from = today + 19.5 * HOUR_MS;
    const appointment = { from, to: from + HOUR_MS };
    const by = TEST_IDS.officer;
    door = { ...door, appointment: { value: appointment, version: door.version, at: now, by } };
  }
  return door;
}

type Line = { readonly command: Command; readonly hash: string; readonly answer: Answer };

export class FakeServer {
  readonly beat: Beat;
  now: () => Instant;
  /** Answers to be lost after the work was done; 1 loses one. */
  loseAnswers = 0;
  /** Pulls asked for, and what each waits for before it reads. */
  pulls = 0;
  slowPull: Promise<void> = Promise.resolve();
  /** Requests that don't arrive at all. */
  offline = false;
  revoked = new Set<Id>();
  signedIn = false;
  /** Refuses every command of this type, or for this place. */
  refuse: ((command: Command) => Refusal | null) | null = null;
  pushes = 0;
  readonly ledger = new Map<Id, Line>();
  readonly #batches = new Map<Id, SignedBatch>();
  readonly #changes: { readonly kind: string; readonly id: Id }[] = [];
  readonly #visits = new Map<Id, Visit>();
  readonly #corrected = new Set<Id>();
  #keys: CryptoKeyPair | null = null;
  #seq = 0;

  constructor(beat: Beat, now: () => Instant = () => TEST_EVENING) {
    this.beat = beat;
    this.now = now;
    for (const id of beat.places.keys()) this.#changes.push({ kind: "place", id });
    for (const id of beat.doors.keys()) this.#changes.push({ kind: "door", id });
    for (const id of beat.matters.keys()) this.#changes.push({ kind: "matter", id });
  }

  async #pair(): Promise<CryptoKeyPair> {
    this.#keys ??= (await crypto.subtle.generateKey("Ed25519", true, [
      "sign",
      "verify",
    ])) as CryptoKeyPair;
    return this.#keys;
  }

  #guard(device?: Id): void {
    if (this.offline) throw new RequestFailed(0, "unreachable", "");
    if (!this.signedIn) throw new RequestFailed(401, "not-signed-in", "登录已失效，请重新登录。");
    if (device !== undefined && this.revoked.has(device)) {
      throw new RequestFailed(403, "device-revoked", "");
    }
  }

  session(): MemberSession {
    return {
      member: {
        id: TEST_IDS.officer,
        name: "江沐阳",
        login: TEST_LOGIN,
        title: "社区民警",
        number: "990101",
      },
      bureau: {
        id: id(1, 1),
        name: "云汀市公安局",
        nameEn: "Yunting Public Security Bureau",
        privacyContact: "法制支队 0990-1100100",
      },
      role: "community_officer",
      scope: "beat",
      stations: [
        {
          id: TEST_IDS.station,
          name: "听澜派出所",
          nameEn: "Tinglan Police Station",
          address: "听澜路 1 号",
          dutyPhone: "0990-1100101",
        },
      ],
      beats: [{ id: TEST_IDS.beat, name: "东警务区", nameEn: "East", stationId: TEST_IDS.station }],
    };
  }

  context(): Readonly<Record<string, unknown>> {
    return { members, campaigns: [campaign], forms: [householdForm, shopForm] };
  }

  /** One phone's line to this server. */
  transport(): Transport {
    return {
      signIn: async (login, password) => {
        if (this.offline) throw new RequestFailed(0, "unreachable", "");
        if (login !== TEST_LOGIN || password !== TEST_PASSWORD) {
          throw new RequestFailed(401, "sign-in-failed", "账号或密码不对。");
        }
        this.signedIn = true;
        return this.session();
      },
      session: async () => {
        this.#guard();
        return this.session();
      },
      signOut: async () => {
        this.#guard();
        this.signedIn = false;
      },
      registerDevice: async (device) => this.#guard(device),
      push: async (request) => {
        this.#guard(request.device);
        this.pushes += 1;
        const reply = await this.#take(request.commands);
        if (this.loseAnswers > 0) {
          this.loseAnswers -= 1;
          throw new RequestFailed(0, "unreachable", "");
        }
        return reply;
      },
      pull: async (device, beat, cursor, sink) => {
        this.#guard(device);
        this.pulls += 1;
        await this.slowPull;
        const from = cursor === null ? 0 : Number(cursor);
        sink.head({
          protocol: PROTOCOL,
          beat,
          epoch: 1,
          full: cursor === null,
          serverNow: this.now(),
        });
        const size = 5000;
        for (let at = from; ; at += size) {
          const page = this.#changes.slice(at, at + size).map(this.#record);
          const more = at + size < this.#changes.length;
          const next = String(Math.min(at + size, this.#changes.length));
          await sink.page(page, { cursor: next, more });
          if (!more) return;
        }
      },
      reconcile: async ({ device, buckets, lines }) => {
        this.#guard(device);
        const held = [...this.ledger.values()]
          .filter(({ answer }) => answer.status !== "refused")
          .map(({ command, hash }) => ({ id: command.id, hash }));
        const differing = buckets.flatMap((bucket, at) => {
          const within = held.filter(({ id: one }) => bucket.from <= one && one <= bucket.to);
          const ours = { count: within.length, digest: digestOf(within) };
          return differs(bucket, ours) ? [at] : [];
        });
        const known = new Map(held.map((line) => [line.id, line.hash] as const));
        return { differing, ...compareLines(lines, known) };
      },
      keys: async () => {
        this.#guard();
        const raw = await crypto.subtle.exportKey("raw", (await this.#pair()).publicKey);
        return [{ id: "k1", algorithm: "Ed25519", key: toBase64Url(new Uint8Array(raw)) }];
      },
      context: async (have) => {
        this.#guard();
        return { version: "1", sections: have === "1" ? null : this.context() };
      },
    };
  }

  readonly #record = ({ kind, id: one }: { kind: string; id: Id }): PullRecord => [
    kind,
    one,
    (kind === "place"
      ? this.beat.places
      : kind === "door"
        ? this.beat.doors
        : this.beat.matters
    ).get(one),
  ];

  async #take(commands: readonly Command[]) {
    const fresh: { command: Command; hash: string; seq: number }[] = [];
    const answers = new Map<Id, Answer>();
    for (const command of commands) {
      const had = this.ledger.get(command.id);
      if (had) {
        answers.set(
          command.id,
          had.answer.status === "accepted" ? { ...had.answer, status: "had" } : had.answer,
        );
        continue;
      }
      const hash = await hashOf(command);
      const refusal = this.refuse?.(command) ?? this.#run(command);
      if (refusal) {
        const answer: Answer = { id: command.id, status: "refused", refusal };
        this.ledger.set(command.id, { command, hash, answer });
        answers.set(command.id, answer);
      } else {
        this.#seq += 1;
        fresh.push({ command, hash, seq: this.#seq });
      }
    }
    if (fresh.length > 0) await this.#sign(fresh, answers);
    const batches = new Set(
      [...answers.values()].flatMap((answer) => ("batch" in answer ? [answer.batch] : [])),
    );
    return {
      protocol: PROTOCOL,
      serverNow: this.now(),
      answers: commands.flatMap(({ id: one }) => answers.get(one) ?? []),
      batches: [...batches].flatMap((batch) => this.#batches.get(batch) ?? []),
    } as const;
  }

  async #sign(
    fresh: readonly { command: Command; hash: string; seq: number }[],
    answers: Map<Id, Answer>,
  ): Promise<void> {
    const time = this.now();
    const batch = uuidv7(time, crypto.getRandomValues(new Uint8Array(10)));
    const leaves = await Promise.all(
      fresh.map(async ({ command, hash, seq }) =>
        sha256(leafContent({ id: command.id, hash, seq, time })),
      ),
    );
    const root = await merkleRoot(leaves, sha256);
    const statement = batchStatement({ id: batch, count: leaves.length, root, time });
    const { privateKey } = await this.#pair();
    const signature = await crypto.subtle.sign("Ed25519", privateKey, statement);
    const bytes = new Uint8Array(leaves.length * 32);
    for (const [at, leaf] of leaves.entries()) bytes.set(leaf, at * 32);
    this.#batches.set(batch, {
      id: batch,
      time,
      leaves: toBase64Url(bytes),
      keyId: "k1",
      signature: toBase64Url(new Uint8Array(signature)),
    });
    for (const [leaf, { command, hash, seq }] of fresh.entries()) {
      const answer: Answer = { id: command.id, status: "accepted", seq, batch, leaf };
      this.ledger.set(command.id, { command, hash, answer });
      answers.set(command.id, answer);
    }
  }

  #run(command: Command): Refusal | null {
    if (!command.type.startsWith("visits.")) return null;
    const body = command.body as RecordVisit | CorrectVisit;
    const visit = "visit" in body ? body.visit : body;
    const place = this.beat.places.get(visit.placeId);
    const door = this.beat.doors.get(visit.placeId) ?? NEW_DOOR;
    const context = {
      id: command.id,
      now: this.now(),
      at: command.at,
      correctedAt: Math.min(command.at, this.now()),
      atDesk: false,
      base: command.base,
      author: TEST_IDS.officer,
      beatIds: [TEST_IDS.beat],
      place: place && visitPlaceOf(place),
      member: (one: Id) => members.find((member) => member.id === one),
      campaignsAt: (at: VisitPlace, when: Instant) => campaignsFor(at, when, [campaign]),
      alive: new Set([campaign.id]),
      leafletCodes: null,
      form: (code: string) => [householdForm, shopForm].find((form) => form.code === code),
      inspect: inspectText,
      samplingPlan: () => false,
    };
    const judged =
      "visit" in body
        ? correct(door, null, body, {
            ...context,
            original: this.#visits.get(body.corrects),
            correctedBy: this.#corrected.has(body.corrects) ? body.corrects : null,
            mayCorrectOthers: false,
          })
        : record(door, body, context);
    if (!judged.ok) return judged.refusal;
    if ("visit" in body) this.#corrected.add(body.corrects);
    this.#visits.set(command.id, judged.value.visit);
    this.beat.doors.set(visit.placeId, judged.value.door);
    this.#changes.push({ kind: "door", id: visit.placeId });
    return null;
  }

  /** Forgets what it had taken, as a server restored from a backup does. */
  forget(ids: readonly Id[]): void {
    for (const one of ids) this.ledger.delete(one);
  }
}

function visitPlaceOf(place: PlaceRecord): VisitPlace {
  return {
    id: place.id,
    kind: place.kind,
    status: place.status ?? "confirmed",
    buildingId: place.buildingId ?? place.id,
    communityId: place.communityId ?? null,
    stationId: TEST_IDS.station,
    beatId: TEST_IDS.beat,
  };
}
