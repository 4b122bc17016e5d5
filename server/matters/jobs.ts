import {
  type FeedbackWish,
  MATTER_SUBTYPES,
  type MatterDraft,
  type MatterSubtype,
} from "@wanjia/domain/matters/terms";
import type { ReplyFact } from "@wanjia/domain/answers/terms";
import type { MediationFact } from "@wanjia/domain/mediation/terms";
import type { WordsToGo } from "@wanjia/domain/privacy/terms";
import type { VisitFact } from "@wanjia/domain/visits/facts";
import type { ContactPreference, VisitMatter } from "@wanjia/domain/visits/terms";
import type { HazardsDrawn } from "../hazards/read-model.ts";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { forgetContacts, type HeardMatter, registerHeard, sweepClocks } from "./commands.ts";
import { noteDrawn } from "./hazard-commands.ts";
import { followMediation } from "./mediated.ts";
import { eraseAsked, eraseOutlived, letWordsGo } from "./erasing.ts";
import { followReply } from "./replied.ts";
import type { Look } from "./clock-queries.ts";
import type { EndedMatter } from "./erase-queries.ts";
import { forgetPhotos } from "./photos.ts";
import { keepHandedOver } from "./residents.ts";

const WISH: Record<ContactPreference, FeedbackWish> = {
  sms: "sms",
  call: "phone",
  in_person: "in_person",
  letter: "letter",
  notice_board: "notice_board",
  none: "none",
};

/** How the resident wants to hear of it; without another word, from the officer at the door. */
function wishOf(heard: VisitMatter): FeedbackWish {
  if (!heard.wantsAnswer) return "none";
  const { contact } = heard;
  if (contact?.preference !== undefined) return WISH[contact.preference];
  return contact?.phone === undefined ? "in_person" : "phone";
}

function draftOf(heard: VisitMatter, doorId: string): MatterDraft {
  const subtypes: readonly MatterSubtype[] = MATTER_SUBTYPES[heard.kind];
  return {
    id: heard.id,
    kind: heard.kind,
    subtype: subtypes.find((one) => one === heard.subtype) ?? "other",
    text: heard.text,
    placeId: heard.placeId ?? doorId,
    // A hazard that nobody waits to hear about is the officers' own find.
    reporter: heard.kind === "hazard" && !heard.wantsAnswer ? "officer" : "resident",
    feedback: wishOf(heard),
    contact: heard.contact,
    grade: heard.grade,
  };
}

function heardIn(visit: VisitFact): HeardMatter[] {
  return visit.matters.map((heard) => ({
    draft: draftOf(heard, visit.placeId),
    registration: {
      stationId: visit.stationId,
      beatId: visit.beatId,
      communityId: visit.communityId,
      visitId: visit.visitId,
      campaignIds: visit.campaignIds,
      origin: "visit",
      recipientId: visit.memberId,
      finders: visit.team,
    },
    doorId: visit.placeId,
    at: visit.visitedAt,
  }));
}

/** What was heard at doors becomes matters, in the transaction of the visit. */
const registerFromVisits: Listener = async (tx, facts) => {
  const visits = facts.map(({ payload }) => payload as VisitFact);
  const born = await registerHeard(tx, visits.flatMap(heardIn));
  const handedOver = visits.flatMap(({ memberId, matters }) =>
    matters.flatMap(({ id, look }) => (look === undefined ? [] : [{ id, look, memberId }])),
  );
  await keepHandedOver(tx, born, handedOver);
};

const followMediations: Listener = async (tx, facts) => {
  for (const { payload } of facts) await followMediation(tx, payload as MediationFact);
};

const noteLot: Listener = async (tx, facts) => {
  for (const { payload } of facts) {
    const { lotId, matterIds } = payload as HazardsDrawn;
    await noteDrawn(tx, lotId, matterIds);
  }
};

const followReplies: Listener = async (tx, facts) => {
  for (const { payload } of facts) await followReply(tx, payload as ReplyFact);
};

/** A resident had his words deleted. */
const letGo: Listener = async (tx, facts) => {
  for (const { payload } of facts) await letWordsGo(tx, (payload as WordsToGo).matterId);
};

/** A correction that repeats the matters of the first record adds nothing: their ids are known. */
export const listeners = {
  "visit.recorded": registerFromVisits,
  "visit.corrected": registerFromVisits,
  "mediation.changed": followMediations,
  "message.replied": followReplies,
  "hazards.drawn": noteLot,
  "deletion.granted": letGo,
};

/** What time does to matters: missed limits go up a level, contacts go when their time is over. */
export function matterJobs(database: Database): JobDefinitions {
  return {
    // Limits in hours don't wait for the night. Each portion is a transaction of its own.
    "matters.clocks": {
      every: "*/10 * * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          let after: Look | null = null;
          do {
            const from: Look | null = after;
            after = await database.asSystem(bureauId, (tx) => sweepClocks(tx, from));
          } while (after !== null && !signal.aborted);
        }
      },
    },
    "matters.forget-contacts": {
      every: "40 3 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, forgetContacts);
          await database.asSystem(bureauId, forgetPhotos);
        }
      },
    },
    // In portions of one transaction each: interrupted, it goes on where it stopped.
    "matters.erase": {
      every: "10 2 * * *",
      async run(_data, { signal }) {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          let done = false;
          while (!done && !signal.aborted) done = await database.asSystem(bureauId, eraseAsked);
          let after: EndedMatter | null = null;
          do {
            const from: EndedMatter | null = after;
            after = await database.asSystem(bureauId, (tx) => eraseOutlived(tx, from));
          } while (after !== null && !signal.aborted);
        }
      },
    },
  };
}
