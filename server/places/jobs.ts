import type { ImportKind, Mapping } from "./import.ts";
import { runImport } from "./import.ts";
import { clearChunks } from "./import-queries.ts";
import { storedFile } from "./uploads.ts";
import { findImport } from "./read-model.ts";
import type { Id } from "@wanjia/domain/shared/id";
import type { Database } from "../platform/database.ts";
import type { JobDefinitions } from "../platform/jobs.ts";

export const IMPORT_JOB = "places.import";

export interface ImportJob {
  bureauId: Id;
  importId: Id;
  kind: ImportKind;
  stationId?: Id;
  beatId?: Id;
}

/** Imports run one after another on each server, on any server: the file waits in the database. */
export function placeJobs(database: Database): JobDefinitions {
  return {
    [IMPORT_JOB]: {
      expireInSeconds: 3 * 3600,
      retryLimit: 1,
      async run(data: ImportJob, { signal }) {
        const { bureauId, importId } = data;
        const found = await database.asSystem(bureauId, (tx) => findImport(tx, importId));
        // A job that is delivered again after its import ended has nothing left to do.
        if (found === undefined || found.state === "done" || found.state === "refused") return;
        await runImport({
          database,
          bureauId,
          importId,
          kind: data.kind,
          format: found.format,
          open: () => storedFile(database, bureauId, importId),
          mapping: found.mapping as Mapping,
          defaults: { stationId: data.stationId, beatId: data.beatId },
          signal,
        });
        await database.asSystem(bureauId, (tx) => clearChunks(tx, importId));
      },
    },
  };
}
