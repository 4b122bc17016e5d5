import type { MatterFact } from "@wanjia/domain/matters/terms";
import { bureauIds } from "../organisation/read-model.ts";
import type { Listener } from "../platform/audit.ts";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";
import { followMatters, forget, remind } from "./commands.ts";

const carryAnswers: Listener = async (tx, facts) => {
  await followMatters(
    tx,
    facts.map(({ payload }) => payload as MatterFact),
  );
};

/** What is answered goes out in the transaction of the answer. */
export const listeners = { "matter.changed": carryAnswers };

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
