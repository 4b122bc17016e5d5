import type { MatterFact, WordsErased } from "@wanjia/domain/matters/terms";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { followMatters, forget, remind } from "./commands.ts";
import { forgetWordsOf } from "./queries.ts";

const carryAnswers: Listener = async (tx, facts) => {
  await followMatters(
    tx,
    facts.map(({ payload }) => payload as MatterFact),
  );
};

/** Words that went out of a matter go out of what was sent of it. */
const letGo: Listener = async (tx, facts) => {
  await forgetWordsOf(
    tx,
    facts.flatMap(({ payload }) => (payload as WordsErased).matterIds),
  );
};

/** What is answered goes out in the transaction of the answer. */
export const listeners = { "matter.changed": carryAnswers, "matter.words_erased": letGo };

export function answerJobs(database: Database): JobDefinitions {
  return {
    "answers.remind": {
      every: "*/30 9-20 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, remind);
        }
      },
    },
    "answers.forget": {
      every: "10 4 * * *",
      async run() {
        for (const bureauId of await database.asSystem(null, bureauIds)) {
          await database.asSystem(bureauId, forget);
        }
      },
    },
  };
}
