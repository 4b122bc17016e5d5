import type { ListingDetail } from "@wanjia/contract/listings";
import {
  CRITERION_ANSWERS,
  DELIST_CRITERIA,
  LISTING_BODIES,
  LISTING_CAUSES,
  LISTING_LIMITS,
  type ListingCommandType,
} from "@wanjia/domain/listings/terms";
import type { ReactNode } from "react";
import type { client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { newId } from "../shell/new-id.ts";
import { Choice, Ticks, Typed, Words } from "./fields.tsx";
import { labelKey, useListingLabels, useListingWords } from "./words.ts";

type Step = Parameters<typeof client.listings.step>[0]["step"];
type Values = Readonly<Record<string, unknown>>;

/** The order that a filled-in form stands for: inputs hold numbers as texts. */
function orderOf(type: ListingCommandType, values: Values): Step {
  const numbers = Object.fromEntries(
    ["asked", "agree", "months"].flatMap((name) =>
      values[name] === undefined ? [] : [[name, Number(values[name])]],
    ),
  );
  const made = type === "set_measure" ? { id: newId() } : {};
  return { type, ...values, ...numbers, ...made } as Step;
}

/** The form of one step, beside the place it belongs to. */
export function StepForm({
  step,
  listing,
  onSubmit,
  onClose,
}: {
  step: ListingCommandType;
  listing: ListingDetail;
  onSubmit: (step: Step) => Promise<unknown>;
  onClose: () => void;
}) {
  const words = useListingWords();
  const labels = useListingLabels();
  const verb = labels(labelKey("command", step));
  return (
    <FormDrawer<Record<string, unknown>>
      title={verb}
      hint={words(`hint.${step}`)}
      submit={verb}
      danger={step === "drop"}
      initial={step === "order" || step === "inspect" ? { bodies: ["police"] } : {}}
      onSubmit={(values) => onSubmit(orderOf(step, values))}
      onClose={onClose}
    >
      <Fields step={step} listing={listing} />
    </FormDrawer>
  );
}

function Fields({
  step,
  listing,
}: {
  step: ListingCommandType;
  listing: ListingDetail;
}): ReactNode {
  const words = useListingWords();
  const labels = useListingLabels();
  const limit = LISTING_LIMITS.textLength;
  const bodies = LISTING_BODIES.map((value) => ({
    value,
    label: labels(labelKey("body", value)),
  }));
  switch (step) {
    case "inspect":
      return (
        <>
          <Typed name="on" label="form.inspected_on" type="date" />
          <Ticks name="bodies" label="form.bodies" options={bodies} />
          <Ticks
            name="causes"
            label="form.causes"
            options={LISTING_CAUSES.map((value) => ({
              value,
              label: labels(labelKey("cause", value)),
            }))}
          />
          <Words name="text" label="form.found" limit={limit} />
        </>
      );
    case "order":
      return (
        <>
          <Typed name="number" label="form.number" limit={LISTING_LIMITS.numberLength} />
          <Ticks name="bodies" label="form.bodies" options={bodies} />
          <Typed name="street" label="form.street" limit={LISTING_LIMITS.numberLength} />
        </>
      );
    case "set_measure":
      return (
        <>
          <Choice name="body" label="form.body" options={bodies} />
          <Words name="text" label="form.measure" limit={limit} />
          <Typed name="dueOn" label="form.due" type="date" />
        </>
      );
    case "tell_measure":
      return (
        <>
          <Choice
            name="id"
            label="form.which"
            options={listing.work.flatMap(({ id, text, doneOn }) =>
              doneOn === null ? [{ value: id, label: text }] : [],
            )}
          />
          <Choice
            name="done"
            label="form.progress"
            options={[
              { value: true, label: words("form.done_yes") },
              { value: false, label: words("form.done_no") },
            ]}
          />
          <Words name="note" label="form.note" limit={limit} />
        </>
      );
    case "extend":
      return (
        <>
          <Typed name="months" label="form.months" type="number" />
          <Words name="text" label="form.reason" limit={limit} />
        </>
      );
    case "test":
      return (
        <>
          {DELIST_CRITERIA.map((one) => (
            <Choice
              key={one}
              name={["answers", one]}
              label={{ said: labels(labelKey("criterion", one)) }}
              options={CRITERION_ANSWERS.map((value) => ({
                value,
                label: labels(labelKey("answer", value)),
              }))}
            />
          ))}
          <Typed name="asked" label="form.asked" type="number" />
          <Typed name="agree" label="form.agree" type="number" />
          <Words name="text" label="form.seen" limit={limit} />
        </>
      );
    case "drop":
      return <Words name="text" label="form.reason" limit={limit} />;
    case "delist":
      return null;
  }
}
