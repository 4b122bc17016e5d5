/** Mediations of the story pack: who sits with whom in which room, and what it came to. */
import type { MediationDraft } from "@wanjia/domain/mediation/open";
import type { MediationCommand, SideKey } from "@wanjia/domain/mediation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { HOUR_MS, type Instant } from "@wanjia/domain/shared/instant";
import { holdMatter } from "../server/matters/commands.ts";
import { holdMediation, openMediation, saveRoom, takeStep } from "../server/mediation/commands.ts";
import { nextToCall } from "@wanjia/domain/mediation/policy";
import type { Principal } from "../server/platform/access.ts";
import type { Database } from "../server/platform/database.ts";

interface By {
  readonly kind: "mediation";
  readonly at: Instant;
  readonly by: Id;
}

/** What happens with a mediation in a demo city. */
export type MediationEvent = By &
  (
    | { readonly room: { readonly id: Id; readonly stationId: Id; readonly name: string } }
    | { readonly matterId: Id; readonly draft: MediationDraft }
    | { readonly mediationId: Id; readonly command: MediationCommand }
  );

/** Lets one of them happen as whoever does it. */
export async function mediate(
  database: Database,
  principal: Principal,
  event: MediationEvent,
): Promise<void> {
  await database.transact(principal, async (tx) => {
    if ("room" in event) {
      await saveRoom(tx, { ...event.room, seats: 10, active: true });
      return;
    }
    if ("draft" in event) {
      const matter = await holdMatter(tx, event.matterId);
      const opened = await openMediation(tx, principal, matter?.id ?? "", event.draft);
      if (opened?.ok !== true) throw new Error(`open: ${JSON.stringify(opened)}`);
      return;
    }
    const mediation = await holdMediation(tx, event.mediationId);
    if (mediation === undefined) throw new Error(`${event.command.type}: no mediation`);
    const { command } = event;
    // The order of the calls was drawn by lot.
    const order =
      command.type === "call_back"
        ? { ...command, side: nextToCall(mediation)?.key ?? command.side }
        : command;
    const taken = await takeStep(tx, principal, mediation, order, mediation.version);
    if (!taken.ok) throw new Error(`${command.type}: ${JSON.stringify(taken.refusal)}`);
  });
}

/** One mediation as a story tells it: each line an event. */
export class Telling {
  readonly #tell: (event: MediationEvent) => void;
  readonly #id: Id;
  readonly #roomId: Id;
  readonly #newId: (at: Instant) => Id;

  constructor(
    tell: (event: MediationEvent) => void,
    newId: (at: Instant) => Id,
    opening: {
      readonly at: Instant;
      readonly by: Id;
      readonly roomId: Id;
      readonly matterId: Id;
      readonly sides: MediationDraft["sides"];
    },
  ) {
    const { at, by, roomId, matterId, sides } = opening;
    this.#tell = tell;
    this.#newId = newId;
    this.#roomId = roomId;
    this.#id = newId(at);
    const draft: MediationDraft = { id: this.#id, form: "people", sides };
    tell({ kind: "mediation", at, by, matterId, draft });
  }

  step(at: Instant, by: Id, command: MediationCommand): this {
    this.#tell({ kind: "mediation", at, by, mediationId: this.#id, command });
    return this;
  }

  agrees(at: Instant, by: Id, ...sides: readonly SideKey[]): this {
    for (const side of sides) {
      this.step(at, by, { type: "answer_of_side", side, agrees: true, mode: "in_person" });
    }
    return this;
  }

  /** Booked at `at`, held from `from` on. */
  sits(at: Instant, from: Instant, by: Id, result: "continued" | "agreement"): this {
    this.step(at, by, {
      type: "book",
      sessionId: this.#newId(at),
      roomId: this.#roomId,
      from,
      to: from + 2 * HOUR_MS,
      open: false,
    });
    return this.step(from + 2 * HOUR_MS, by, {
      type: "hold",
      attendance: { a: "present", b: "present" },
      result,
    });
  }
}
