/** One problem, many reporters: what may be the same, and what an order to merge has to know. */
import { mostLike } from "@wanjia/domain/matters/similar";
import type {
  Matter,
  MatterCommand,
  MatterKind,
  MatterSubtype,
} from "@wanjia/domain/matters/terms";
import type { Id } from "@wanjia/domain/shared/id";
import type { Tx } from "../platform/database.ts";
import { partnerById } from "../organisation/read-model.ts";
import { liesInHome } from "./hazard-commands.ts";
import { mergedInto, openAround, type ReporterRow } from "./merge-queries.ts";
import { holdMatter } from "./queries.ts";
import { type MatterListRow, SNIPPET } from "./read-model.ts";

type Of<T extends MatterCommand["type"]> = Extract<MatterCommand, { type: T }>;

/** An order as it was sent: what it can't know itself is looked up. */
type SentOrder =
  | Exclude<MatterCommand, { type: "advise" | "merge" | "show_place" }>
  | Omit<Of<"advise">, "atHome">
  | (Pick<Of<"show_place">, "type"> & { readonly photos: readonly string[] })
  | Pick<Of<"merge">, "type" | "into">;

export async function orderOf(tx: Tx, matter: Matter, sent: SentOrder): Promise<MatterCommand> {
  if (sent.type === "show_place") {
    const atHome = await liesInHome(tx, matter.placeId);
    return { ...sent, photos: sent.photos.length, atHome };
  }
  if (sent.type === "advise") return { ...sent, atHome: await liesInHome(tx, matter.placeId) };
  if (sent.type === "refer") {
    return { ...sent, bodyKind: (await partnerById(tx, sent.to))?.kind };
  }
  if (sent.type !== "merge") return sent;
  // Held until the end, so that it doesn't end meanwhile.
  const main = await holdMatter(tx, sent.into);
  const hasReporters = (await mergedInto(tx, matter.id)).some(
    ({ disposition }) => disposition === null,
  );
  return { type: "merge", into: sent.into, main, hasReporters };
}

export function reportersOf(tx: Tx, id: Id): Promise<ReporterRow[]> {
  return mergedInto(tx, id);
}

/** How many are offered: who has to read more chooses none. */
const OFFERED = 5;

export async function similarTo(
  tx: Tx,
  asked: {
    readonly placeId: Id;
    readonly kind: MatterKind;
    readonly subtype: MatterSubtype;
    readonly text: string;
    readonly except?: Id | undefined;
  },
): Promise<MatterListRow[]> {
  const around = await openAround(tx, asked);
  const known = around.map((row) => ({ ...row, subtype: row.subtype as MatterSubtype }));
  return mostLike(asked, known, OFFERED).map((row) => ({
    ...row,
    text: row.text.slice(0, SNIPPET),
  }));
}
