/** Notes on a door that need no visit, as the phone shows and decides them. */
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { note, type Noted } from "@wanjia/domain/visits/note";
import type { VisitPlace } from "@wanjia/domain/visits/context";
import type { DoorState, NoteDoor, VisitRefusal } from "@wanjia/domain/visits/terms";
import type { Result } from "@wanjia/domain/shared/result";
import type { Command } from "@wanjia/sync/protocol";

export type NoteCommand = Command<"visits.note", NoteDoor>;

export function isNoteCommand(command: Command): command is NoteCommand {
  return command.type === "visits.note";
}

/** What the domain says to a note on a door of this phone. */
export function judgeNote(
  door: DoorState,
  command: NoteCommand,
  place: VisitPlace,
  author: Id,
  now: Instant,
): Result<Noted, VisitRefusal> {
  const { at, base } = command;
  return note(door, command.body, {
    now: Math.max(now, at),
    correctedAt: at,
    base,
    author,
    place,
    inspect: inspectText,
  });
}

/**
 * Whether a note still lies on top of what was pulled. The server gives the door another version when
 * it takes the note; whatever is pulled after that tells of it, or of what came later.
 */
export function isOnTop({ base }: NoteCommand, pulled: DoorState | null): boolean {
  return (pulled?.version ?? null) === base;
}
