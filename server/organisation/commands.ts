import { checkOutline, type OutlineRefusal } from "@wanjia/domain/organisation/outline";
import { post, type PostingRefusal } from "@wanjia/domain/organisation/rules";
import type { Posting, Role } from "@wanjia/domain/organisation/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { LocalDate } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import * as queries from "./queries.ts";

export async function saveStation(
  tx: Tx,
  station: Parameters<typeof queries.upsertStation>[1],
): Promise<Result<null, "code-taken">> {
  if (await queries.codeTaken(tx, "station", station.code, station.id)) {
    return refuse("code-taken", { code: station.code });
  }
  await queries.upsertStation(tx, station);
  await record(tx, [
    {
      action: "station.saved",
      subjectKind: "station",
      subjectId: station.id,
      stationId: station.id,
    },
  ]);
  return accept(null);
}

export async function saveBeat(
  tx: Tx,
  beat: Parameters<typeof queries.upsertBeat>[1],
): Promise<Result<null, "code-taken" | "unknown-station" | OutlineRefusal>> {
  const outline = beat.outline === null ? accept(null) : checkOutline(beat.outline);
  if (!outline.ok) return outline;
  if (!(await queries.stationExists(tx, beat.stationId))) return refuse("unknown-station");
  if (await queries.codeTaken(tx, "beat", beat.code, beat.id)) {
    return refuse("code-taken", { code: beat.code });
  }
  await queries.upsertBeat(tx, beat);
  await record(tx, [
    {
      action: "beat.saved",
      subjectKind: "beat",
      subjectId: beat.id,
      stationId: beat.stationId,
    },
  ]);
  return accept(null);
}

export async function saveCommunity(
  tx: Tx,
  community: Parameters<typeof queries.upsertCommunity>[1],
): Promise<Result<null, "code-taken" | "unknown-station" | "unknown-beat">> {
  if (!(await queries.stationExists(tx, community.stationId))) return refuse("unknown-station");
  const beat = community.beatId === null ? null : await queries.loadBeat(tx, community.beatId);
  if (beat === undefined || (beat !== null && beat.stationId !== community.stationId)) {
    return refuse("unknown-beat");
  }
  if (await queries.codeTaken(tx, "community", community.divisionCode, community.id)) {
    return refuse("code-taken", { code: community.divisionCode });
  }
  await queries.upsertCommunity(tx, community);
  await record(tx, [
    {
      action: "community.saved",
      subjectKind: "community",
      subjectId: community.id,
      stationId: community.stationId,
    },
  ]);
  return accept(null);
}

export async function addMember(
  tx: Tx,
  member: Parameters<typeof queries.insertMember>[1],
): Promise<Result<null, "number-taken">> {
  if (await queries.numberTaken(tx, member.number)) {
    return refuse("number-taken", { number: member.number });
  }
  await queries.insertMember(tx, member);
  await record(tx, [{ action: "member.added", subjectKind: "member", subjectId: member.id }]);
  return accept(null);
}

export async function saveMember(
  tx: Tx,
  member: Parameters<typeof queries.updateMember>[1],
): Promise<Result<queries.MemberRecord, "not-found">> {
  const before = await queries.loadMember(tx, member.id);
  if (before === undefined) return refuse("not-found");
  await queries.updateMember(tx, member);
  const action = before.active && !member.active ? "member.deactivated" : "member.saved";
  await record(tx, [{ action, subjectKind: "member", subjectId: member.id }]);
  return accept({ ...before, active: member.active });
}

export async function notePasswordSet(
  tx: Tx,
  id: Id,
): Promise<Result<queries.MemberRecord, "not-found">> {
  const member = await queries.loadMember(tx, id);
  if (member === undefined) return refuse("not-found");
  await record(tx, [{ action: "member.password-set", subjectKind: "member", subjectId: id }]);
  return accept(member);
}

export async function addPosting(
  tx: Tx,
  input: {
    memberId: Id;
    role: Role;
    stationId: Id | null;
    beatId: Id | null;
    partnerId: Id | null;
    validFrom: LocalDate;
    validTo: LocalDate | null;
  },
): Promise<Result<Posting, PostingRefusal | "not-found">> {
  const member = await queries.loadMember(tx, input.memberId);
  if (member === undefined) return refuse("not-found");
  const beat = input.beatId === null ? null : await queries.loadBeat(tx, input.beatId);
  if (beat === undefined) return refuse("not-found");
  const others = await queries.postingsOf(tx, input.memberId);
  const posted = post({ ...input, id: newId(tx.now) }, member, beat, others);
  if (!posted.ok) return posted;
  await queries.insertPosting(tx, posted.value);
  await record(tx, [
    {
      action: "posting.added",
      subjectKind: "member",
      subjectId: input.memberId,
      stationId: input.stationId,
      detail: { role: input.role, from: input.validFrom },
    },
  ]);
  return posted;
}

export async function endPosting(
  tx: Tx,
  id: Id,
  on: LocalDate,
): Promise<Result<Posting, "not-found" | "ends-before-it-begins" | "already-ended">> {
  const posting = await queries.loadPosting(tx, id);
  if (posting === undefined) return refuse("not-found");
  if (posting.validTo !== null && posting.validTo <= on) {
    return refuse("already-ended", { on: posting.validTo });
  }
  if (on <= posting.validFrom) return refuse("ends-before-it-begins");
  const ended = await queries.endPosting(tx, id, on);
  await record(tx, [
    {
      action: "posting.ended",
      subjectKind: "member",
      subjectId: posting.memberId,
      stationId: posting.stationId,
      detail: { role: posting.role, on },
    },
  ]);
  return accept(ended);
}

/** One community, one officer: the link before ends on the day the new one begins. */
export async function linkOfficer(
  tx: Tx,
  input: { communityId: Id; memberId: Id; from: LocalDate; stationId: Id },
): Promise<Result<null, "not-found" | "must-be-sworn" | "ends-before-it-begins">> {
  const member = await queries.loadMember(tx, input.memberId);
  if (member === undefined) return refuse("not-found");
  if (!member.sworn) return refuse("must-be-sworn");
  const before = await queries.currentLiaison(tx, input.communityId);
  if (before !== undefined) {
    if (input.from <= before.validFrom) return refuse("ends-before-it-begins");
    await queries.endLiaison(tx, before.id, input.from);
  }
  await queries.insertLiaison(tx, { ...input, id: newId(tx.now) });
  await record(tx, [
    {
      action: "liaison.linked",
      subjectKind: "community",
      subjectId: input.communityId,
      stationId: input.stationId,
      detail: { memberId: input.memberId, from: input.from },
    },
  ]);
  return accept(null);
}

export async function savePartner(
  tx: Tx,
  partner: Parameters<typeof queries.upsertPartner>[1],
): Promise<void> {
  await queries.upsertPartner(tx, partner);
  await record(tx, [{ action: "partner.saved", subjectKind: "partner", subjectId: partner.id }]);
}
