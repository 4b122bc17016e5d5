import { signDay, type Signature } from "@wanjia/domain/duty/rules";
import type { DayRefusal } from "@wanjia/domain/duty/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import type { Finding } from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import type { Principal } from "../platform/access.ts";
import { record } from "../platform/audit.ts";
import type { Tx } from "../platform/database.ts";
import { insertDay } from "./queries.ts";
import { figuresOf, signedDay, untouchedOf } from "./read-model.ts";

/** The next shift finds people in the matters, where looks are kept; not in a note. */
const PERSONAL: readonly Finding["kind"][] = ["id_number", "phone"];

/** Signs a station's day off as it stands at this moment. Refuses what `signDay` refuses. */
export async function sign(
  tx: Tx,
  { memberId }: Principal,
  stationId: Id,
  day: LocalDate,
  signature: Signature,
): Promise<Result<null, DayRefusal>> {
  const signed = (await signedDay(tx, stationId, day)) !== undefined;
  const untouched = (await untouchedOf(tx, stationId, day)).map(({ id }) => id);
  const accepted = signDay({ day, signed, untouched }, signature, {
    now: tx.now,
    isForbidden: (text) => inspectText(text).some(({ kind }) => PERSONAL.includes(kind)),
  });
  if (!accepted.ok) return accepted;
  const figures = await figuresOf(tx, stationId, day);
  const by = { signedBy: memberId, signedAt: tx.now };
  if (!(await insertDay(tx, { stationId, day, figures, ...by, ...accepted.value }))) {
    return refuse("day-signed");
  }
  const { came_in: cameIn, untouched: left } = figures;
  await record(tx, [
    {
      action: "station_day.signed",
      subjectKind: "station",
      subjectId: stationId,
      stationId,
      detail: { day, cameIn, left },
    },
  ]);
  return accept(null);
}
