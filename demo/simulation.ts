/** Teams on their walks: who is met, what is heard, and what is done about it. */
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import {
  addDays,
  HOUR_MS,
  type Instant,
  localDate,
  type LocalDate,
  MINUTE_MS,
  startOfLocalDay,
  weekday,
} from "@wanjia/domain/shared/instant";
import type { MatterKind } from "@wanjia/domain/matters/terms";
import type { Place } from "@wanjia/domain/places/terms";
import { VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import type { Occupancy, RecordVisit, Topic, VisitMatter } from "@wanjia/domain/visits/terms";
import { LADDER_ATTEMPTS, OUTCOME_MEANING } from "@wanjia/domain/visits/terms";
import { bandOf } from "@wanjia/domain/visits/times";
import type { PlannedCampaign, Team } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { LatentHome, minutesAt, outcomeOf } from "./contact-model.ts";
import { type Cluster, type Door, isDue, isOpen, untouched } from "./doors.ts";
import type { DemoEvent, Push, VisitCommand } from "./events.ts";
import { type People, peopleOf } from "./people.ts";
import type { City } from "./terms.ts";
import { DOOR_NOTES, MATTER_TEXTS } from "./texts.ts";
import type { MatterText } from "./texts/row.ts";
import { stepsOf } from "./timeline.ts";
import { SALUTATIONS } from "./words.ts";

/** Matters per thousand completed visits (domain.md §10.5). */
const MATTERS_PER_THOUSAND: Readonly<Record<MatterKind, number>> = {
  hazard: 16,
  dispute: 9,
  opinion: 5,
  service_request: 4.5,
};
/** Residents who leave a way to be reached (§10.1: at most 35 %). */
const CONTACT_SHARE = 0.35;

export class Simulation {
  readonly #city: City;
  readonly #people: People;
  readonly #chance: Chance;
  readonly #now: Instant;
  readonly #clusters: Cluster[];
  readonly #doors = new Map<Id, Door>();
  readonly #texts: Map<MatterKind, MatterText[]>;

  constructor(city: City, places: readonly Place[], now: Instant) {
    this.#city = city;
    this.#people = peopleOf(city);
    this.#now = now;
    this.#chance = new Chance(`${city.seed}/behaviour/${localDate(now)}`);
    this.#texts = new Map(
      (Object.entries(MATTER_TEXTS) as [MatterKind, readonly MatterText[]][]).map(
        ([kind, texts]) => [kind, this.#chance.shuffle(texts)],
      ),
    );
    this.#clusters = this.#clustersOf(places);
  }

  /** Doors that a walk takes together: a building, a villagers' group, the organisations of a beat. */
  #clustersOf(places: readonly Place[]): Cluster[] {
    const buildingType = new Map(places.map(({ id, attributes }) => [id, attributes.buildingType]));
    const clusters = new Map<string, Cluster>();
    for (const place of places) {
      if (!VISITABLE_KINDS.some((kind) => kind === place.kind) || place.beatId === null) continue;
      const key =
        place.kind === "rural_house"
          ? `${place.beatId} ${place.street}`
          : place.kind === "organisation"
            ? `${place.beatId} organisations`
            : (place.buildingId ?? place.id);
      const cluster = clusters.get(key) ?? {
        beatId: place.beatId,
        homes: place.kind === "dwelling_unit" || place.kind === "rural_house",
        doors: [],
        lastVisit: 0,
      };
      clusters.set(key, cluster);
      const door: Door = {
        place,
        home: new LatentHome(this.#city.seed, place.id, place.kind),
        buildingType: buildingType.get(place.buildingId ?? place.id),
        floor: Number(place.floorNo ?? 1),
        cluster,
        quiet: false,
        ...untouched(),
      };
      cluster.doors.push(door);
      this.#doors.set(place.id, door);
    }
    return [...clusters.values()];
  }

  /** Doors that a story visits by itself. */
  reserve(doors: ReadonlySet<Id>): void {
    for (const id of doors) {
      const door = this.#doors.get(id);
      if (door !== undefined) door.quiet = true;
    }
  }

  newCampaign(): void {
    for (const door of this.#doors.values()) Object.assign(door, untouched());
    for (const cluster of this.#clusters) cluster.lastVisit = 0;
  }

  campaign(campaign: PlannedCampaign, until: LocalDate): DemoEvent[] {
    const events: DemoEvent[] = [];
    for (let day = campaign.plan.startsOn; day < until && day <= campaign.plan.endsOn;) {
      for (const [index, team] of campaign.teams.entries()) {
        for (const session of this.#sessionsOf(day, index)) {
          events.push(...this.#session(team, session.from, session.to, session.business));
        }
      }
      day = addDays(day, 1);
    }
    return events;
  }

  /** When a team goes out on a day: evenings above all, weekends, and a morning for the shops. */
  #sessionsOf(day: LocalDate, team: number): { from: Instant; to: Instant; business: boolean }[] {
    const chance = this.#chance;
    const midnight = startOfLocalDay(day);
    const at = (hour: number): Instant =>
      midnight + Math.round(hour * HOUR_MS) + chance.whole(-10, 10) * MINUTE_MS;
    const sessions: { from: Instant; to: Instant; business: boolean }[] = [];
    const add = (from: number, to: number, business = false): void => {
      sessions.push({ from: at(from), to: at(to), business });
    };
    const weekdayNumber = weekday(day);
    if (weekdayNumber <= 5) {
      if ((weekdayNumber + team) % 5 === 0) add(9.4, 11.3, true);
      if (chance.happens(0.72)) add(18.8, 21);
    } else if (weekdayNumber === 6) {
      if (chance.happens(0.7)) add(9.5, 11.6);
      if (chance.happens(0.25)) add(15.2, 17.4);
    } else if (chance.happens(0.45)) {
      add(15, 17.6);
    }
    return sessions.filter(({ to }) => to < this.#now - 20 * MINUTE_MS);
  }

  #session(team: Team, from: Instant, to: Instant, business: boolean): DemoEvent[] {
    const chance = this.#chance;
    const commands: VisitCommand[] = [];
    const steps: DemoEvent[] = [];
    let at = from;
    let previous: Door | null = null;
    for (const door of this.#walk(team, from, to, business)) {
      at += this.#way(previous, door);
      if (at >= to) break;
      const { command, matters, minutes } = this.#knock(door, team, at, from);
      commands.push(command);
      for (const matter of matters) {
        steps.push(...this.#work(matter.id, matter.text, at, team, matter.heard));
      }
      at += Math.round(minutes * MINUTE_MS);
      previous = door;
    }
    if (commands.length === 0) return [];
    // Most phones send on the way home; some find the network again in the morning.
    const delay = chance.happens(0.08) ? 10.5 * HOUR_MS : chance.between(1, 12) * MINUTE_MS;
    const push: Push = { kind: "push", at: Math.floor(at + delay), author: team.lead, commands };
    return [push, ...steps.map((step) => ({ ...step, at: Math.max(step.at, push.at + 1) }))];
  }

  /** The doors of a session in walking order: appointments, begun buildings, then new ones. */
  *#walk(team: Team, from: Instant, to: Instant, business: boolean): Generator<Door> {
    const day = localDate(from);
    const band = bandOf(from);
    const mine = this.#clusters.filter(
      ({ beatId, homes }, index) =>
        beatId === team.beatId && (homes ? index % 2 === this.#parity(team) : business),
    );
    const due = mine
      .flatMap(({ doors }) => doors)
      .filter((door) => isDue(door, from, to) && door.lastDay !== day);
    yield* due;
    const begun = mine.filter(
      ({ lastVisit, doors }) =>
        lastVisit > 0 && doors.filter((door) => isOpen(door, day, band)).length >= 3,
    );
    const fresh = mine.filter(({ lastVisit, homes }) => lastVisit === 0 && (homes || business));
    const ordered = business
      ? [...fresh.filter(({ homes }) => !homes), ...begun]
      : [
          ...begun.toSorted((a, b) => a.lastVisit - b.lastVisit).slice(0, 2),
          ...fresh.filter(({ homes }) => homes),
          ...begun,
        ];
    const seen = new Set<Door>(due);
    for (const cluster of ordered) {
      for (const door of cluster.doors) {
        if (seen.has(door) || !isOpen(door, day, band)) continue;
        seen.add(door);
        cluster.lastVisit = from;
        yield door;
      }
    }
  }

  #parity(team: Team): number {
    return team.name.endsWith("二组") ? 1 : 0;
  }

  /** Minutes' way from door to door, by stairs and streets. */
  #way(from: Door | null, to: Door): number {
    if (from === null) return 0;
    const chance = this.#chance;
    const minutes =
      from.cluster !== to.cluster
        ? chance.between(2, 4)
        : to.place.kind === "rural_house"
          ? chance.between(1, 3)
          : 0.3 + 0.7 * Math.abs(to.floor - from.floor);
    return Math.round(minutes * MINUTE_MS);
  }

  #knock(
    door: Door,
    team: Team,
    at: Instant,
    sessionStart: Instant,
  ): {
    command: VisitCommand;
    matters: { id: Id; text: MatterText; heard: VisitMatter }[];
    minutes: number;
  } {
    const chance = this.#chance;
    const kept = door.appointment !== null && isDue(door, sessionStart, at + HOUR_MS);
    const opens = chance.happens(kept ? 0.93 : door.home.probability(at));
    const outcome = opens ? outcomeOf(chance, door.buildingType) : this.#closedDoor(door);
    const meaning = OUTCOME_MEANING[outcome];
    const minutes = minutesAt(chance, outcome);
    const endedAt = Math.floor(at + minutes * MINUTE_MS);
    const id = uuidv7(endedAt, chance.bytes(10));
    const band = bandOf(at);

    door.attempts += 1;
    door.lastBand = band;
    door.lastDay = localDate(at);
    door.bands = { ...door.bands, [band]: door.bands[band] + (meaning.trace === "absent" ? 1 : 0) };
    door.done = ["met", "ended", "not_a_target"].includes(meaning.trace);
    if (outcome === "asked_not_to_visit") door.quiet = true;
    if (kept || door.done) door.appointment = null;
    const isLast =
      meaning.trace === "absent" &&
      door.attempts >= LADDER_ATTEMPTS &&
      Object.values(door.bands).every((count) => count > 0);
    if (isLast) door.done = true;

    const matters = meaning.completed ? this.#hear(at) : [];
    const visit: RecordVisit = {
      placeId: door.place.id,
      outcome,
      startedAt: at,
      endedAt,
      team: team.memberIds,
      ...(kept ? { arranged: "resident_request" as const } : {}),
      ...(meaning.completed ? this.#talk(door, outcome) : {}),
      ...(meaning.spoke && !meaning.completed
        ? { noticeGiven: "oral_and_card" as const, idShown: true }
        : {}),
      ...(meaning.trace === "absent" ? { cardLeft: isLast || chance.happens(0.6) } : {}),
      ...(isLast ? { lastAttempt: true } : {}),
      ...(outcome === "rescheduled" ? { appointment: this.#arrange(door, at) } : {}),
      ...(chance.happens(0.03) && meaning.spoke ? { note: chance.pick(DOOR_NOTES) } : {}),
      ...(matters.length > 0 ? { matters: matters.map(({ heard }) => heard) } : {}),
    };
    return {
      command: { id, type: "visits.record", at: endedAt, base: null, body: visit },
      matters,
      minutes,
    };
  }

  #closedDoor(door: Door): RecordVisit["outcome"] {
    const chance = this.#chance;
    if (door.home.usuallyAbsent && door.attempts >= 1 && chance.happens(0.25)) {
      return "vacant_observed";
    }
    return chance.weighted<RecordVisit["outcome"]>([
      ["no_answer", 0.98],
      ["inaccessible", 0.012],
      ["not_residential", 0.006],
      ["wrong_address", 0.002],
    ]);
  }

  #talk(door: Door, outcome: RecordVisit["outcome"]): Partial<RecordVisit> {
    const chance = this.#chance;
    const isHome = door.cluster.homes;
    const topics = chance.shuffle<Topic>([
      "anti_fraud",
      "fire_safety",
      "theft_prevention",
      "traffic_safety",
    ]);
    const occupancy = chance.weighted<Occupancy>([
      ["self_occupied", 0.7],
      ["rented", 0.24],
      ["lent", 0.02],
      ["prefer_not_to_say", 0.04],
    ]);
    return {
      noticeGiven: chance.happens(0.9) ? "oral_and_card" : "card_only",
      idShown: true,
      ...(outcome === "completed_inside" ? { entryConsent: true } : {}),
      cardLeft: chance.happens(0.7),
      topics: topics.slice(0, chance.whole(1, 2)),
      ...(chance.happens(0.55)
        ? { leaflets: [{ code: chance.happens(0.6) ? "anti_fraud" : "fire_safety", quantity: 1 }] }
        : {}),
      ...(chance.happens(0.12) ? { companions: ["grid_worker" as const] } : {}),
      ...(isHome && chance.happens(0.2) ? { occupancy } : {}),
      ...(isHome && chance.happens(0.25)
        ? {
            knowsOfficer: chance.weighted<"both" | "name" | "phone" | "no">([
              ["both", 0.2],
              ["name", 0.12],
              ["phone", 0.08],
              ["no", 0.6],
            ]),
          }
        : {}),
      ...(isHome ? this.#householdForm() : businessForm(door.place)),
    };
  }

  #householdForm(): Partial<RecordVisit> {
    return {
      form: { code: "form_household", version: 1 },
      answers: {
        registration_service: this.#chance.weighted([
          ["none", 0.93],
          ["already_done", 0.04],
          ["wants_help", 0.03],
        ]),
      },
    };
  }

  #arrange(door: Door, at: Instant): { from: Instant; to: Instant } {
    const day = addDays(localDate(at), this.#chance.whole(1, 4));
    const hour = weekday(day) >= 6 ? 10 : 19;
    const from = startOfLocalDay(day) + hour * HOUR_MS;
    door.appointment = { from, to: from + HOUR_MS };
    return door.appointment;
  }

  /** What a resident brings up, if anything. */
  #hear(at: Instant): { id: Id; text: MatterText; heard: VisitMatter }[] {
    const chance = this.#chance;
    for (const [kind, rate] of Object.entries(MATTERS_PER_THOUSAND) as [MatterKind, number][]) {
      if (!chance.happens(rate / 1000)) continue;
      const text = this.#texts.get(kind)?.pop();
      if (text === undefined) continue;
      const id = uuidv7(at, chance.bytes(10));
      const wantsAnswer = chance.happens(kind === "hazard" ? 0.45 : 0.85);
      const contact = chance.happens(CONTACT_SHARE)
        ? {
            salutation: chance.pick(SALUTATIONS),
            phone: `1200${String(chance.whole(0, 9_999_999)).padStart(7, "0")}`,
            preference: chance.happens(0.6) ? ("call" as const) : ("sms" as const),
            consent: true,
          }
        : undefined;
      return [
        {
          id,
          text,
          heard: {
            id,
            kind,
            subtype: text.subtype,
            text: text.text,
            wantsAnswer,
            ...(wantsAnswer && contact !== undefined ? { contact } : {}),
          },
        },
      ];
    }
    return [];
  }

  #work(id: Id, text: MatterText, at: Instant, team: Team, heard: VisitMatter): DemoEvent[] {
    const people = this.#people;
    const { preference } = heard.contact ?? {};
    const answer = !heard.wantsAnswer
      ? ("none" as const)
      : preference === "sms"
        ? ("sms" as const)
        : preference === "call"
          ? ("phone" as const)
          : ("in_person" as const);
    const steps = stepsOf(
      id,
      text,
      at,
      {
        handler: team.lead,
        other: people.leader(team.stationId, 1),
        feedback: people.desk("feedback_centre", this.#chance.whole(0, 1)),
      },
      { answer, byOfficer: text.kind === "hazard" && !heard.wantsAnswer },
      this.#chance,
    );
    return steps.map((step) => ({ kind: "step", at: step.at, step }));
  }
}

function businessForm(place: Place): Partial<RecordVisit> {
  if (place.kind !== "shop") return {};
  return {
    purpose: "service",
    form: { code: "form_shop", version: 1 },
    answers: { purpose_ack: true },
  };
}
