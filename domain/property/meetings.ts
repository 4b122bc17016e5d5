/** Return meetings and their slots. */
import { HOUR_MS, type Instant, MINUTE_MS } from "../shared/instant.ts";
import { accept, refuse, type Result } from "../shared/result.ts";
import { mayArrange, type PropertyActor } from "./policy.ts";
import { type MeetingRefusal, PROPERTY_LIMITS, type ReturnMeeting } from "./terms.ts";

/** The beginnings of its slots; the last one ends before the meeting does, or with it. */
export function placesIn({
  from,
  to,
  slotMinutes,
}: Pick<ReturnMeeting, "from" | "to" | "slotMinutes">): readonly Instant[] {
  const length = slotMinutes * MINUTE_MS;
  return Array.from({ length: Math.floor((to - from) / length) }, (_, n) => from + n * length);
}

/** Sets up a meeting of the leader's own station, on a day to come. */
export function arrange(
  meeting: Omit<ReturnMeeting, "cancelled">,
  context: {
    readonly actor: PropertyActor & { readonly stationIds: readonly string[] };
    readonly now: Instant;
    readonly forbidden: (text: string) => boolean;
  },
): Result<ReturnMeeting, MeetingRefusal> {
  const { actor, now, forbidden } = context;
  const venue = meeting.venue.trim();
  if (!mayArrange(actor.role) || !actor.stationIds.includes(meeting.stationId)) {
    return refuse("not-permitted");
  }
  const { from, to } = meeting;
  const fits =
    from > now &&
    to <= from + PROPERTY_LIMITS.meetingHours * HOUR_MS &&
    placesIn(meeting).length > 0;
  if (!fits) return refuse("meeting-times", { hours: PROPERTY_LIMITS.meetingHours });
  if (forbidden(venue)) return refuse("text-forbidden");
  return accept({ ...meeting, venue, cancelled: false });
}
