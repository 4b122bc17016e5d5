import { useQuery } from "@tanstack/react-query";
import { paperOf } from "@wanjia/contract/matter-documents";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { useMatterWords } from "./words.ts";

/** A paper of a matter, to print, to hand over or to read out at the door. */
export function MatterPaperScreen() {
  const { id = "", kind = "" } = useParams();
  const words = useMatterWords();
  const matter = useQuery(api.matters.get.queryOptions({ input: { id } }));
  return (
    <Loaded query={matter}>
      {(found) => {
        const paper = paperOf(kind, found);
        return paper === null ? (
          <NotFound />
        ) : (
          <PaperPage
            name={paper.title}
            back={{ to: `/matters/${id}`, label: words("hazard.back") }}
            file={`/matters/${id}/papers/${kind}`}
            blocks={paper.blocks}
          />
        );
      }}
    </Loaded>
  );
}
