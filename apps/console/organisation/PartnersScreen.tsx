import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { PARTNER_KINDS, type PartnerKind } from "@wanjia/domain/organisation/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Switch } from "antd";
import { useMemo, useState } from "react";
import { useOrganisationLabels } from "./labels.ts";
import { client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { loadPartners, organisationChanged, type Partner } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Partner>(["organisation", "partner-list"], {
  load: loadPartners,
  text: (partner) => `${partner.name} ${partner.phone}`,
  filters: { kind: (partner, value) => partner.kind === value },
  sorts: { name: (partner) => partner.name },
});

type Values = { kind: PartnerKind; name: string; phone?: string; active: boolean };

export function PartnersScreen() {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const manages = mayManageOrganisation(useSession().role);
  const [editing, setEditing] = useState<Partner | "new">();
  const kinds = PARTNER_KINDS.map((kind) => ({
    value: kind,
    label: labels(`partnerKind.${kind}`),
  }));
  const columns = useMemo<Column<Partner>[]>(
    () => [
      {
        key: "name",
        title: words("field.name"),
        sortable: true,
        phone: "title",
        render: (partner) => partner.name,
      },
      {
        key: "kind",
        title: words("field.kind"),
        render: (partner) => labels(`partnerKind.${partner.kind}`),
      },
      { key: "phone", title: words("field.phone"), render: (partner) => partner.phone },
      {
        key: "active",
        title: words("field.active"),
        render: (partner) => (
          <StatusChip tone={partner.active ? "met" : "ended"}>
            {words(partner.active ? "active.yes" : "active.no")}
          </StatusChip>
        ),
      },
    ],
    [words, labels],
  );
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {words("partner.add")}
    </Button>
  );
  const title = words(editing === "new" ? "partner.add" : "partner.edit");
  return (
    <OrganisationPage actions={manages && add}>
      <DataTable
        label={words("tabs.partners")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("field.name"),
            placeholder: words("field.name"),
          },
          { kind: "choice", name: "kind", label: words("field.kind"), options: kinds },
        ]}
        source={source}
        rowKey={(partner) => partner.id}
        {...(manages ? { onOpen: setEditing } : {})}
        empty={{
          title: words("partner.empty"),
          hint: words("partner.empty_hint"),
          action: manages && add,
        }}
      />
      {editing && (
        <FormDrawer<Values>
          title={title}
          submit={title}
          initial={editing === "new" ? { active: true } : editing}
          onClose={() => setEditing(undefined)}
          onSubmit={async ({ phone = "", ...values }) => {
            await client.organisation.savePartner({
              ...values,
              phone,
              id: editing === "new" ? newId() : editing.id,
            });
            await organisationChanged();
            message.success(words("partner.saved"));
          }}
        >
          <TextField name="name" />
          <SelectField name="kind" options={kinds} />
          <TextField name="phone" optional />
          <Form.Item name="active" label={words("field.active")} valuePropName="checked">
            <Switch checkedChildren={words("active.yes")} unCheckedChildren={words("active.no")} />
          </Form.Item>
        </FormDrawer>
      )}
    </OrganisationPage>
  );
}
