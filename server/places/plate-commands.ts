import { randomBytes } from "node:crypto";
import { plateCode, readPlateCode } from "@wanjia/domain/places/plate";
import { isLiving } from "@wanjia/domain/places/rules";
import type { Id } from "@wanjia/domain/shared/id";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { placeFact } from "./commands.ts";
import * as queries from "./queries.ts";

export async function issuePlate(
  tx: Tx,
  principal: Principal,
  id: Id,
): Promise<Result<string, "not-found" | "place-ended">> {
  const place = await queries.lockPlace(tx, id);
  if (place === undefined) return refuse("not-found");
  if (!isLiving(place.status)) return refuse("place-ended");
  const code = plateCode(randomBytes(16));
  await queries.insertPlates(tx, [{ code, place }], principal.memberId);
  await record(tx, [placeFact("plate.issued", place)]);
  return accept(code);
}

/** Each door of a building gets a plate, unless it has one: sent twice, nothing is issued twice. */
export async function issueMissingPlates(
  tx: Tx,
  principal: Principal,
  id: Id,
): Promise<
  Result<{ issued: number; had: number }, "not-found" | "place-ended" | "not-a-building">
> {
  const building = await queries.lockPlace(tx, id);
  if (building === undefined) return refuse("not-found");
  if (!isLiving(building.status)) return refuse("place-ended");
  if (building.kind !== "building") return refuse("not-a-building");
  const doors = await queries.doorsAndPlates(tx, id);
  const bare = doors.filter(({ plated }) => !plated);
  if (bare.length > 0) {
    const plates = bare.map((place) => ({ code: plateCode(randomBytes(16)), place }));
    await queries.insertPlates(tx, plates, principal.memberId);
    await record(tx, [placeFact("plates.issued", building, { plates: plates.length })]);
  }
  return accept({ issued: bare.length, had: doors.length - bare.length });
}

export async function withdrawPlate(
  tx: Tx,
  text: string,
): Promise<Result<string, "plate-unknown" | "plate-malformed" | "plate-check-failed">> {
  const code = readPlateCode(text);
  if (!code.ok) return code;
  if ((await queries.endPlate(tx, code.value)) === 0) return refuse("plate-unknown");
  await record(tx, [
    { action: "plate.withdrawn", subjectKind: "plate", subjectId: code.value.slice(-4) },
  ]);
  return accept(code.value);
}
