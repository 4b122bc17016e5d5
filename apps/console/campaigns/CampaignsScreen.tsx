import { mayCampaign } from "@wanjia/domain/campaigns/policy";
import { CAMPAIGN_STATES, type CampaignState } from "@wanjia/domain/campaigns/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, type client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatPeriod } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { TabLinks } from "../shell/TabLinks.tsx";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

type Row = Awaited<ReturnType<typeof client.campaigns.list>>["items"][number];

export function StateChip({ state }: { state: CampaignState }) {
  const labels = useCampaignLabels();
  const tone = { draft: "open", open: "met", closed: "ended" } as const;
  const icon = { draft: "edit", open: "forward", closed: "ended" } as const;
  return (
    <StatusChip tone={tone[state]} icon={icon[state]}>
      {labels(`state.${state}`)}
    </StatusChip>
  );
}

export function CampaignsPage({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const words = useCampaignWords();
  return (
    <Page title={words("title")} lead={words("lead")} actions={actions}>
      <TabLinks
        label={words("tabs.label")}
        tabs={[
          { to: "/campaigns", label: words("tabs.campaigns"), end: true },
          { to: "/campaigns/forms", label: words("tabs.forms") },
        ]}
      />
      {children}
    </Page>
  );
}

export function CampaignsScreen() {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const navigate = useNavigate();
  const units = useUnits();
  const mayDraft = mayCampaign(useSession().role, "draft");
  const locale = currentLocale();
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "name",
        title: words("field.name"),
        phone: "title",
        render: (row) => (locale === "en" && row.nameEn ? row.nameEn : row.name),
      },
      {
        key: "state",
        title: words("field.state"),
        render: (row) => <StateChip state={row.state} />,
      },
      {
        key: "startsOn",
        title: words("field.period"),
        sortable: true,
        render: (row) => formatPeriod(row.startsOn, row.endsOn, locale),
      },
      {
        key: "track",
        title: words("field.track"),
        render: (row) => labels(`track.${row.track}`),
      },
      {
        key: "stations",
        title: words("field.stations"),
        align: "right",
        render: (row) => row.stations,
      },
      { key: "teams", title: words("field.teams"), align: "right", render: (row) => row.teams },
    ],
    [words, labels, locale],
  );
  const add = (
    <Button type="primary" onClick={() => void navigate("/campaigns/new")}>
      {words("new")}
    </Button>
  );
  return (
    <CampaignsPage actions={mayDraft && add}>
      <DataTable
        label={words("title")}
        columns={columns}
        filters={[
          {
            kind: "choice",
            name: "state",
            label: words("field.state"),
            options: CAMPAIGN_STATES.map((state) => ({
              value: state,
              label: labels(`state.${state}`),
            })),
          },
          {
            kind: "choice",
            name: "stationId",
            label: words("field.stations"),
            options: units.stationOptions,
          },
          { kind: "date", name: "on", label: words("field.on") },
        ]}
        source={api.campaigns.list}
        rowKey={(row) => row.id}
        rowHref={(row) => `/campaigns/${row.id}`}
        empty={{
          title: words("empty"),
          hint: words("empty_hint"),
          action: mayDraft && add,
        }}
      />
    </CampaignsPage>
  );
}
