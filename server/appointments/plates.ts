/** Which door a plate stands at, for whoever stands before it. */
import { readPlateCode } from "@wanjia/domain/places/plate";
import { LIVING_STATUSES, VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Id } from "@wanjia/domain/shared/id";
import { isCardOf } from "@wanjia/domain/visits/card-code";
import { NEW_DOOR } from "@wanjia/domain/visits/door";
import { bureauOfPlate, findPlate, type PlaceSeat, placeSeats } from "../places/read-model.ts";
import type { Database, Tx } from "../platform/database.ts";
import { type DoorOfBuilding, doorsOfBuilding, doorState } from "../visits/read-model.ts";

interface AtPlate {
  readonly seat: PlaceSeat;
  /** More than the plate's own door where it hangs at a building. */
  readonly doors: readonly DoorOfBuilding[] | null;
}

/** Works in the bureau of a plate; undefined where there is no such plate, or it was withdrawn. */
export async function atPlate<T>(
  database: Database,
  text: string,
  work: (tx: Tx, plate: AtPlate) => Promise<T>,
): Promise<T | undefined> {
  const code = readPlateCode(text);
  if (!code.ok) return undefined;
  const bureauId = await database.asSystem(null, (tx) => bureauOfPlate(tx, code.value));
  if (bureauId === undefined) return undefined;
  return database.asSystem(bureauId, async (tx) => {
    const plate = await findPlate(tx, code.value);
    if (plate === undefined || plate.withdrawnAt !== null) return undefined;
    const [seat] = await placeSeats(tx, [plate.placeId]);
    if (seat === undefined) return undefined;
    const own = VISITABLE_KINDS.some((kind) => kind === seat.kind);
    const doors = own ? null : await doorsOfBuilding(tx, seat.buildingId ?? seat.id);
    return work(tx, { seat, doors });
  });
}

/** Whether somebody can be visited there. */
export function isDoor({ kind, status }: PlaceSeat): boolean {
  return (
    VISITABLE_KINDS.some((visitable) => visitable === kind) &&
    LIVING_STATUSES.some((living) => living === status)
  );
}

/** 2 单元 601 and the like: what stands on the door, nothing more. */
export function doorLabel({ entranceNo, unitNo, place }: DoorOfBuilding): string {
  const numbers = [entranceNo, unitNo].filter((part) => part !== null);
  return numbers.length > 0 ? numbers.join("-") : place;
}

/**
 * The door that is meant: the plate's own, the one that was chosen, or the one whose card was left.
 * `confirmed` when the code on the card is right.
 */
export async function doorMeant(
  tx: Tx,
  { seat, doors }: AtPlate,
  chosen: Id | undefined,
  typed: string | undefined,
): Promise<Result<{ placeId: Id; confirmed: boolean }, "door-unknown" | "card-code-wrong">> {
  const code = typed?.trim() || undefined;
  if (doors === null) {
    const state = (await doorState(tx, seat.id)) ?? NEW_DOOR;
    if (code !== undefined && !isCardOf(state, code, tx.now)) return refuse("card-code-wrong");
    return accept({ placeId: seat.id, confirmed: code !== undefined });
  }
  const fits = (door: DoorOfBuilding): boolean =>
    (chosen === undefined || door.placeId === chosen) &&
    (code === undefined || isCardOf(door.state ?? NEW_DOOR, code, tx.now));
  const door = chosen === undefined && code === undefined ? undefined : doors.find(fits);
  if (door === undefined) return refuse(code === undefined ? "door-unknown" : "card-code-wrong");
  return accept({ placeId: door.placeId, confirmed: code !== undefined });
}
