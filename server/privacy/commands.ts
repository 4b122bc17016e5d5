import { CLOCK_RULES } from "@wanjia/domain/matters/clock-table";
import { dueAt } from "@wanjia/domain/matters/clocks";
import { erasureOf } from "@wanjia/domain/privacy/erasure";
import {
  type DataRequest,
  decideRequest,
  mayAskFor,
  type RequestRefusal,
} from "@wanjia/domain/privacy/requests";
import { retentionEnd } from "@wanjia/domain/privacy/retention";
import type {
  ConsentWithdrawn,
  DataDecision,
  DataRequestKind,
  DataSubjectKind,
  RequestOrigin,
  WordsToGo,
} from "@wanjia/domain/privacy/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import { accept, type Result } from "@wanjia/domain/shared/result";
import { record } from "../platform/audit.ts";
import { newId, open, seal, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { workCalendar } from "../workdays/read-model.ts";
import * as queries from "./queries.ts";
import * as readModel from "./read-model.ts";

export function hashOf(look: string): Buffer {
  return sha256(Buffer.from(look, "base64url"));
}

/** What belongs to a request opens in its own row alone. */
function placeOf(id: Id, part: "text" | "answer"): string {
  return `data_request/${id}/${part}`;
}

export interface Said {
  readonly text: string;
  readonly answer: string | null;
}

export function openSaid(
  key: Buffer,
  { id, sealedText, sealedAnswer }: readModel.RequestRow,
): Said {
  return {
    text: open(key, placeOf(id, "text"), sealedText),
    answer: sealedAnswer === null ? null : open(key, placeOf(id, "answer"), sealedAnswer),
  };
}

async function due(tx: Tx, from: Instant): Promise<Instant | null> {
  const usual = CLOCK_RULES.find(({ id }) => id === "dsr");
  const amount = (await queries.workingDaysToAnswer(tx)) ?? usual?.amount;
  return amount === undefined
    ? null
    : dueAt({ amount, unit: "working_days" }, from, await workCalendar(tx));
}

/** Gives a date to what waited for the holidays to be announced. */
export async function dateRequests(tx: Tx): Promise<void> {
  for (const { id, receivedAt } of await queries.undated(tx)) {
    const dueAt = await due(tx, receivedAt);
    if (dueAt !== null) await queries.saveDue(tx, id, dueAt);
  }
}

export interface RequestDraft {
  readonly kind: DataRequestKind;
  readonly text: string;
  readonly look: string;
  readonly origin: RequestOrigin;
  /** The matter it is about, as the resident told it at a desk. */
  readonly number?: string | undefined;
}

/** Keeps what somebody asks. The trail says that a request came, not about what. */
export async function askFor(
  tx: Tx,
  key: Buffer,
  draft: RequestDraft,
  subject: readModel.DataSubject | undefined,
): Promise<Result<null, RequestRefusal>> {
  const lookHash = hashOf(draft.look);
  const subjectKind: DataSubjectKind = subject?.kind ?? "none";
  const before = await readModel.requestsByLook(tx, lookHash);
  const allowed = mayAskFor(draft.kind, draft.text, subjectKind, before);
  if (!allowed.ok) return allowed;
  const matter =
    subject?.kind === "matter" ? await readModel.heldOfMatter(tx, subject.id) : undefined;
  const id = newId(tx.now);
  const { kind, origin, text } = draft;
  await queries.insertRequest(tx, {
    id,
    version: 1,
    kind,
    origin,
    handledBy: subject?.handledBy ?? "dpo",
    receivedAt: tx.now,
    dueAt: await due(tx, tx.now),
    decidedAt: null,
    decision: null,
    lookHash,
    subjectKind,
    subjectId: subject?.id ?? null,
    number: matter?.number ?? draft.number ?? null,
    stationId: subject?.stationId ?? null,
    sealedText: seal(key, placeOf(id, "text"), text.trim()),
  });
  await record(tx, [{ action: "data.requested", subjectKind: "bureau", subjectId: bureauOf(tx) }]);
  return accept(null);
}

function bureauOf(tx: Tx): Id {
  const { bureauId } = tx.actor;
  if (bureauId === null) throw new Error("requests belong to a bureau");
  return bureauId;
}

/**
 * Withdrawn consent takes effect at once: what it allowed to keep is gone with this transaction. The
 * trail says that somebody withdrew, neither who nor of what.
 */
export async function withdrawConsent(
  tx: Tx,
  subject: Pick<readModel.DataSubject, "kind" | "id">,
): Promise<void> {
  await queries.eraseContact(tx, subject);
  const payload: ConsentWithdrawn = { kind: subject.kind, id: subject.id };
  await record(tx, [
    { action: "consent.withdrawn", subjectKind: "bureau", subjectId: bureauOf(tx), payload },
  ]);
}

/** Decides a request; what a granted deletion lets go at once goes in the same transaction. */
export async function decide(
  tx: Tx,
  key: Buffer,
  row: readModel.RequestRow,
  memberId: Id,
  decided: { readonly decision: DataDecision; readonly answer: string; readonly version: number },
): Promise<Result<DataRequest, RequestRefusal>> {
  const { decision, answer, version } = decided;
  const result = decideRequest(row, decision, answer, version, tx.now);
  if (!result.ok) return result;
  const { subjectKind: kind, subjectId: id } = row;
  // What is kept lies beyond the sight of those who decide: they read what was asked.
  const erasure = await asHouse(tx, async (house) => {
    const found =
      kind === "matter" && id !== null ? await readModel.heldOfMatter(house, id) : undefined;
    const matter = found === undefined ? undefined : { ...found, guarded: found.protected };
    return erasureOf(result.value, kind, matter);
  });
  const sealed = seal(key, placeOf(row.id, "answer"), answer.trim());
  await queries.saveDecision(tx, result.value, sealed, memberId, erasure);
  await record(tx, [{ action: "data.decided", subjectKind: "bureau", subjectId: bureauOf(tx) }]);
  if (id === null || erasure.gone.length === 0) return result;
  await asHouse(tx, async (house) => {
    if (erasure.gone.includes("contact")) await queries.eraseContact(house, { kind, id });
    if (erasure.gone.includes("photos")) await queries.erasePhotos(house, { kind, id });
    if (erasure.words === "kept") return;
    const payload: WordsToGo = { matterId: id };
    await record(house, [
      { action: "deletion.granted", subjectKind: "bureau", subjectId: bureauOf(tx), payload },
    ]);
  });
  return result;
}

/** Requests that go in one transaction. */
const PORTION = 500;

/** Deletes requests whose answer is no longer disputed; true when none is left. */
export async function forgetRequests(tx: Tx): Promise<boolean> {
  const requests = await queries.deleteAnswered(tx, retentionEnd("data_request", tx.now), PORTION);
  const { bureauId } = tx.actor;
  if (requests === 0 || bureauId === null) return true;
  await record(tx, [
    {
      action: "data.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { requests },
    },
  ]);
  return requests < PORTION;
}
