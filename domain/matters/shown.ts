/**
 * The other way in which a hazard is cleared: a photo of the place as it is now, and the word of whoever
 * reported it. Neither does it alone. Source: domain.md §4.5 (Close).
 */
import { accept, refuse, type Result } from "../shared/result.ts";
import { PHOTO_LIMITS } from "./photo.ts";
import {
  CLAIMED,
  type Matter,
  type MatterChange,
  type MatterRefusal,
  type SolvedAnswer,
} from "./terms.ts";

/** Whoever did the work says that it is put right, and nobody has confirmed it yet. */
export function isSaidToBeRight(matter: Matter): boolean {
  return (
    matter.kind === "hazard" && CLAIMED.includes(matter.state) && matter.outcome === "rectified"
  );
}

/** Photos that came after the last claim; those of an earlier one show what did not hold. */
function shownSinceClaim({ hazard, resolvedAt }: Matter): number {
  const shown = hazard?.shown;
  return shown === undefined || resolvedAt === null || shown.at < resolvedAt ? 0 : shown.photos;
}

/** Refuses `photo-out-of-place` where nothing is claimed, `too-many-photos` with the `limit`. */
export function showing(
  matter: Matter,
  photos: number,
): Result<readonly MatterChange[], MatterRefusal> {
  if (photos === 0) return accept([]);
  if (!isSaidToBeRight(matter)) return refuse("photo-out-of-place");
  const limit = PHOTO_LIMITS.perMatter;
  const all = shownSinceClaim(matter) + photos;
  if (all > limit) return refuse("too-many-photos", { limit });
  return accept([{ type: "place_shown", photos: all }]);
}

/**
 * What follows from what the resident said, with or without new photos beside it. Only the one who
 * reported it can confirm it; a hazard that an officer found is looked at by another officer.
 */
export function confirming(
  matter: Matter,
  said: SolvedAnswer | null,
  shownNow: boolean,
): readonly MatterChange[] {
  if (!isSaidToBeRight(matter) || matter.reporter !== "resident" || said !== "yes") return [];
  return shownNow || shownSinceClaim(matter) > 0 ? [{ type: "confirmed" }] : [];
}
