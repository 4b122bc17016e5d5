import { useQuery } from "@tanstack/react-query";
import { mayManageOrganisation, mayManagePostings } from "@wanjia/domain/organisation/policy";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form, Select } from "antd";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useOrganisationLabels } from "./labels.ts";
import { api, client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { loadUnits, organisationChanged, today, useUnits, type Community } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { OrganisationPage } from "./OrganisationPage.tsx";
import { liaisonGaps, linkCandidates } from "./view-model.ts";
import { useOrganisationWords } from "./words.ts";

const source = localSource<Community>(["organisation", "communities"], {
  load: async () => (await loadUnits()).communities,
  text: (row) => `${row.name} ${row.divisionCode} ${row.liaison?.name ?? ""}`,
  filters: {
    stationId: (row, value) => row.stationId === value,
    kind: (row, value) => row.kind === value,
    gap: (row) => row.liaison === null,
  },
  sorts: { name: (row) => row.name, divisionCode: (row) => row.divisionCode },
});

export function CommunitiesScreen() {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const session = useSession();
  const units = useUnits();
  const manages = mayManageOrganisation(session.role);
  const actor = { role: session.role, stationIds: session.stations.map(({ id }) => id) };
  const [editing, setEditing] = useState<Community | "new">();
  const [linking, setLinking] = useState<Community>();
  const [, setParams] = useSearchParams();
  const gaps = liaisonGaps(units.communities).length;
  const locale = currentLocale();
  const columns = useMemo<Column<Community>[]>(() => {
    const mayLink = (row: Community) => mayManagePostings(actor, row.stationId);
    return [
      {
        key: "name",
        title: words("field.name"),
        sortable: true,
        phone: "title",
        render: (row) => row.name,
      },
      {
        key: "liaison",
        title: words("field.liaison"),
        render: (row) => (
          <span className="desk-actions">
            {row.liaison ? (
              <span
                title={words("community.since", { date: formatDay(row.liaison.validFrom, locale) })}
              >
                {row.liaison.name}
              </span>
            ) : (
              <StatusChip tone="again">{words("gap.missing")}</StatusChip>
            )}
            {mayLink(row) && (
              <Button size="small" onClick={() => setLinking(row)}>
                {words(row.liaison ? "community.relink" : "community.link")}
              </Button>
            )}
          </span>
        ),
      },
      {
        key: "kind",
        title: words("field.kind"),
        render: (row) => labels(`communityKind.${row.kind}`),
      },
      {
        key: "stationId",
        title: words("field.station"),
        render: (row) => units.stationName(row.stationId),
      },
      { key: "beatId", title: words("field.beat"), render: (row) => units.beatName(row.beatId) },
      {
        key: "divisionCode",
        title: words("field.division_code"),
        sortable: true,
        phone: "hidden",
        render: (row) => row.divisionCode,
      },
    ];
    // oxlint-disable-next-line react/exhaustive-deps -- the actor is the session, which stays
  }, [words, labels, units, locale]);
  const add = (
    <Button type="primary" onClick={() => setEditing("new")}>
      {words("community.add")}
    </Button>
  );
  return (
    <OrganisationPage actions={manages && add}>
      {units.communities.length > 0 && (
        <div className="desk-notice" data-tone={gaps > 0 ? "again" : "met"}>
          {gaps === 0 ? (
            words("gap.none")
          ) : (
            <span className="desk-actions">
              <span>
                <strong>{words("gap.some", { count: gaps })}</strong>
                <br />
                {words("gap.hint")}
              </span>
              <Button onClick={() => setParams({ gap: "true" })}>{words("gap.show")}</Button>
            </span>
          )}
        </div>
      )}
      <DataTable
        label={words("tabs.communities")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("field.search_units"),
            placeholder: words("field.search_units"),
          },
          {
            kind: "choice",
            name: "stationId",
            label: words("field.station"),
            options: units.stationOptions,
          },
          {
            kind: "choice",
            name: "kind",
            label: words("field.kind"),
            options: (["residents_committee", "village_committee"] as const).map((kind) => ({
              value: kind,
              label: labels(`communityKind.${kind}`),
            })),
          },
          { kind: "flag", name: "gap", label: words("gap.filter") },
        ]}
        source={source}
        rowKey={(row) => row.id}
        {...(manages ? { onOpen: setEditing } : {})}
        empty={{
          title: words("community.empty"),
          hint: words("community.empty_hint"),
          action: manages && add,
        }}
      />
      {editing && <CommunityForm community={editing} onClose={() => setEditing(undefined)} />}
      {linking && <LinkForm community={linking} onClose={() => setLinking(undefined)} />}
    </OrganisationPage>
  );
}

type Values = Pick<Community, "name" | "divisionCode" | "kind" | "stationId"> & {
  beatId?: string | null;
};

function CommunityForm({
  community,
  onClose,
}: {
  community: Community | "new";
  onClose: () => void;
}) {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const units = useUnits();
  const [stationId, setStationId] = useState(community === "new" ? "" : community.stationId);
  const title = words(community === "new" ? "community.add" : "community.edit");
  return (
    <FormDrawer<Values>
      title={title}
      submit={title}
      {...(community === "new" ? {} : { initial: community })}
      onClose={onClose}
      onSubmit={async ({ beatId, ...values }) => {
        await client.organisation.saveCommunity({
          ...values,
          beatId: beatId ?? null,
          id: community === "new" ? newId() : community.id,
        });
        await organisationChanged();
        message.success(words("form.saved"));
      }}
    >
      <TextField name="name" />
      <TextField
        name="divisionCode"
        label="division_code"
        hint={words("community.code_hint")}
        pattern={/^\d{12}$/}
      />
      <SelectField
        name="kind"
        options={(["residents_committee", "village_committee"] as const).map((kind) => ({
          value: kind,
          label: labels(`communityKind.${kind}`),
        }))}
      />
      <SelectField
        name="stationId"
        label="station"
        options={units.stationOptions}
        onChange={setStationId}
      />
      <SelectField
        name="beatId"
        label="beat"
        optional
        options={units.beats
          .filter((beat) => beat.stationId === stationId)
          .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
      />
    </FormDrawer>
  );
}

function LinkForm({ community, onClose }: { community: Community; onClose: () => void }) {
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const members = useQuery(
    api.organisation.members.queryOptions({ input: { stationId: community.stationId } }),
  );
  const candidates = linkCandidates(members.data?.items ?? [], community, today());
  return (
    <FormDrawer<{ memberId: string; from: string }>
      title={words("community.link_title", { name: community.name })}
      hint={words("community.link_hint")}
      submit={words("community.link")}
      initial={{ from: today() }}
      onClose={onClose}
      onSubmit={async (values) => {
        await client.organisation.linkOfficer({ ...values, communityId: community.id });
        await organisationChanged();
        message.success(words("community.linked"));
      }}
    >
      <Form.Item
        name="memberId"
        label={words("community.officer")}
        rules={[{ required: true, message: words("community.officer_needed") }]}
      >
        <Select
          loading={members.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={candidates.map((member) => ({
            value: member.id,
            label: `${member.name} ${member.number}`,
          }))}
        />
      </Form.Item>
      <TextField name="from" type="date" />
    </FormDrawer>
  );
}
