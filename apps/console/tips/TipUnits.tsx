import { useQuery } from "@tanstack/react-query";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Input, Select, Switch } from "antd";
import { useMemo, useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { useMustSay } from "../shell/form-fields.tsx";
import { listComma, withNote } from "../shell/language.ts";
import { type Column, DataTable } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { Page } from "../shell/Page.tsx";
import { useTipWords } from "./words.ts";

type Unit = Awaited<ReturnType<typeof client.tips.units>>["items"][number];

const source = localSource<Unit>(["tips", "units"], {
  load: async () => (await queryClient.fetchQuery(api.tips.units.queryOptions())).items,
  text: (unit) => unit.name,
});

interface Values {
  readonly name: string;
  readonly nameEn: string;
  readonly active: boolean;
  readonly keepers: string[];
}

export function TipUnits() {
  const words = useTipWords();
  const { message } = App.useApp();
  const setup = useQuery(api.tips.units.queryOptions());
  const [editing, setEditing] = useState<{ unit: Unit | undefined }>();
  const columns = useMemo<Column<Unit>[]>(
    () => [
      { key: "name", title: words("units.name"), phone: "title", render: (unit) => unit.name },
      {
        key: "keepers",
        title: words("units.keepers"),
        render: (unit) =>
          unit.keepers
            .map(({ name, enrolled }) =>
              withNote(name, words(enrolled ? "keeping.ready" : "keeping.not_ready")),
            )
            .join(listComma()),
      },
      {
        key: "key",
        title: words("units.key"),
        render: (unit) => words(unit.hasKey ? "units.has_key" : "units.no_key"),
      },
      {
        key: "active",
        title: words("units.active"),
        render: (unit) => (
          <StatusChip tone={unit.active ? "met" : "ended"}>
            {words(unit.active ? "units.on" : "units.off")}
          </StatusChip>
        ),
      },
    ],
    [words],
  );
  const add = (
    <Button type="primary" onClick={() => setEditing({ unit: undefined })}>
      {words("units.add")}
    </Button>
  );
  const unit = editing?.unit;
  const mustSay = useMustSay();
  return (
    <Page title={words("title")} lead={words("units.lead")} actions={add}>
      <DataTable
        label={words("units.list")}
        columns={columns}
        source={source}
        rowKey={({ id }) => id}
        onOpen={(opened) => setEditing({ unit: opened })}
        empty={{ title: words("units.empty"), hint: words("units.empty_hint") }}
      />
      {editing && (
        <FormDrawer<Values>
          title={words(unit ? "units.edit" : "units.add")}
          submit={words(unit ? "units.edit" : "units.add")}
          initial={
            unit
              ? { ...unit, keepers: unit.keepers.map(({ memberId }) => memberId) }
              : { active: true, keepers: [] }
          }
          onClose={() => setEditing(undefined)}
          onSubmit={async ({ name, nameEn, active, keepers }) => {
            await client.tips.saveUnit({ id: unit?.id ?? newId(), name, nameEn, active, keepers });
            await queryClient.invalidateQueries({ queryKey: api.tips.key() });
            await queryClient.invalidateQueries({ queryKey: [["tips", "units"]] });
            message.success(words("units.saved"));
          }}
        >
          <Form.Item name="name" label={words("units.name")} rules={mustSay(words("units.name"))}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="nameEn"
            label={words("units.name_en")}
            rules={mustSay(words("units.name_en"))}
          >
            <Input maxLength={120} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="keepers"
            label={words("units.keepers")}
            extra={words("units.keepers_hint")}
          >
            <Select
              mode="multiple"
              optionFilterProp="label"
              options={(setup.data?.candidates ?? []).map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
            />
          </Form.Item>
          <Form.Item name="active" label={words("units.active")} valuePropName="checked">
            <Switch checkedChildren={words("units.on")} unCheckedChildren={words("units.off")} />
          </Form.Item>
        </FormDrawer>
      )}
    </Page>
  );
}
