import { COUNT_MEASURES } from "@wanjia/domain/listings/terms";
import { App, Form, Input } from "antd";
import { client, queryClient, api } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { Choice, Typed, useRequired } from "./fields.tsx";
import { readCounts } from "./view-model.ts";
import { labelKey, useListingLabels, useListingWords } from "./words.ts";

type Draft = Parameters<typeof client.listings.count>[0];

/** Counts of estates, pasted line by line: a name and a number, nothing else has room here. */
export function CountsForm({ onClose }: { onClose: () => void }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const { message } = App.useApp();
  const lines = useRequired("counts.lines", "required");
  return (
    <FormDrawer<Omit<Draft, "rows"> & { lines: string }>
      title={words("counts.open")}
      hint={words("counts.hint")}
      submit={words("counts.submit")}
      initial={{ measure: "theft" }}
      onClose={onClose}
      onSubmit={async ({ lines: typed, ...days }) => {
        const read = readCounts(typed);
        if ("line" in read) return;
        const { saved } = await client.listings.count({ ...days, rows: read.rows });
        await queryClient.invalidateQueries({ queryKey: api.listings.key() });
        message.success(words("counts.saved", { saved }));
      }}
    >
      <Choice
        name="measure"
        label="figures.measure"
        options={COUNT_MEASURES.map((value) => ({
          value,
          label: labels(labelKey("measure", value)),
        }))}
      />
      <Typed name="from" label="counts.from" type="date" />
      <Typed name="to" label="counts.to" type="date" />
      <Typed name="source" label="counts.source" limit={200} />
      <Form.Item
        name="lines"
        {...lines}
        extra={words("counts.lines_hint")}
        rules={[
          ...lines.rules,
          {
            validator: async (_, value: unknown) => {
              const read = readCounts(typeof value === "string" ? value : "");
              if ("line" in read) throw new Error(words("counts.line_wrong", { line: read.line }));
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} />
      </Form.Item>
    </FormDrawer>
  );
}
