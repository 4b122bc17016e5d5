import { useQuery } from "@tanstack/react-query";
import { mayHangBelow } from "@wanjia/domain/places/rules";
import {
  PLACE_KINDS,
  PLACE_USES,
  type PlaceKind,
  type PlaceUse,
} from "@wanjia/domain/places/terms";
import { App, Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import { today, useUnits } from "../organisation/data.ts";
import { api, client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { placesChanged, type PlaceRow } from "./data.ts";
import { PlaceSelect } from "./PlaceSelect.tsx";
import { elementsOf, partsBelow, type ElementField } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

type Values = Partial<Record<ElementField, string>> & {
  kind: PlaceKind;
  parentId?: string;
  beatId?: string;
  communityId?: string;
  use?: PlaceUse;
  on: string;
};

/** One place that the register lacks, alone or below another. */
export function AddPlaceForm({ parent, onClose }: { parent?: PlaceRow; onClose: () => void }) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  return (
    <FormDrawer<Values>
      title={words("add.title")}
      hint={parent ? words("add.below", { parent: parent.fullText }) : words("add.hint")}
      submit={words("add.submit")}
      initial={{ on: today(), ...(parent ? { parentId: parent.id } : {}) }}
      onClose={onClose}
      onSubmit={async (values) => {
        const parentId = parent?.id ?? values.parentId;
        const place = await client.places.add({
          kind: values.kind,
          parentId: parentId ?? null,
          communityId: values.communityId ?? null,
          elements: elementsOf(values),
          use: values.use ?? null,
          on: values.on,
          ...(parentId === undefined && values.beatId !== undefined
            ? { beatId: values.beatId }
            : {}),
        });
        await placesChanged();
        message.success(words("add.done", { address: place.fullText }));
        await navigate(`/places/${place.id}`);
      }}
    >
      <Fields known={parent} />
    </FormDrawer>
  );
}

function Fields({ known }: { known: PlaceRow | undefined }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const units = useUnits();
  const form = Form.useFormInstance<Values>();
  const parentId = Form.useWatch("parentId", { form, preserve: true });
  const beatId = Form.useWatch("beatId", form);
  const kind = Form.useWatch("kind", form);
  const found = useQuery(
    api.places.get.queryOptions({
      input: { id: parentId ?? "" },
      enabled: known === undefined && parentId !== undefined,
    }),
  );
  const parent = known ?? (parentId === undefined ? undefined : found.data);
  const kinds = PLACE_KINDS.filter((one) => mayHangBelow(one, parent?.kind ?? null));
  const communities = units.communities.filter(
    (community) => beatId === undefined || community.beatId === beatId,
  );
  return (
    <>
      {!known && (
        <Form.Item name="parentId" label={words("field.parent")} extra={words("add.parent_hint")}>
          <PlaceSelect id="parentId" />
        </Form.Item>
      )}
      <Form.Item
        name="kind"
        label={words("field.kind")}
        rules={[{ required: true, message: words("add.kind_needed") }]}
      >
        <Select options={kinds.map((one) => ({ value: one, label: labels(`kind.${one}`) }))} />
      </Form.Item>
      {kind &&
        partsBelow(kind, parent).map((field) => (
          <Form.Item key={field} name={field} label={words(`field.kinds.${field}`)}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
        ))}
      {!parent && (
        <>
          <Form.Item
            name="beatId"
            label={words("field.beat")}
            rules={[{ required: true, message: words("add.beat_needed") }]}
          >
            <Select showSearch={{ optionFilterProp: "label" }} options={units.beatOptions} />
          </Form.Item>
          <Form.Item name="communityId" label={words("field.community")}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              options={communities.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="use" label={words("field.use")}>
        <Select
          allowClear
          options={PLACE_USES.map((use) => ({ value: use, label: labels(`use.${use}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="on"
        label={words("field.valid_from")}
        rules={[{ required: true, message: words("field.on") }]}
      >
        <Input type="date" />
      </Form.Item>
    </>
  );
}
