import { App, Form, Select } from "antd";
import { useUnits } from "../organisation/data.ts";
import { client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { placesChanged } from "./data.ts";
import { usePlaceWords } from "./words.ts";

/** Stands for "in no grid": a choice must say something. */
const NO_GRID = "none";

interface Values {
  beatId: string;
  gridId?: string;
}

/** Puts places, with all below them, into another beat or grid. */
export function ReassignForm({
  places,
  onClose,
}: {
  places: readonly {
    readonly id: string;
    readonly fullText: string;
    readonly beatId: string | null;
  }[];
  onClose: () => void;
}) {
  const words = usePlaceWords();
  const { message } = App.useApp();
  const beats = new Set(places.map(({ beatId }) => beatId));
  const [beatId] = beats.size === 1 ? [...beats] : [];
  return (
    <FormDrawer<Values>
      title={
        places.length === 1
          ? words("one.reassign_title")
          : words("one.reassign_many", { count: places.length })
      }
      hint={words("one.reassign_text")}
      submit={words("one.reassign")}
      initial={beatId == null ? {} : { beatId }}
      onClose={onClose}
      onSubmit={async (values) => {
        const { moved } = await client.places.reassign({
          placeIds: places.map(({ id }) => id),
          beatId: values.beatId,
          ...(values.gridId === undefined
            ? {}
            : { gridId: values.gridId === NO_GRID ? null : values.gridId }),
        });
        await placesChanged();
        message.success(words(moved === 0 ? "one.reassigned_none" : "one.reassigned", { moved }));
      }}
    >
      <SeatFields />
    </FormDrawer>
  );
}

function SeatFields() {
  const words = usePlaceWords();
  const units = useUnits();
  const form = Form.useFormInstance<Values>();
  const beatId = Form.useWatch("beatId", form);
  const grids = units.grids.filter((grid) => grid.beatId === beatId);
  return (
    <>
      <Form.Item
        name="beatId"
        label={words("field.beat")}
        rules={[{ required: true, message: words("add.beat_needed") }]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={units.beatOptions}
          onChange={() => form.resetFields(["gridId"])}
        />
      </Form.Item>
      <Form.Item
        name="gridId"
        label={words("field.grid")}
        extra={words(grids.length === 0 ? "one.no_grids" : "one.grid_hint")}
      >
        <Select
          allowClear
          disabled={beatId === undefined}
          options={[
            ...grids.map((grid) => ({ value: grid.id, label: grid.name })),
            { value: NO_GRID, label: words("one.no_grid") },
          ]}
        />
      </Form.Item>
    </>
  );
}
