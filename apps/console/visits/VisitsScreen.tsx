import { useQuery } from "@tanstack/react-query";
import { LISTED_OUTCOMES, mayVisit } from "@wanjia/domain/visits/policy";
import { TIME_MODES } from "@wanjia/domain/visits/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { useUnitFilters, useUnits } from "../organisation/data.ts";
import { api, type client } from "../shell/api.ts";
import { DataTable, type Column, type Filter } from "../shell/DataTable.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { outcomeTone, visitInput } from "./view-model.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";

type Row = Awaited<ReturnType<typeof client.visits.list>>["items"][number];

/** Enough for a filter's menu: a bureau runs a handful of campaigns a year. */
const CAMPAIGNS_SHOWN = 200;

export function useCampaignOptions(): { value: string; label: string }[] {
  const campaigns = useQuery(
    api.campaigns.list.queryOptions({ input: { size: CAMPAIGNS_SHOWN }, staleTime: 60_000 }),
  );
  const english = currentLocale() === "en";
  return useMemo(
    () =>
      (campaigns.data?.items ?? [])
        .filter((campaign) => campaign.state !== "draft")
        .map((campaign) => ({
          value: campaign.id,
          label: english && campaign.nameEn ? campaign.nameEn : campaign.name,
        })),
    [campaigns.data, english],
  );
}

export function VisitsScreen() {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const navigate = useNavigate();
  const units = useUnits();
  const unitFilters = useUnitFilters(words("field.station"), words("field.beat"));
  const campaigns = useCampaignOptions();
  const { role, scope } = useSession();
  const locale = currentLocale();
  const filters = useMemo<Filter[]>(
    () => [
      { kind: "choice", name: "campaignId", label: words("field.campaign"), options: campaigns },
      ...unitFilters,
      {
        kind: "choice",
        name: "outcome",
        label: words("field.outcome"),
        options: LISTED_OUTCOMES.map((outcome) => ({
          value: outcome,
          label: labels(`outcome.${outcome}`),
        })),
      },
      {
        kind: "choice",
        name: "timeMode",
        label: words("field.time_mode"),
        options: TIME_MODES.map((mode) => ({ value: mode, label: labels(`timeMode.${mode}`) })),
      },
      { kind: "date", name: "from", label: words("field.from") },
      { kind: "date", name: "to", label: words("field.to") },
      {
        kind: "link",
        name: "placeId",
        label: words("field.place"),
        say: () => words("this_place"),
      },
      {
        kind: "link",
        name: "buildingId",
        label: words("field.building"),
        say: () => words("this_building"),
      },
    ],
    [words, labels, campaigns, unitFilters],
  );
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "place",
        title: words("field.place"),
        phone: "title",
        render: (row) => row.place ?? "—",
      },
      {
        key: "visitedAt",
        title: words("field.at"),
        sortable: true,
        width: 200,
        render: (row) => formatInstant(row.visitedAt, locale),
      },
      {
        key: "outcome",
        title: words("field.outcome"),
        width: 150,
        render: (row) => (
          <StatusChip tone={outcomeTone(row.outcome)}>
            {labels(`outcome.${row.outcome}`)}
          </StatusChip>
        ),
      },
      { key: "member", title: words("field.member"), render: (row) => row.memberName ?? "" },
      {
        key: "beat",
        title: words("field.beat"),
        render: (row) => units.beatName(row.beatId) || (row.beatName ?? ""),
      },
      // Who sees one station only knows which.
      ...(scope === "bureau"
        ? [
            {
              key: "station",
              title: words("field.station"),
              phone: "hidden" as const,
              render: (row: Row) => units.stationName(row.stationId) || (row.stationName ?? ""),
            },
          ]
        : []),
      {
        key: "isCorrection",
        title: words("field.correction"),
        phone: "hidden",
        render: (row) => (row.isCorrection ? words("yes") : ""),
      },
    ],
    [words, labels, units, scope, locale],
  );
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        mayVisit(role, "record") && (
          <>
            <Button onClick={() => void navigate("/visits/import")}>{words("import")}</Button>
            <Button type="primary" onClick={() => void navigate("/visits/new")}>
              {words("record")}
            </Button>
          </>
        )
      }
    >
      <DataTable
        label={words("title")}
        columns={columns}
        filters={filters}
        source={api.visits.list}
        toInput={visitInput}
        rowKey={(row) => row.id}
        rowHref={(row) => `/visits/${row.id}`}
        defaultSort="-visitedAt"
        {...(mayVisit(role, "export") ? { exportPath: "/visits/export" } : {})}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
    </Page>
  );
}
