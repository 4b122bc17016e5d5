/** Files of addresses and plates, answered in a stream: see `published`. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { placeFilter } from "./places.ts";
import {
  answersWith,
  answersWithTable,
  exportQuery,
  idSchema,
  refusals,
  sessionRefusals,
} from "./shared.ts";

const tags = ["places"];

/** Query of `GET /places/export`. */
export const placeExportQuery = placeFilter.extend(exportQuery.shape);

export const placeStreams = {
  export: oc
    .route({
      method: "GET",
      path: "/places/export",
      tags,
      summary: "The same list as a file",
      spec: answersWithTable,
    })
    .input(placeExportQuery)
    .errors({ ...sessionRefusals, ...refusals({ "unknown-sort": 400 }) }),
  upload: oc
    .route({
      method: "POST",
      path: "/places/imports",
      tags,
      summary: "Takes a table of addresses or divisions as it comes: CSV or XLSX",
      spec: answersWith("application/json"),
    })
    .errors({ ...sessionRefusals, ...refusals({ "no-header": 422, "file-too-large": 422 }) }),
  problems: oc
    .route({
      method: "GET",
      path: "/places/imports/{id}/problems.csv",
      tags,
      summary: "What is wrong with the rows of an import",
      spec: answersWith("text/csv"),
    })
    .input(z.object({ id: idSchema }))
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
  code: oc
    .route({
      method: "GET",
      path: "/places/plates/{code}/qr.svg",
      tags,
      summary: "A plate's QR code",
      spec: answersWith("image/svg+xml"),
    })
    .input(z.object({ code: z.string().max(60) }))
    .errors({
      ...sessionRefusals,
      ...refusals({ "plate-unknown": 404, "plate-malformed": 422, "plate-check-failed": 422 }),
    }),
  sheet: oc
    .route({
      method: "GET",
      path: "/places/{id}/plate-sheet",
      tags,
      summary: "The plates below a place on sheets to be printed",
      spec: answersWith("text/html"),
    })
    .input(z.object({ id: idSchema }))
    .errors({ ...sessionRefusals, ...refusals({ "not-found": 404 }) }),
};
