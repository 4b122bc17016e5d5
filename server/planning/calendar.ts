import { randomBytes } from "node:crypto";
import { isId, type Id } from "@wanjia/domain/shared/id";
import { beginsAt, clockText } from "@wanjia/domain/planning/settling";
import { addDays, localDate, MINUTE_MS, startOfLocalDay } from "@wanjia/domain/shared/instant";
import type { FastifyInstance } from "fastify";
import ical, { ICalEventStatus } from "ical-generator";
import { record } from "../platform/audit.ts";
import { newId, sha256 } from "../platform/crypto.ts";
import type { Tx } from "../platform/database.ts";
import { API, type Services } from "../platform/http.ts";
import { problem } from "../platform/problem.ts";
import * as queries from "./queries.ts";
import { type CalendarWalk, calendarWalks, memberOfLink } from "./read-model.ts";

/** 256 bits; the bureau stands before it, so that the server knows where to look. */
const SECRET_BYTES = 32;
const LINK = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})\.ics$/;
const PAST_DAYS = 7;

function hashOf(secret: string): Buffer {
  return sha256(`calendar ${secret}`);
}

/** A new link, in place of the member's earlier ones. It is answered once; its hash alone is kept. */
export async function makeLink(tx: Tx, memberId: Id): Promise<{ id: Id; path: string }> {
  const id = newId(tx.now);
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  await queries.insertCalendarLink(tx, id, memberId, hashOf(secret));
  await record(tx, [{ action: "calendar.made", subjectKind: "calendar_link", subjectId: id }]);
  return { id, path: `${API}/planning/calendar/${tx.actor.bureauId}.${secret}.ics` };
}

export async function endLink(tx: Tx, id: Id, memberId: Id): Promise<boolean> {
  const ended = await queries.revokeCalendarLink(tx, id, memberId);
  if (ended) {
    await record(tx, [{ action: "calendar.ended", subjectKind: "calendar_link", subjectId: id }]);
  }
  return ended;
}

/** Buildings and times: no door, no resident, nothing of what came of a visit. */
function calendarOf(walks: readonly CalendarWalk[]): string {
  const calendar = ical({
    name: "万家走访",
    prodId: { company: "Wanjia", product: "walks" },
    ttl: 60 * 60,
  });
  for (const { id, version, day, from, endsAt, state, campaign, choices } of walks) {
    const midnight = startOfLocalDay(day);
    const begins = beginsAt(from, choices[0]?.at);
    const names = [...new Set(choices.map(({ name }) => name))];
    calendar.createEvent({
      id,
      sequence: version,
      // Whoever has it in his calendar already is told; a feed that only leaves it out is read as a fault by some.
      status: state === "refused" ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      start: new Date(midnight + begins * MINUTE_MS),
      end: new Date(midnight + Math.ceil(Math.max(endsAt, begins + 1)) * MINUTE_MS),
      summary: `${campaign}：${names.slice(0, 3).join("、")}`,
      description: choices.map(({ name, at }) => `${clockText(at)} ${name}`).join("\n"),
    });
  }
  return calendar.toString();
}

/** Calendar programs have no session: the link is the key, to these walks and nothing else. */
export function planningFiles(app: FastifyInstance, { database }: Services): void {
  app.get<{ Params: { link: string } }>(
    `${API}/planning/calendar/:link`,
    async (request, reply) => {
      const [, bureauId = "", secret = ""] = LINK.exec(request.params.link) ?? [];
      const walks = isId(bureauId)
        ? await database.asSystem(bureauId, async (tx) => {
            const memberId = await memberOfLink(tx, hashOf(secret));
            if (memberId === undefined) return undefined;
            return calendarWalks(tx, memberId, addDays(localDate(tx.now), -PAST_DAYS));
          })
        : undefined;
      if (walks === undefined) return reply.status(404).send(problem(404, "not-found"));
      return reply
        .header("cache-control", "private, no-store")
        .type("text/calendar; charset=utf-8")
        .send(calendarOf(walks));
    },
  );
}
