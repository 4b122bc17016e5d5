import { useQuery } from "@tanstack/react-query";
import { listingDocument, noticesOf } from "@wanjia/contract/listing-documents";
import { LISTING_DOCUMENTS } from "@wanjia/contract/listings";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { labelKey, useListingLabels } from "./words.ts";

/** The notice for the board at the estate's gate. */
export function NoticeScreen() {
  const labels = useListingLabels();
  const { id = "", kind: wanted = "" } = useParams();
  const listing = useQuery(api.listings.get.queryOptions({ input: { id } }));
  const kind = LISTING_DOCUMENTS.find((one) => one === wanted);
  if (kind === undefined) return <NotFound />;
  return (
    <Loaded query={listing}>
      {(found) =>
        noticesOf(found).includes(kind) ? (
          <PaperPage
            name={labels(labelKey("paper", kind))}
            back={{ to: `/listings/${id}`, label: found.estate }}
            file={`/listings/${id}/papers/${kind}`}
            blocks={listingDocument(kind, found)}
          />
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}
