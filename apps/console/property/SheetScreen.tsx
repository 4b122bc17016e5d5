import { useQuery } from "@tanstack/react-query";
import { returnSheet, SHEET_TITLE } from "@wanjia/contract/property-documents";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { usePropertyWords } from "./words.ts";

/** The sheet of a return meeting: numbers, no names. */
export function SheetScreen() {
  const { id = "" } = useParams();
  const words = usePropertyWords();
  const meeting = useQuery(api.property.meeting.queryOptions({ input: { id } }));
  return (
    <Loaded query={meeting}>
      {(found) => (
        <PaperPage
          name={SHEET_TITLE}
          back={{ to: `/property/meetings/${id}`, label: words("tabs.meetings") }}
          file={`/return-meetings/${id}/sheet`}
          blocks={returnSheet(found)}
        />
      )}
    </Loaded>
  );
}
