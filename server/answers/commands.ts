import { extensionText, questionText } from "@wanjia/contract/answer-texts";
import { quarterOf } from "@wanjia/domain/answers/hours";
import { mayAsk } from "@wanjia/domain/answers/policy";
import { mayHarm, type Plan, plan, type Reach } from "@wanjia/domain/answers/plan";
import {
  attempted,
  begun,
  handled,
  isDue,
  overtaken,
  receipted,
  remindAt,
  replied,
  replyOf,
  withheld,
} from "@wanjia/domain/answers/sending";
import {
  type Attempt,
  type Channel,
  CHANNELS,
  MESSAGE_LIMITS,
  type MessagePurpose,
  type MessageRefusal,
  type MessageStep,
  type ReplyFact,
} from "@wanjia/domain/answers/terms";
import {
  type AnswerMode,
  feedbackNeeded,
  type MatterChange,
  type MatterFact,
} from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import { retentionEnd } from "@wanjia/domain/privacy/retention";
import { DAY_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { accept, refuse, type Result } from "@wanjia/domain/shared/result";
import { type MatterToAnswer, mattersToAnswer } from "../matters/read-model.ts";
import type { Principal } from "../platform/access.ts";
import { type Fact, record } from "../platform/audit.ts";
import {
  hashNumber,
  openContact,
  openWords,
  plainNumber,
  sealWords,
} from "../platform/contacts.ts";
import { newId } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { asHouse } from "../platform/on-behalf.ts";
import * as queries from "./queries.ts";
import type { Carried } from "./queries.ts";

export type { Carried };

export const { holdMessage } = queries;

/** Days for which a reply still belongs to a question. */
const REPLY_DAYS = 14;
/** The gateway has answered by then, or never will. */
const LOST_AFTER_MINUTES = 2;
const AT_ONCE = 10;
const SWEPT_AT_ONCE = 200;

function factOf(
  action: string,
  { id, stationId, channel, purpose, state, reason }: Carried,
  payload?: ReplyFact,
): Fact {
  return {
    action: `message.${action}`,
    subjectKind: "message",
    subjectId: id,
    stationId,
    detail: { channel, purpose, state, ...(reason === null ? {} : { reason }) },
    ...(payload === undefined ? {} : { payload }),
  };
}

// -- whom it may reach ----------------------------------------------------------------------------

function phoneOf({ id, phoneCipher }: MatterToAnswer): string | null {
  return openContact(id, { phoneCipher, salutationCipher: null }).phone;
}

async function reachOf(
  tx: Tx,
  matter: MatterToAnswer,
): Promise<{ reach: Reach; hash: Buffer | null }> {
  const phone = phoneOf(matter);
  const hash = phone === null ? null : hashNumber(phone);
  const { ofMatter, inQuarter, silent } = await queries.contactsTo(
    tx,
    matter.id,
    hash,
    quarterOf(tx.now),
  );
  const mobile = phone !== null && /^1\d{10}$/.test(plainNumber(phone));
  return {
    hash,
    reach: {
      number: phone === null ? "none" : mobile ? "mobile" : "landline",
      doNotContact: silent,
      contactsOfMatter: ofMatter,
      contactsInQuarter: inQuarter,
    },
  };
}

async function matterOf(tx: Tx, id: Id): Promise<MatterToAnswer | undefined> {
  return (await mattersToAnswer(tx, [id]))[0];
}

/** What would become of messages about a matter, were they written now. */
export async function outlookOf(
  tx: Tx,
  principal: Principal,
  matterId: Id,
): Promise<
  | {
      answers: Record<Channel, Plan>;
      question: (Plan & { readonly text: string }) | null;
    }
  | undefined
> {
  const matter = await matterOf(tx, matterId);
  if (matter === undefined) return undefined;
  const { reach } = await reachOf(tx, matter);
  const answers = Object.fromEntries(
    CHANNELS.map((channel) => [channel, plan("answer", channel, matter, reach, tx.now)]),
  ) as Record<Channel, Plan>;
  if (askRefusal(matter, principal) !== null) return { answers, question: null };
  const question = plan("callback", "sms", matter, reach, tx.now);
  return { answers, question: { ...question, text: questionText(matter, false) } };
}

// -- making ---------------------------------------------------------------------------------------

interface Draft {
  readonly matter: MatterToAnswer;
  readonly eventSeq: number | null;
  readonly purpose: MessagePurpose;
  readonly channel: Channel;
  readonly text: string;
  readonly by: Id;
}

async function make(tx: Tx, draft: Draft): Promise<Carried> {
  const { matter, purpose, channel, text, by, eventSeq } = draft;
  const { reach, hash } = await reachOf(tx, matter);
  const id = newId(tx.now);
  const message: Carried = {
    ...plan(purpose, channel, matter, reach, tx.now),
    id,
    matterId: matter.id,
    purpose,
    channel,
    attempts: 0,
    attemptedAt: null,
    sentAt: null,
    endedAt: null,
    byHand: false,
    parts: [],
    reply: null,
    repliedAt: null,
    stationId: matter.stationId,
    beatId: matter.beatId,
    madeBy: by,
    madeAt: tx.now,
    numberHash: channel === "sms" ? hash : null,
    textCipher: sealWords(id, text),
  };
  await queries.insertMessage(tx, { ...message, eventSeq });
  await record(tx, [factOf("made", message)]);
  return message;
}

async function save<M extends Carried>(tx: Tx, action: string, message: M): Promise<M> {
  await queries.saveMessage(tx, message);
  await record(tx, [factOf(action, message)]);
  return message;
}

interface Words {
  readonly purpose: "answer" | "interim";
  readonly mode: AnswerMode | null;
  text(matter: MatterToAnswer): string;
}

/** What a step says to the resident; null where it says nothing. */
function spokenBy(change: MatterChange): Words | null {
  if (change.type === "extended") {
    const { told } = change;
    if (told === null) return null;
    const text = (matter: MatterToAnswer) => extensionText(matter, told, change);
    return { purpose: "interim", mode: told, text };
  }
  if (change.type !== "answered" && change.type !== "informed") return null;
  const purpose = change.type === "answered" ? "answer" : "interim";
  return { purpose, mode: change.mode, text: () => change.text };
}

/** The events of a matter after which nothing is to be said any more that was on its way. */
const OVERTAKING: readonly string[] = ["answered", "reopened", "withdrawn", "closed"];

/** The events by which it may turn out that a message that comes by itself could harm. */
const REVEALING: readonly string[] = ["screened", "corrected"];

/**
 * Whether what happened ends a message that has not gone out. Closed is not taken back: what was said
 * still goes its way, only questions end.
 */
function isOvertaken({ purpose }: Carried, events: readonly string[]): boolean {
  const asks = purpose === "callback" || purpose === "reminder";
  return events.some((event) => OVERTAKING.includes(event) && (asks || event !== "closed"));
}

/**
 * What is said to residents goes out, in the transaction of the step that says it. What is told aloud
 * needs no carrier. A message that an end or a later answer has overtaken stays in, and so does one
 * that could harm by what has been heard since.
 */
export async function followMatters(tx: Tx, facts: readonly MatterFact[]): Promise<void> {
  const moved = facts.filter(({ from, events }) =>
    from === null
      ? false
      : events.some((event) => OVERTAKING.includes(event) || REVEALING.includes(event)),
  );
  const said = facts.flatMap(({ matterId, happened }) =>
    happened.flatMap(({ seq, by, change }) => {
      const words = spokenBy(change);
      const channel = CHANNELS.find((one) => one === words?.mode);
      return words === null || channel === undefined ? [] : [{ matterId, seq, by, channel, words }];
    }),
  );
  if (moved.length === 0 && said.length === 0) return;
  // Whoever takes the step may not see how the resident is reached.
  await asHouse(tx, async (house) => {
    const events = new Map(moved.map((fact) => [fact.matterId, fact.events]));
    const ids = [...events.keys(), ...said.map(({ matterId }) => matterId)];
    const matters = new Map(
      (await mattersToAnswer(house, [...new Set(ids)])).map((matter) => [matter.id, matter]),
    );
    for (const message of await queries.holdOpen(house, [...events.keys()])) {
      const matter = matters.get(message.matterId);
      if (isOvertaken(message, events.get(message.matterId) ?? [])) {
        await save(house, "cancelled", { ...message, ...overtaken(message, tx.now) });
      } else if (matter !== undefined && mayHarm(matter)) {
        await save(house, "held", { ...message, ...withheld(message) });
      }
    }
    for (const { matterId, seq, by, channel, words } of said) {
      const matter = matters.get(matterId);
      if (matter === undefined || !feedbackNeeded(matter)) continue;
      const { purpose } = words;
      await make(house, { matter, eventSeq: seq, purpose, channel, text: words.text(matter), by });
    }
  });
}

// -- asking ---------------------------------------------------------------------------------------

function askRefusal(
  matter: MatterToAnswer,
  { role, memberId }: Principal,
): "not-permitted" | "nobody-to-ask" | "no-question-open" | null {
  if (!mayAsk(role) || matter.handlers.includes(memberId)) return "not-permitted";
  if (!feedbackNeeded(matter)) return "nobody-to-ask";
  return matter.state === "feedback_given" ? null : "no-question-open";
}

/**
 * Asks the resident how it went. Refuses `not-permitted` to who handled the matter, `nobody-to-ask`,
 * `no-question-open` before an answer or while a question is out, and `still-held` by what holds it.
 */
export async function ask(
  tx: Tx,
  principal: Principal,
  matterId: Id,
): Promise<Result<Id, MessageRefusal> | undefined> {
  const matter = await matterOf(tx, matterId);
  if (matter === undefined) return undefined;
  const refusal = askRefusal(matter, principal);
  if (refusal !== null) return refuse(refusal);
  const { reach, hash } = await reachOf(tx, matter);
  if (reach.contactsOfMatter > 0) return refuse("no-question-open");
  const { reason } = plan("callback", "sms", matter, reach, tx.now);
  if (reason !== null || hash === null) {
    return refuse("still-held", { reason: reason ?? "no_number" });
  }
  const message = await make(tx, {
    matter,
    eventSeq: null,
    purpose: "callback",
    channel: "sms",
    text: questionText(matter, false),
    by: principal.memberId,
  });
  await queries.countAsked(tx, hash, quarterOf(tx.now));
  return accept(message.id);
}

/** Reminds those who did not reply, once each and as far as the rules allow. */
export async function remind(tx: Tx): Promise<number> {
  const waiting = await queries.holdUnanswered(
    tx,
    tx.now - MESSAGE_LIMITS.reminderDays * DAY_MS,
    SWEPT_AT_ONCE,
  );
  const matters = new Map(
    (
      await mattersToAnswer(
        tx,
        waiting.map(({ matterId }) => matterId),
      )
    ).map((matter) => [matter.id, matter]),
  );
  let reminded = 0;
  for (const question of waiting) {
    const matter = matters.get(question.matterId);
    const due = remindAt(question);
    if (matter === undefined || due === null || due > tx.now) continue;
    if (matter.state !== "feedback_given") continue;
    const { reach, hash } = await reachOf(tx, matter);
    if (hash === null || plan("reminder", "sms", matter, reach, tx.now).reason !== null) continue;
    await make(tx, {
      matter,
      eventSeq: null,
      purpose: "reminder",
      channel: "sms",
      text: questionText(matter, true),
      by: question.madeBy,
    });
    await queries.countAsked(tx, hash, quarterOf(tx.now));
    reminded += 1;
  }
  return reminded;
}

// -- at the desk ----------------------------------------------------------------------------------

/** A step with a message that the caller sees. */
export async function takeStep(
  tx: Tx,
  message: Carried,
  step: MessageStep,
): Promise<Result<Carried, MessageRefusal>> {
  const matter = await matterOf(tx, message.matterId);
  if (matter === undefined) return refuse("not-permitted");
  const { reach } = await reachOf(tx, matter);
  // The message itself is one of the contacts that count.
  const counted = { ...reach, contactsOfMatter: Math.max(0, reach.contactsOfMatter - 1) };
  const anew = plan(message.purpose, message.channel, matter, counted, tx.now);
  const done = handled(message, step, anew, tx.now);
  if (!done.ok) return done;
  const action = { again: "queued", mark: "given", cancel: "cancelled" }[step];
  return accept(await save(tx, action, { ...message, ...done.value }));
}

export function wordsOf({ id, textCipher }: Pick<Carried, "id" | "textCipher">): string | null {
  return textCipher === null ? null : openWords(id, textCipher);
}

// -- sending --------------------------------------------------------------------------------------

/** A text as the gateway takes it. */
export interface Outgoing {
  readonly id: Id;
  readonly to: string;
  readonly text: string;
}

/**
 * The next texts to send. They are `sending` when this transaction ends, and only then may the gateway
 * hear of them: whatever breaks afterwards, none goes out twice by itself.
 */
export async function takeDue(tx: Tx): Promise<Outgoing[]> {
  const due = await queries.holdDue(tx, AT_ONCE);
  const matters = new Map(
    (
      await mattersToAnswer(
        tx,
        due.map(({ matterId }) => matterId),
      )
    ).map((matter) => [matter.id, matter]),
  );
  const outgoing: Outgoing[] = [];
  for (const message of due) {
    if (!isDue(message, tx.now)) continue;
    const matter = matters.get(message.matterId);
    const phone = matter === undefined ? null : phoneOf(matter);
    const text = wordsOf(message);
    if (phone === null || text === null) {
      await save(tx, "held", { ...message, state: "held", reason: "no_number" });
      continue;
    }
    await queries.saveMessage(tx, begun(message, tx.now));
    outgoing.push({ id: message.id, to: plainNumber(phone), text });
  }
  return outgoing;
}

/** Keeps what the gateway said of an attempt. */
export async function settle(tx: Tx, id: Id, attempt: Attempt): Promise<void> {
  const message = await queries.holdMessage(tx, id);
  if (message?.state !== "sending") return;
  await save(tx, "attempted", { ...message, ...attempted(message, attempt, tx.now) });
}

/** What was being sent when something broke; `attempt` is what may be said of such messages. */
export async function settleLost(tx: Tx, attempt: Attempt): Promise<void> {
  const before = tx.now - LOST_AFTER_MINUTES * MINUTE_MS;
  for (const message of await queries.holdLost(tx, before, SWEPT_AT_ONCE)) {
    await save(tx, "attempted", { ...message, ...attempted(message, attempt, tx.now) });
  }
}

/** Whether a receipt was for one of this bureau's messages. */
export async function takeReceipt(tx: Tx, reference: string, arrived: boolean): Promise<boolean> {
  const message = await queries.holdByReference(tx, reference);
  if (message === undefined) return false;
  const after = { ...message, ...receipted(message, reference, arrived, tx.now) };
  if (after.state === message.state) await queries.saveMessage(tx, after);
  else await save(tx, after.state, after);
  return true;
}

/** What a resident sent back. Nothing of it is kept but the sign, and that there were words. */
export async function takeReply(tx: Tx, from: string, text: string): Promise<void> {
  const reply = replyOf(text);
  const hash = hashNumber(from);
  if (reply === "T") {
    await queries.silence(tx, hash);
    for (const message of await queries.holdOpenTo(tx, hash)) {
      await save(tx, "held", { ...message, state: "held", reason: "do_not_contact" });
    }
  }
  const question = await queries.holdQuestion(tx, hash, tx.now - REPLY_DAYS * DAY_MS);
  if (question === undefined) return;
  const after: Carried = { ...question, ...replied(question, reply, tx.now) };
  await queries.saveMessage(tx, after);
  const { matterId, madeBy } = question;
  await record(tx, [factOf("replied", after, { matterId, by: madeBy, reply })]);
}

// -- what time does -------------------------------------------------------------------------------

/** Words go when their time is over; what remains is that something was said, when, and whether it came. */
export async function forget(tx: Tx): Promise<void> {
  const forgotten = await queries.forgetWords(tx, retentionEnd("message_text", tx.now));
  await queries.forgetAsked(tx, quarterOf(tx.now));
  const { bureauId } = tx.actor;
  if (forgotten === 0 || bureauId === null) return;
  await record(tx, [
    {
      action: "message.forgotten",
      subjectKind: "bureau",
      subjectId: bureauId,
      detail: { messages: forgotten },
    },
  ]);
}
