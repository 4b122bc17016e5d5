import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { privacy as names } from "../contract/messages/privacy.en.ts";
import { RETENTION } from "../domain/privacy/retention.ts";
import type { RetentionClass, RetentionRule } from "../domain/privacy/terms.ts";

/**
 * `node scripts/retention-doc.ts` writes docs/retention.md from the table of terms (domain/privacy/retention.ts):
 * what a resident is told, what the jobs do and what this page says come from the same lines.
 */
export const RETENTION_DOC = join(import.meta.dirname, "../docs/retention.md");

/** A job of the server, by its name; or why there is none. */
interface Doing {
  readonly job?: string;
  readonly note: string;
}

const DONE: Readonly<Record<RetentionClass, Doing>> = {
  attempt_log: {
    job: "visits.expire",
    note: "An attempt is a record of a visit and goes with it: later than this term asks.",
  },
  visit_record: { job: "visits.expire", note: "The record; figures stay." },
  callback_phone: {
    job: "matters.forget-contacts",
    note: "Number and salutation. Of mediations, complaints, recovered items and appointments their own jobs: `mediation.forget`, `complaints.end`, `property.sweep`, `appointments.pass`.",
  },
  occupancy_status: { job: "visits.expire", note: "Or earlier, by the next visit." },
  access_need: { job: "visits.expire", note: "On the day after the campaign." },
  matter: {
    job: "matters.erase",
    note: "What was said, noted, answered, its messages, referrals and receipts; the door becomes the building. Kind, days, state and outcome stay, for the figures. Earlier where its resident asks.",
  },
  matter_document_reference: {
    job: "mediation.forget",
    note: "Numbers of agreement and hand-over, who sat there and where, the whole history. Form, days and ending stay.",
  },
  complaint_file: { job: "complaints.end", note: "The file, its history and its receipt." },
  tip_id: {
    job: "tips.forget",
    note: "The row without text; the sealed text went when the receiving unit took it over.",
  },
  message_text: {
    job: "answers.forget",
    note: "The words and what leads to the number. That one was sent, when and whether it arrived, stays with the matter.",
  },
  data_request: { job: "privacy.forget", note: "The request, its answer and its receipt." },
  support_visit: { note: "Not built: no such record is kept." },
  safe_contact: { note: "Not built: no such record is kept." },
  callback_audio: { note: "Nothing is recorded." },
  hazard_photo: { job: "matters.forget-contacts", note: "Pictures of places, sealed on the disk." },
  survey_contact_link: { note: "Not built: no surveys yet." },
  survey_microdata: { note: "Not built: no surveys yet." },
  audit_log: {
    job: "audit.forget",
    note: "The row; that rows went, and how many, is a row of the trail.",
  },
  impact_assessment: { note: "Kept outside of the product." },
  officer_device_time: {
    note: "Not built: what the phone's clock showed goes with the visit; the ledger of synchronised work stays.",
  },
};

const FROM: Readonly<Record<RetentionRule["from"], string>> = {
  recorded: "its recording",
  campaign_end: "the end of the campaign",
  matter_closed: "its end",
  last_matter_closed: "the end of the last matter it serves",
  routed: "its being handed on",
  sent: "its sending",
  decided: "its answer",
  order_expired: "the end of the order",
  follow_up_ended: "the end of the follow-up",
  fieldwork_ended: "the end of the fieldwork",
};

const AFTERWARDS: Readonly<Record<RetentionRule["afterwards"], string>> = {
  delete: "deleted",
  aggregate: "only what is counted stays",
  keep_reference: "only its reference stays",
};

function termOf({ keep }: RetentionRule): string {
  if ("days" in keep) return keep.days === 0 ? "until then" : `${keep.days} days`;
  return keep.months % 12 === 0 && keep.months > 12
    ? `${keep.months / 12} years`
    : `${keep.months} months`;
}

export function retentionDoc(): string {
  const lines = RETENTION.map((rule) => {
    const { job, note } = DONE[rule.data];
    const by = job === undefined ? "–" : `\`${job}\``;
    const cells = [
      names.retention[rule.data],
      termOf(rule),
      FROM[rule.from],
      AFTERWARDS[rule.afterwards],
      by,
      note,
      rule.basis,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `${[
    "# How long what is kept",
    "",
    "Written from `domain/privacy/retention.ts` by `node scripts/retention-doc.ts`; a test keeps it true, another that each job named here exists. Residents read the same terms at `/api/v1/public/retention` and, of their own words, by their receipt. The terms are the product's defaults: a bureau aligns them with its archives, never beyond what a law asks for. Jobs run at night, in portions, as the server itself: row-level security lets no session delete any of it.",
    "",
    "| What | Kept | From | Afterwards | Job | What goes, what stays | Basis |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    "What was deleted lies in dead versions of rows until PostgreSQL clears them, and in backups until those are deleted in turn: their term belongs to the bureau's plan of operation.",
  ].join("\n")}\n`;
}

if (import.meta.main) writeFileSync(RETENTION_DOC, retentionDoc());
