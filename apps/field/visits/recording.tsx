import { uuidv7, type Id } from "@wanjia/domain/shared/id";
import type { Refusal } from "@wanjia/domain/shared/result";
import type { CorrectVisit, NoteDoor, RecordVisit } from "@wanjia/domain/visits/terms";
import { useTranslation } from "@wanjia/ui/language/language";
import { isStorageFull } from "../shell/database.ts";
import type { Command } from "@wanjia/sync/protocol";
import type { Pack } from "../shell/records.ts";
import { UNDO_MS } from "../shell/sync-driver.ts";
import { offerUndo } from "../shell/undo.ts";
import { useFromStore, useWork } from "../shell/work.tsx";
import type { NoteCommand } from "./notes.ts";
import { doorLabel, doorName } from "./names.ts";
import {
  check,
  checkNote,
  surroundings,
  usualTeam,
  visitOf,
  type Officer,
  type SeenDoor,
  type VisitCommand,
} from "./view-model.ts";

export function newCommandId(): Id {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

/** Who records, as last told by the server. */
function useOfficer(): Officer {
  const { owner, store } = useWork();
  const session = useFromStore(({ session: told }) => told);
  if (session) {
    const beats = session.beats;
    return {
      id: owner.memberId,
      stationId: beats[0]?.stationId ?? session.stations[0]?.id ?? "",
      beatIds: beats.map(({ id }) => id),
    };
  }
  const beatIds = [...new Set(store.index.blocks.map(({ beat }) => beat))];
  return { id: owner.memberId, stationId: "", beatIds };
}

/** The people of today, chosen once. */
export function useTeam(): readonly Id[] {
  const { owner } = useWork();
  const chosen = useFromStore(({ team }) => team);
  const context = useFromStore(({ context: current }) => current);
  return usualTeam(owner.memberId, surroundings(context), chosen ?? undefined);
}

type Order = {
  readonly pack: Pack;
  readonly door: SeenDoor;
  readonly body: RecordVisit;
  readonly replaces?: Id | null;
  readonly corrects?: { readonly id: Id; readonly reason: string } | null;
  /** Draft that this record settles. */
  readonly drops?: string | undefined;
  /** What falls with the record if it is taken back. */
  readonly onUndone?: (() => void) | undefined;
};

/**
 * Records a visit: the rules are asked first, then it is saved, felt and seen, and for ten seconds
 * it can be taken back. Answers the refusal, if any.
 */
export function useRecord(): (order: Order) => Promise<Refusal | null> {
  const { t } = useTranslation("visits");
  const { store } = useWork();
  const save = useSave();
  const officer = useOfficer();
  return async ({ pack, door, body, replaces, corrects, drops, onUndone }) => {
    const common = { id: newCommandId(), at: Date.now(), base: door.base };
    const link = replaces ? { replaces } : {};
    const command: VisitCommand = corrects
      ? {
          ...common,
          ...link,
          type: "visits.correct",
          body: {
            corrects: corrects.id,
            reason: corrects.reason,
            visit: body,
          } satisfies CorrectVisit,
        }
      : { ...common, ...link, type: "visits.record", body };
    const mine = await store.mine(pack.key);
    const refusal = check(pack, door, command, officer, surroundings(store.context), mine);
    if (refusal) return refusal;
    const said = t("saved", {
      door: doorLabel(door.place),
      outcome: t(`said:visits.outcome.${visitOf(command).outcome}`),
    });
    return save({ command, pack, door, drops, onUndone }, said);
  };
}

type Saving = Pick<Order, "pack" | "door" | "drops" | "onUndone"> & {
  readonly command: Command;
  /** Who notes it, where the command doesn't say. */
  readonly by?: Id;
};

/** Puts a command on the disk; felt and seen once it is there, and for ten seconds taken back. */
function useSave() {
  const { driver } = useWork();
  return async (
    { command, pack, door, drops, by, onUndone }: Saving,
    said: string,
  ): Promise<Refusal | null> => {
    const label = doorName(door.place);
    try {
      await driver.record({
        mine: { command, block: pack.key, placeId: door.place.id, label, ...(by ? { by } : {}) },
        ...(drops ? { drops } : {}),
      });
    } catch (error) {
      if (isStorageFull(error)) return { code: "storage-full" };
      throw error;
    }
    navigator.vibrate?.(30);
    offerUndo({ id: command.id, text: said, until: Date.now() + UNDO_MS, onUndone });
    return null;
  };
}

/** Notes something of a door without a visit; answers the refusal, if any. */
export function useNote(): (order: {
  readonly pack: Pack;
  readonly door: SeenDoor;
  readonly body: NoteDoor;
}) => Promise<Refusal | null> {
  const { t } = useTranslation("visits");
  const save = useSave();
  const officer = useOfficer();
  return async ({ pack, door, body }) => {
    const command: NoteCommand = {
      id: newCommandId(),
      type: "visits.note",
      at: Date.now(),
      base: door.base,
      body,
    };
    const refusal = checkNote(pack, door, command, officer);
    if (refusal) return refusal;
    return save(
      { command, pack, door, by: officer.id },
      t("note.saved", { door: doorLabel(door.place) }),
    );
  };
}

/** The sentence of a refusal: what happened, why, what to do. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t } = useTranslation("said");
  return ({ code, params }) =>
    code === "storage-full" ? t("visits:notSaved") : t(`refusals.${code}`, { ...params });
}
