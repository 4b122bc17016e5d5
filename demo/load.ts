/**
 * Writes a generated city into a database through the product's own doors: campaigns by their
 * commands, visits by the pushes of phones, matters step by step as the people who take them, each
 * at its own time. So audit trail, figures, matters and receipts are those of real work.
 */
import { plateCode } from "@wanjia/domain/places/plate";
import type { Place } from "@wanjia/domain/places/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, type Instant, startOfLocalDay } from "@wanjia/domain/shared/instant";
import { CHANNELS } from "@wanjia/domain/answers/terms";
import type { Result } from "@wanjia/domain/shared/result";
import { PROTOCOL, PUSH_LIMITS } from "@wanjia/sync/protocol";
import "../server/app.ts";
import { holdMessage, takeStep as stepMessage } from "../server/answers/commands.ts";
import {
  adoptForm,
  closeCampaign,
  createCampaign,
  openCampaign,
} from "../server/campaigns/commands.ts";
import { passAppointments } from "../server/appointments/commands.ts";
import { foldAll } from "../server/insight/fold.ts";
import { holdMatter, takeStep } from "../server/matters/commands.ts";
import { keepContactsWith } from "../server/platform/contacts.ts";
import { principalFinder } from "../server/organisation/principal.ts";
import { insertBureau, insertUnits } from "../server/organisation/queries.ts";
import { saveDivisions } from "../server/places/import-queries.ts";
import { beginWith } from "../server/routing/commands.ts";
import type { Principal } from "../server/platform/access.ts";
import { record } from "../server/platform/audit.ts";
import type { FixedClock } from "../server/platform/clock.ts";
import type { Services } from "../server/platform/http.ts";
import { takePush } from "../server/platform/sync.ts";
import { putDevice } from "../server/platform/sync-ledger.ts";
import { FORMS } from "@wanjia/domain/visits/forms";
import type { FormCode } from "@wanjia/domain/visits/form-definition";
import { behaviourOf } from "./behaviour.ts";
import type { DemoEvent, Push } from "./events.ts";
import type { PlannedCampaign } from "./campaigns.ts";
import { Chance } from "./chance.ts";
import { DEMO_LOGINS } from "./city.ts";
import { divisionsOf } from "./divisions.ts";
import { runErrand } from "./errands.ts";
import { mediate } from "./mediations.ts";
import { insertPlaces, insertPlates, queuedMessages } from "./queries.ts";
import { routingRules } from "./routing.ts";
import { type City, DEMO_PASSWORD, idOf, SINCE } from "./terms.ts";

const PLACES_AT_ONCE = 2_000;
/** An answer on paper or by hand is with the resident within the day. */
const GIVEN_AFTER_MS = 5 * HOUR_MS;
const FORM_CODES: readonly FormCode[] = [
  "form_household",
  "form_shop",
  "form_community",
  "form_organisation",
];

export type Stage = "units" | "places" | "plates" | "life" | "totals" | "done";

export interface LoadOptions {
  readonly city: City;
  readonly services: Services;
  /** The clock of `services`, set to the time of each event. */
  readonly clock: FixedClock;
  readonly now: Instant;
  readonly progress: (share: number, stage: Stage) => void;
}

export interface Loaded {
  readonly places: number;
  readonly visits: number;
  readonly matters: number;
}

export async function loadCity(options: LoadOptions): Promise<Loaded> {
  const { city, services, clock, now, progress } = options;
  keepContactsWith(services.secrets.fieldKey);
  progress(0, "units");
  clock.set(startOfLocalDay(SINCE));
  await loadUnits(city, services);
  const places = await loadPlaces(city, services, (share) =>
    progress(0.02 + 0.18 * share, "places"),
  );
  progress(0.2, "plates");
  await loadPlates(city, services, places);
  const life = new Life(city, services, clock);
  const { events } = behaviourOf(city, places, now);
  for (const [index, event] of events.entries()) {
    if (index % 8 === 0) progress(0.22 + (0.73 * index) / events.length, "life");
    await life.happen(event);
  }
  progress(0.95, "totals");
  clock.set(now);
  await services.database.asSystem(city.bureau.id, foldAll);
  // The nights' work, which nobody was there to do.
  let passed = false;
  while (!passed) passed = await services.database.asSystem(city.bureau.id, passAppointments);
  await loadAccounts(city, services);
  progress(1, "done");
  return { places: places.length, visits: life.visits, matters: life.matters };
}

async function loadUnits(city: City, { database }: Services): Promise<void> {
  const { bureau, stations, beats, communities, grids, members, postings, liaisons, partners } =
    city;
  await database.asSystem(bureau.id, async (tx) => {
    await insertBureau(tx, bureau);
    await insertUnits(tx, {
      stations,
      beats,
      communities,
      grids,
      members,
      postings,
      liaisons,
      partners,
    });
    await saveDivisions(tx, divisionsOf(city), SINCE);
    await record(tx, [{ action: "bureau.created", subjectKind: "bureau", subjectId: bureau.id }]);
    await beginWith(tx, routingRules(city));
  });
}

async function loadPlaces(
  city: City,
  { database }: Services,
  progress: (share: number) => void,
): Promise<Place[]> {
  const places = [...city.places()];
  for (let from = 0; from < places.length; from += PLACES_AT_ONCE) {
    progress(from / places.length);
    const some = places.slice(from, from + PLACES_AT_ONCE);
    await database.asSystem(city.bureau.id, (tx) => insertPlaces(tx, some));
  }
  await database.pool.query("analyze");
  return places;
}

function platesOf(city: City): Chance {
  return new Chance(`${city.seed}/plates`);
}

/** The plate of the first building: one to show the residents' page with. */
export function firstPlate(city: City): string {
  return plateCode(platesOf(city).bytes(16));
}

/** Plates on the buildings of the first two beats. */
async function loadPlates(
  city: City,
  { database }: Services,
  places: readonly Place[],
): Promise<void> {
  const chance = platesOf(city);
  const beats = new Set(city.beats.slice(0, 2).map(({ id }) => id));
  const plates = places
    .filter(({ kind, beatId }) => kind === "building" && beatId !== null && beats.has(beatId))
    .map((place) => ({ id: plateCode(chance.bytes(16)), place }));
  const [officer] = city.members;
  if (officer === undefined) throw new Error("a city has members");
  await database.asSystem(city.bureau.id, (tx) =>
    insertPlates(tx, plates, startOfLocalDay(SINCE), officer.id),
  );
}

async function loadAccounts(city: City, { sessions }: Services): Promise<void> {
  const demo = new Set(DEMO_LOGINS.map(({ login }) => login));
  for (const { id, login, name } of city.members) {
    if (!demo.has(login)) continue;
    await sessions.createAccount({
      login,
      password: DEMO_PASSWORD,
      name,
      bureauId: city.bureau.id,
      memberId: id,
    });
  }
}

/** Lets events happen, each as its actor and at its time. */
class Life {
  readonly #city: City;
  readonly #services: Services;
  readonly #clock: FixedClock;
  readonly #principals = new Map<Id, Principal>();
  readonly #devices = new Map<Id, Id>();
  readonly #find;
  readonly #toGive: { at: Instant; by: Id; matterId: Id }[] = [];
  #adopted = false;
  visits = 0;
  matters = 0;

  constructor(city: City, services: Services, clock: FixedClock) {
    this.#city = city;
    this.#services = services;
    this.#clock = clock;
    this.#find = principalFinder(services.database, clock, true);
  }

  async happen(event: DemoEvent): Promise<void> {
    await this.#give(event.at);
    this.#clock.set(event.at);
    switch (event.kind) {
      case "open":
        return this.#open(event.campaign);
      case "close":
        return this.#asOffice(async (tx) => {
          expect("close", await closeCampaign(tx, event.campaign.id));
        });
      case "push":
        return this.#push(event);
      case "mediation":
        return mediate(this.#services.database, await this.#principal(event.by), event);
      case "errand":
        if ("paper" in event) this.visits += 1;
        return runErrand(this.#services, await this.#principal(event.by), event);
      case "step": {
        const { matterId, by, command } = event.step;
        const principal = await this.#principal(by);
        await this.#services.database.transact(principal, async (tx) => {
          const matter = await holdMatter(tx, matterId);
          if (matter === undefined) throw new Error(`${command.type}: no matter ${matterId}`);
          const taken = await takeStep(tx, principal, matter, command, matter.version);
          expect(`${command.type} of ${matter.kind} in ${matter.state}`, taken);
        });
        if (command.type === "answer" && CHANNELS.some((one) => one === command.mode)) {
          this.#toGive.push({ at: event.at + GIVEN_AFTER_MS, by, matterId });
        }
      }
    }
  }

  /**
   * Without a gateway somebody sends a text from the station's phone, or carries the letter there, and
   * says so in the outbox.
   */
  async #give(until: Instant): Promise<void> {
    for (let [next] = this.#toGive; next !== undefined && next.at <= until; [next] = this.#toGive) {
      this.#toGive.shift();
      const { at, by, matterId } = next;
      this.#clock.set(at);
      await this.#services.database.transact(await this.#principal(by), async (tx) => {
        for (const { id } of await queuedMessages(tx, matterId)) {
          const message = await holdMessage(tx, id);
          if (message === undefined) continue;
          expect("give", await stepMessage(tx, message, "mark"));
        }
      });
    }
  }

  async #asOffice(work: Parameters<Services["database"]["transact"]>[1]): Promise<void> {
    const office = this.#city.postings.find(({ role }) => role === "campaign_office");
    const principal = await this.#principal(office?.memberId ?? "");
    await this.#services.database.transact(principal, work);
  }

  async #open({ id, plan }: PlannedCampaign): Promise<void> {
    await this.#asOffice(async (tx) => {
      if (!this.#adopted) {
        for (const code of FORM_CODES) {
          await adoptForm(tx, code, {
            ...FORMS[code].marks,
            approvalNo: "云公走表〔2026〕1号",
          });
        }
        this.#adopted = true;
      }
      expect("draft", await createCampaign(tx, plan, id));
      expect("open", await openCampaign(tx, id));
    });
  }

  async #push({ author, commands, at }: Push): Promise<void> {
    const principal = await this.#principal(author);
    const device = await this.#device(principal);
    for (let from = 0; from < commands.length; from += PUSH_LIMITS.commands) {
      const some = commands.slice(from, from + PUSH_LIMITS.commands);
      const reply = await takePush(
        this.#services,
        principal,
        { protocol: PROTOCOL, device, deviceNow: at, commands: some },
        {
          viaDesk: false,
          onFault(error) {
            throw error;
          },
        },
      );
      if (!reply.ok) throw new Error(`push: ${reply.refusal.code}`);
      for (const [index, answer] of reply.value.answers.entries()) {
        if (answer.status === "accepted") continue;
        const why = answer.status === "refused" ? JSON.stringify(answer.refusal) : answer.status;
        throw new Error(`${some[index]?.body.outcome}: ${why}`);
      }
      this.visits += some.length;
      this.matters += some.reduce((sum, { body }) => sum + (body.matters?.length ?? 0), 0);
    }
  }

  async #principal(memberId: Id): Promise<Principal> {
    const known = this.#principals.get(memberId);
    if (known !== undefined) return known;
    const found = await this.#find(this.#city.bureau.id, memberId);
    if (found === null || typeof found === "string") throw new Error(`${memberId} has no posting`);
    const principal = { ...found, locale: "zh-CN" } as const;
    this.#principals.set(memberId, principal);
    return principal;
  }

  async #device(principal: Principal): Promise<Id> {
    const known = this.#devices.get(principal.memberId);
    if (known !== undefined) return known;
    const id = idOf(this.#city.seed, "device", this.#devices.size + 1);
    await this.#services.database.transact(principal, async (tx) => {
      const device = { id, name: "走访手机", protocol: PROTOCOL };
      await putDevice(tx, principal.bureauId, principal.memberId, device);
      await record(tx, [{ action: "device.registered", subjectKind: "device", subjectId: id }]);
    });
    this.#devices.set(principal.memberId, id);
    return id;
  }
}

/** The story pack obeys the rules; where a rule says no, the story is wrong. */
function expect(what: string, result: Result<unknown>): void {
  if (!result.ok) throw new Error(`${what}: ${JSON.stringify(result.refusal)}`);
}
