import { PARTNER_KINDS, type PartnerKind } from "@wanjia/domain/organisation/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Form, Switch } from "antd";
import { useMemo } from "react";
import { useOrganisationLabels } from "./labels.ts";
import { client } from "../shell/api.ts";
import type { Column } from "../shell/DataTable.tsx";
import { localSource } from "../shell/local-source.ts";
import { loadPartners, type Partner } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { UnitList } from "./UnitList.tsx";
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
  return (
    <UnitList<Partner, Values>
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
      says={{
        add: words("partner.add"),
        edit: words("partner.edit"),
        empty: words("partner.empty"),
        emptyHint: words("partner.empty_hint"),
        saved: words("partner.saved"),
      }}
      initial={(partner) => partner ?? { active: true }}
      save={({ phone = "", ...values }, id) =>
        client.organisation.savePartner({ ...values, phone, id })
      }
    >
      <TextField name="name" />
      <SelectField name="kind" options={kinds} />
      <TextField name="phone" optional />
      <Form.Item name="active" label={words("field.active")} valuePropName="checked">
        <Switch checkedChildren={words("active.yes")} unCheckedChildren={words("active.no")} />
      </Form.Item>
    </UnitList>
  );
}
