import type { EstateFigures } from "@wanjia/contract/listings";
import { LISTING_CAUSES, LISTING_LIMITS, type ListingCause } from "@wanjia/domain/listings/terms";
import { useNavigate } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { newId } from "../shell/new-id.ts";
import { Ticks, Words } from "./fields.tsx";
import { changeText, countText } from "./view-model.ts";
import { labelKey, useListingLabels, useListingWords } from "./words.ts";

/** Proposes an estate out of its figures: why it is so is written, the figures are not. */
export function ProposeForm({ figures, onClose }: { figures: EstateFigures; onClose: () => void }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const navigate = useNavigate();
  const { estateId, estate, measure, from, to, count, before, change } = figures;
  return (
    <FormDrawer<{ causes: ListingCause[]; text: string }>
      title={words("propose.title", { estate })}
      hint={words("propose.hint", {
        measure: labels(labelKey("measure", measure)),
        count: countText(count),
        before: countText(before),
        change: changeText(change),
      })}
      submit={words("propose.submit")}
      onClose={onClose}
      onSubmit={async (values) => {
        const { id } = await client.listings.propose({
          id: newId(),
          estateId,
          measure,
          from,
          to,
          ...values,
        });
        await queryClient.invalidateQueries({ queryKey: api.listings.key() });
        await navigate(`/listings/${id}`);
      }}
    >
      <Ticks
        name="causes"
        label="form.causes"
        options={LISTING_CAUSES.map((value) => ({
          value,
          label: labels(labelKey("cause", value)),
        }))}
      />
      <Words name="text" label="form.why" limit={LISTING_LIMITS.textLength} />
    </FormDrawer>
  );
}
