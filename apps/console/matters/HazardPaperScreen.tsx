import { useQuery } from "@tanstack/react-query";
import {
  HAZARD_DOCUMENTS,
  hazardDocument,
  hazardTitle,
  papersOf,
} from "@wanjia/contract/hazard-documents";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { useMatterWords } from "./words.ts";

/** A paper of a hazard, to print or to read out at the door. */
export function HazardPaperScreen() {
  const { id = "", kind: wanted = "" } = useParams();
  const words = useMatterWords();
  const matter = useQuery(api.matters.get.queryOptions({ input: { id } }));
  const kind = HAZARD_DOCUMENTS.find((one) => one === wanted);
  if (kind === undefined) return <NotFound />;
  return (
    <Loaded query={matter}>
      {(found) =>
        papersOf(found).includes(kind) ? (
          <PaperPage
            name={hazardTitle(kind)}
            back={{ to: `/matters/${id}`, label: words("hazard.back") }}
            file={`/matters/${id}/papers/${kind}`}
            blocks={hazardDocument(kind, found)}
          />
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}
