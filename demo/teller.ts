/** What a story has in hand: doors nobody else visits, the people of a beat, and time. */
import type { MatterCommand } from "@wanjia/domain/matters/terms";
import type { PartnerKind } from "@wanjia/domain/organisation/terms";
import type { MediationDraft } from "@wanjia/domain/mediation/open";
import type { Place } from "@wanjia/domain/places/terms";
import { type Id, uuidv7 } from "@wanjia/domain/shared/id";
import {
  addDays,
  type Instant,
  type LocalDate,
  MINUTE_MS,
  startOfLocalDay,
} from "@wanjia/domain/shared/instant";
import { toBase64Url } from "@wanjia/sync/bytes";
import type { RecordVisit, VisitMatter } from "@wanjia/domain/visits/terms";
import type { DemoEvent, VisitCommand } from "./events.ts";
import type { PlannedCampaign, Team } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { companyOf } from "./city.ts";
import type { Errand } from "./errands.ts";
import { Telling } from "./mediations.ts";
import { peopleOf } from "./people.ts";
import type { City } from "./terms.ts";

export interface Setting {
  readonly city: City;
  readonly places: readonly Place[];
  readonly now: Instant;
  readonly main: PlannedCampaign;
  readonly early: PlannedCampaign;
}

type Matter = Omit<VisitMatter, "id">;
/** Each of several, without when and by whom. */
type Unsaid<T> = T extends unknown ? Omit<T, "kind" | "at" | "by"> : never;

/** A story's hands: the officer of one beat, his leader, the feedback centre. */
export class Teller {
  readonly events: DemoEvent[] = [];
  readonly doors = new Set<Id>();
  readonly setting: Setting;
  readonly #chance: Chance;
  readonly #homes: ReadonlyMap<Id, readonly Place[]>;
  readonly people;
  readonly #rooms = new Map<Id, { id: Id; stationId: Id; name: string }>();

  constructor(setting: Setting) {
    this.setting = setting;
    this.people = peopleOf(setting.city);
    this.#chance = new Chance(`${setting.city.seed}/stories/${setting.main.plan.startsOn}`);
    const homes = setting.places.filter(({ kind }) => kind === "dwelling_unit");
    this.#homes = Map.groupBy(homes, ({ beatId }) => beatId ?? "");
  }

  /** A flat of a beat that no other story has: the `nth` of them, from the third floor on. */
  door(beat: number, nth: number): Place {
    const beatId = this.setting.city.beats[beat]?.id ?? "";
    const homes = (this.#homes.get(beatId) ?? []).filter(({ floorNo }) => Number(floorNo) >= 3);
    const place = homes[(nth * 41 + 7) % Math.max(1, homes.length)];
    if (place === undefined) throw new Error("a story needs a flat");
    this.doors.add(place.id);
    return place;
  }

  team(campaign: PlannedCampaign, beat: number): Team {
    const beatId = this.setting.city.beats[beat]?.id;
    const team = campaign.teams.find((one) => one.beatId === beatId);
    if (team === undefined) throw new Error("a story needs a team");
    return team;
  }

  leader(team: Team, nth: number): Id {
    return this.people.leader(team.stationId, nth);
  }

  feedback(nth = 0): Id {
    return this.people.desk("feedback_centre", nth);
  }

  /** `day` days after the campaign began, at an hour of the local day. */
  at(campaign: PlannedCampaign, day: number, hour: number): Instant {
    const date: LocalDate = addDays(campaign.plan.startsOn, day);
    return startOfLocalDay(date) + Math.round(hour * 60) * MINUTE_MS;
  }

  /** One knock, sent ten minutes later; returns its id and those of the matters. */
  visit(
    team: Team,
    place: Place,
    at: Instant,
    visit: Omit<RecordVisit, "placeId" | "startedAt" | "endedAt" | "team" | "matters">,
    matters: readonly Matter[] = [],
    minutes = 6,
  ): { id: Id; matterIds: Id[] } {
    const endedAt = at + minutes * MINUTE_MS;
    const id = uuidv7(endedAt, this.#chance.bytes(10));
    const heard = matters.map((matter) => ({ ...matter, id: uuidv7(at, this.#chance.bytes(10)) }));
    const command: VisitCommand = {
      id,
      type: "visits.record",
      at: endedAt,
      base: null,
      body: {
        placeId: place.id,
        startedAt: at,
        endedAt,
        team: team.memberIds,
        ...visit,
        ...(heard.length > 0 ? { matters: heard } : {}),
      },
    };
    this.events.push({
      kind: "push",
      at: endedAt + 10 * MINUTE_MS,
      author: team.lead,
      commands: [command],
    });
    return { id, matterIds: heard.map((matter) => matter.id) };
  }

  step(at: Instant, by: Id, matterId: Id, command: MatterCommand): void {
    this.events.push({ kind: "step", at, step: { at, by, matterId, command } });
  }

  /** A mediation of a dispute in the room of the handler's station, before its committee. */
  mediation(
    team: Team,
    by: Id,
    at: Instant,
    matterId: Id,
    sides: MediationDraft["sides"],
  ): Telling {
    const tell = (event: DemoEvent): void => void this.events.push(event);
    const newId = (when: Instant): Id => uuidv7(when, this.#chance.bytes(10));
    const { stationId } = team;
    const known = this.#rooms.get(stationId);
    const room = known ?? { id: newId(at), stationId, name: "调解室" };
    if (known === undefined) {
      this.#rooms.set(stationId, room);
      tell({ kind: "mediation", at: at - MINUTE_MS, by: this.leader(team, 0), room });
    }
    const { partners, stations } = this.setting.city;
    const own = stations.find(({ id }) => id === stationId)?.name.replace(/派出所$/u, "") ?? "";
    const committee = partners.find(
      ({ kind, name }) => kind === "mediation_committee" && name.startsWith(own),
    );
    const lawyer = partners.find(({ kind }) => kind === "legal_aid");
    const told = new Telling(tell, newId, { at, by, roomId: room.id, matterId, sides });
    return told.agrees(at + 5 * MINUTE_MS, by, "a", "b").step(at + 10 * MINUTE_MS, by, {
      type: "set_panel",
      officers: [by],
      committeeId: committee?.id,
      lawyerId: lawyer?.id,
      handOverNo: `${own}民调〔2026〕${this.#rooms.size + 16}号`,
    });
  }

  /** Steps with one matter, told as a timeline: day and hour, who, what. */
  course(
    campaign: PlannedCampaign,
    matterId: Id,
    steps: readonly (readonly [day: number, hour: number, by: Id, command: MatterCommand])[],
  ): void {
    for (const [day, hour, by, command] of steps) {
      this.step(this.at(campaign, day, hour), by, matterId, command);
    }
  }

  /** Who never handled it hears by telephone that it is solved, and ends it. */
  confirmed(
    campaign: PlannedCampaign,
    matterId: Id,
    day: number,
    hour: number,
    text: string,
  ): void {
    const by = this.feedback(Math.floor(day) % 2);
    const solved = { mode: "phone", reached: true, solved: "yes", satisfaction: 5 } as const;
    this.course(campaign, matterId, [
      [day, hour, by, { type: "call_back", ...solved, text }],
      [day, hour + 0.2, by, { type: "close" }],
    ]);
  }

  /** A body outside of the police by its kind; of a beat, where each has its own. */
  body(kind: PartnerKind, beat?: number): Id {
    const { beats, communities, partners } = this.setting.city;
    const found =
      beat !== undefined && kind === "property_manager"
        ? companyOf(beats[beat], communities, partners)
        : partners.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`a story needs a ${kind}`);
    return found.id;
  }

  /** Something that is no matter: property, a complaint, a board. */
  errand(at: Instant, by: Id, what: Unsaid<Errand>): void {
    this.events.push({ kind: "errand", at, by, ...what } as Errand);
  }

  newId(at: Instant): Id {
    return uuidv7(at, this.#chance.bytes(10));
  }

  /** 32 bytes of a receipt nobody holds. */
  look(): string {
    return toBase64Url(this.#chance.bytes(32));
  }

  note(at: Instant, by: Id, matterId: Id, text: string): void {
    this.step(at, by, matterId, { type: "note", text });
  }
}

export const MET = {
  outcome: "completed_doorstep",
  noticeGiven: "oral_and_card",
  idShown: true,
  cardLeft: true,
} as const;
export const INSIDE = { ...MET, outcome: "completed_inside", entryConsent: true } as const;

export function phoneOf(nth: number): string {
  return `1200000${String(nth).padStart(4, "0")}`;
}
