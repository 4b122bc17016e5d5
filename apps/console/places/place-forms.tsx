import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { today } from "../organisation/data.ts";
import { client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { placesChanged, type Place } from "./data.ts";
import { PlaceSelect } from "./PlaceSelect.tsx";
import { elementFields, elementsOf, splitFields, type ElementField } from "./view-model.ts";
import { usePlaceWords } from "./words.ts";
import "./places.css";

/** As many as one order may bring (contract/places.ts). */
const MAX_PARTS = 20;

export function RenameForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  return (
    <FormDrawer<Partial<Record<ElementField, string>>>
      title={words("one.rename")}
      hint={words("one.rename_hint")}
      submit={words("one.rename")}
      initial={elementsOf(place)}
      onClose={onClose}
      onSubmit={async (values) => {
        await client.places.rename({ id: place.id, elements: elementsOf(values) });
        await placesChanged();
        message.success(words("one.renamed"));
      }}
    >
      {elementFields.map((field) => (
        <Form.Item key={field} name={field} label={words(`field.kinds.${field}`)}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
      ))}
    </FormDrawer>
  );
}

function DayField() {
  const words = usePlaceWords();
  return (
    <Form.Item
      name="on"
      label={words("field.on")}
      rules={[{ required: true, message: words("field.on") }]}
    >
      <Input type="date" />
    </Form.Item>
  );
}

export function CancelForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  return (
    <FormDrawer<{ on: string }>
      title={words("one.cancel_title")}
      hint={words("one.cancel_text")}
      submit={words("one.cancel")}
      danger
      initial={{ on: today() }}
      onClose={onClose}
      onSubmit={async ({ on }) => {
        await client.places.cancel({ id: place.id, on });
        await placesChanged();
        message.success(words("one.cancelled"));
      }}
    >
      <DayField />
    </FormDrawer>
  );
}

export function MergeForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  const [into, setInto] = useState<string>();
  return (
    <FormDrawer<{ on: string; into: string }>
      title={words("one.merge_title")}
      hint={words("one.merge_text")}
      submit={words("one.merge")}
      danger
      initial={{ on: today() }}
      onClose={onClose}
      onSubmit={async ({ on }) => {
        if (into === undefined) return;
        await client.places.merge({ id: place.id, into, on });
        await placesChanged();
        message.success(words("one.merged"));
      }}
    >
      <Form.Item label={words("field.into")} htmlFor="merge-into" required>
        <PlaceSelect id="merge-into" value={into} onChange={setInto} />
      </Form.Item>
      <DayField />
    </FormDrawer>
  );
}

/** One home that was made into two, one shop into three. What is not asked stays as it was. */
export function SplitForm({ place, onClose }: { place: Place; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  const fields = splitFields(place.kind);
  const first = elementsOf(place);
  return (
    <FormDrawer<{ on: string; into: Partial<Record<ElementField, string>>[] }>
      title={words("one.split_title")}
      hint={words("one.split_text")}
      submit={words("one.split")}
      danger
      initial={{ on: today(), into: [first, {}] }}
      onClose={onClose}
      onSubmit={async ({ on, into }) => {
        await client.places.split({
          id: place.id,
          on,
          into: into.map((part) => ({ ...first, ...elementsOf(part) })),
        });
        await placesChanged();
        message.success(words("one.split_done", { count: into.length }));
      }}
    >
      <Form.List name="into">
        {(parts, { add, remove }) => (
          <>
            {parts.map(({ key, name }) => (
              <fieldset key={key} className="place-part">
                <legend>{words("one.part", { number: name + 1 })}</legend>
                {fields.map((field) => (
                  <Form.Item
                    key={field}
                    name={[name, field]}
                    label={words(`field.kinds.${field}`)}
                    rules={
                      field === fields.at(-1)
                        ? [{ required: true, whitespace: true, message: words("one.part_needed") }]
                        : []
                    }
                  >
                    <Input maxLength={60} autoComplete="off" />
                  </Form.Item>
                ))}
                {parts.length > 2 && (
                  <Button size="small" onClick={() => remove(name)}>
                    {words("one.part_remove", { number: name + 1 })}
                  </Button>
                )}
              </fieldset>
            ))}
            {parts.length < MAX_PARTS && (
              <Button onClick={() => add({})}>{words("one.part_add")}</Button>
            )}
          </>
        )}
      </Form.List>
      <DayField />
    </FormDrawer>
  );
}
