import { useQuery } from "@tanstack/react-query";
import { paperOf } from "@wanjia/contract/matter-documents";
import { matters as labelsZh } from "@wanjia/contract/messages/matters.zh-CN";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { labelKey, useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";

/** A paper of a matter, to print, to hand over or to read out at the door. */
export function MatterPaperScreen() {
  const { id = "", kind = "" } = useParams();
  const words = useMatterWords();
  const labels = useMatterLabels();
  const matter = useQuery(api.matters.get.queryOptions({ input: { id } }));
  return (
    <Loaded query={matter}>
      {(found) => {
        const paper = paperOf(kind, found);
        return paper === null ? (
          <NotFound />
        ) : (
          <PaperPage
            name={labels(
              labelKey(kind in labelsZh.matterPaper ? "matterPaper" : "hazardPaper", kind),
            )}
            back={{ to: `/matters/${id}`, label: words("hazard.back") }}
            file={`/matters/${id}/papers/${kind}`}
            blocks={paper.blocks}
          />
        );
      }}
    </Loaded>
  );
}
