/**
 * How long each kind of record is kept, from which day on, and what follows. Defaults of the product
 * (domain notes §8.5); a bureau aligns them with its archives, never beyond what a law asks for.
 */
import { MESSAGE_LIMITS } from "../answers/terms.ts";
import {
  DAY_MS,
  type Instant,
  localDate,
  sameDayLater,
  startOfLocalDay,
} from "../shared/instant.ts";
import type { RetentionClass, RetentionRule } from "./terms.ts";

export const RETENTION: readonly RetentionRule[] = [
  {
    data: "attempt_log",
    from: "recorded",
    keep: { months: 12 },
    afterwards: "aggregate",
    basis: "PIPL 19",
  },
  {
    data: "visit_record",
    from: "campaign_end",
    keep: { months: 24 },
    afterwards: "aggregate",
    basis: "PIPL 19",
  },
  {
    data: "callback_phone",
    from: "last_matter_closed",
    keep: { days: 30 },
    afterwards: "delete",
    basis: "PIPL 14, 19: consent for one purpose",
  },
  {
    data: "occupancy_status",
    from: "recorded",
    keep: { months: 12 },
    afterwards: "delete",
    basis: "PIPL 19: or until the next visit",
  },
  {
    data: "access_need",
    from: "campaign_end",
    keep: { days: 0 },
    afterwards: "delete",
    basis: "PIPL 28",
  },
  {
    data: "matter",
    from: "matter_closed",
    keep: { months: 60 },
    afterwards: "delete",
    basis: "archives schedule",
  },
  {
    data: "matter_document_reference",
    from: "matter_closed",
    keep: { months: 120 },
    afterwards: "aggregate",
    basis: "archives schedule",
  },
  {
    data: "complaint_file",
    from: "matter_closed",
    keep: { months: 120 },
    afterwards: "delete",
    basis: "product default",
  },
  { data: "tip_id", from: "routed", keep: { months: 12 }, afterwards: "delete", basis: "PIPL 19" },
  {
    data: "message_text",
    from: "sent",
    keep: { days: MESSAGE_LIMITS.textKeptDays },
    afterwards: "keep_reference",
    basis: "PIPL 19: so long a resident may say that nothing came",
  },
  {
    data: "data_request",
    from: "decided",
    keep: { months: 36 },
    afterwards: "delete",
    basis: "民法典 188: three years in which the answer may be disputed",
  },
  {
    data: "support_visit",
    from: "order_expired",
    keep: { days: 30 },
    afterwards: "delete",
    basis: "instrument's own term",
  },
  {
    data: "safe_contact",
    from: "follow_up_ended",
    keep: { days: 30 },
    afterwards: "delete",
    basis: "反家庭暴力法 16-17",
  },
  {
    data: "callback_audio",
    from: "recorded",
    keep: { months: 6 },
    afterwards: "delete",
    basis: "PIPL 19: longer only while disputed",
  },
  {
    data: "hazard_photo",
    from: "matter_closed",
    keep: { months: 6 },
    afterwards: "delete",
    basis: "PIPL 19",
  },
  {
    data: "survey_contact_link",
    from: "fieldwork_ended",
    keep: { days: 30 },
    afterwards: "delete",
    basis: "统计法 9, 25",
  },
  {
    data: "survey_microdata",
    from: "fieldwork_ended",
    keep: { months: 60 },
    afterwards: "delete",
    basis: "anonymous",
  },
  {
    data: "audit_log",
    from: "recorded",
    keep: { months: 36 },
    afterwards: "delete",
    basis: "网络安全法: at least 6 months",
  },
  {
    data: "impact_assessment",
    from: "recorded",
    keep: { months: 36 },
    afterwards: "delete",
    basis: "PIPL 56",
  },
  {
    data: "officer_device_time",
    from: "recorded",
    keep: { months: 6 },
    afterwards: "delete",
    basis: "officers' own data; 12 months while under review",
  },
];

export function retentionOf(data: RetentionClass): RetentionRule {
  const rule = RETENTION.find((candidate) => candidate.data === data);
  if (rule === undefined) throw new RangeError(`no retention rule for ${data}`);
  return rule;
}

/** Whatever ended before this moment has been kept long enough. Months end on a day of the calendar. */
export function retentionEnd(data: RetentionClass, now: Instant): Instant {
  const { keep } = retentionOf(data);
  return "months" in keep
    ? startOfLocalDay(sameDayLater(localDate(now), -keep.months))
    : now - keep.days * DAY_MS;
}

/** Until when something is kept that ended then. */
export function keptUntil(data: RetentionClass, ended: Instant): Instant {
  const { keep } = retentionOf(data);
  return "months" in keep
    ? startOfLocalDay(sameDayLater(localDate(ended), keep.months))
    : ended + keep.days * DAY_MS;
}
