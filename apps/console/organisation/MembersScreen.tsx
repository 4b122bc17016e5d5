import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { LOGIN, ROLES } from "@wanjia/domain/organisation/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Radio } from "antd";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useOrganisationLabels } from "./labels.ts";
import { client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { localSource } from "../shell/local-source.ts";
import { useSession } from "../shell/session.tsx";
import { loadMembers, organisationChanged, today, useUnits, type Member } from "./data.ts";
import { TextField } from "./fields.tsx";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { postingState } from "./view-model.ts";
import { useOrganisationWords } from "./words.ts";
import { listBreak } from "../shell/language.ts";

const source = localSource<Member>(["organisation", "member-list"], {
  load: loadMembers,
  text: (member) => `${member.name} ${member.number} ${member.login}`,
  filters: {
    stationId: (member, value) => current(member).some((posting) => posting.stationId === value),
    role: (member, value) => current(member).some((posting) => posting.role === value),
    sworn: (member, value) => String(member.sworn) === value,
    active: (member, value) => String(member.active) === value,
  },
  sorts: { name: (member) => member.name, number: (member) => member.number },
});

function current(member: Member): Member["postings"] {
  return member.postings.filter((posting) => postingState(posting, today()) === "current");
}

export function MembersScreen() {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const units = useUnits();
  const manages = mayManageOrganisation(useSession().role);
  const [adding, setAdding] = useState(false);
  const columns = useMemo<Column<Member>[]>(
    () => [
      {
        key: "name",
        title: words("field.member"),
        sortable: true,
        phone: "title",
        render: (member) => member.name,
      },
      {
        key: "number",
        title: words("field.number"),
        sortable: true,
        render: (member) => member.number,
      },
      {
        key: "sworn",
        title: words("field.sworn"),
        render: (member) => words(member.sworn ? "sworn.yes" : "sworn.no"),
      },
      {
        key: "postings",
        title: words("field.postings"),
        render: (member) => {
          const held = current(member);
          if (held.length === 0) {
            return <StatusChip tone="ended">{words("member.no_posting")}</StatusChip>;
          }
          return held
            .map((posting) =>
              [
                labels(`role.${posting.role}`),
                posting.beatId
                  ? units.beatName(posting.beatId)
                  : units.stationName(posting.stationId),
              ]
                .filter(Boolean)
                .join(" · "),
            )
            .join(listBreak());
        },
      },
      {
        key: "active",
        title: words("field.active"),
        render: (member) => (
          <StatusChip tone={member.active ? "met" : "ended"}>
            {words(member.active ? "active.yes" : "active.no")}
          </StatusChip>
        ),
      },
    ],
    [words, labels, units],
  );
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {words("member.add")}
    </Button>
  );
  return (
    <OrganisationPage actions={manages && add}>
      <DataTable
        label={words("tabs.members")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("field.search_members"),
            placeholder: words("field.search_members"),
          },
          {
            kind: "choice",
            name: "stationId",
            label: words("field.station"),
            options: units.stationOptions,
          },
          {
            kind: "choice",
            name: "role",
            label: words("field.role"),
            options: ROLES.map((role) => ({ value: role, label: labels(`role.${role}`) })),
          },
          {
            kind: "choice",
            name: "sworn",
            label: words("field.sworn"),
            options: [
              { value: "true", label: words("sworn.yes") },
              { value: "false", label: words("sworn.no") },
            ],
          },
          {
            kind: "choice",
            name: "active",
            label: words("field.active"),
            options: [
              { value: "true", label: words("active.yes") },
              { value: "false", label: words("active.no") },
            ],
          },
        ]}
        source={source}
        rowKey={(member) => member.id}
        rowHref={(member) => `/organisation/members/${member.id}`}
        empty={{
          title: words("member.empty"),
          hint: words("member.empty_hint"),
          action: manages && add,
        }}
      />
      {adding && (
        <FormDrawer<{
          name: string;
          number: string;
          login: string;
          password: string;
          title?: string;
          publicPhone?: string;
          sworn: boolean;
        }>
          title={words("member.add")}
          submit={words("member.add")}
          initial={{ sworn: true }}
          onClose={() => setAdding(false)}
          onSubmit={async ({ title = "", publicPhone = "", ...values }) => {
            const member = await client.organisation.addMember({ ...values, title, publicPhone });
            await organisationChanged();
            message.success(words("member.saved"));
            await navigate(`/organisation/members/${member.id}`);
          }}
        >
          <TextField name="name" label="member" />
          <TextField name="number" />
          <Form.Item name="sworn" label={words("field.sworn")}>
            <Radio.Group
              options={[
                { value: true, label: words("sworn.yes") },
                { value: false, label: words("sworn.no") },
              ]}
            />
          </Form.Item>
          <TextField name="title" optional />
          <TextField
            name="publicPhone"
            label="phone"
            hint={words("member.public_phone_hint")}
            optional
          />
          <TextField name="login" hint={words("member.login_hint")} pattern={LOGIN} />
          <TextField name="password" type="password" />
        </FormDrawer>
      )}
    </OrganisationPage>
  );
}
