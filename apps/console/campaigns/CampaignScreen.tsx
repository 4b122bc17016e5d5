import { useQuery } from "@tanstack/react-query";
import { mayCampaign, mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { maySeeWalks } from "@wanjia/domain/planning/policy";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { loadMembers, useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatCount, formatDay, formatInstant, formatPeriod } from "../shell/format.ts";
import { currentLocale, listComma, withNote } from "../shell/language.ts";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem, Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { OutlookCard } from "../planning/OutlookCard.tsx";
import { usePlanningWords } from "../planning/words.ts";
import { StateChip } from "./CampaignsScreen.tsx";
import { TeamsDrawer } from "./TeamsEditor.tsx";
import { planDays, targetTable } from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

type Campaign = Awaited<ReturnType<typeof client.campaigns.get>>;

export function CampaignScreen() {
  const { id = "" } = useParams();
  const words = useCampaignWords();
  const shell = useShellWords();
  const found = useQuery(api.campaigns.get.queryOptions({ input: { id } }));
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const campaign = found.data;
  const locale = currentLocale();
  return (
    <Page
      title={locale === "en" && campaign.nameEn ? campaign.nameEn : campaign.name}
      back={{ to: "/campaigns", label: words("title") }}
      lead={
        <span className="desk-actions">
          <StateChip state={campaign.state} />
          <span>
            {formatPeriod(campaign.startsOn, campaign.endsOn, locale)} ·{" "}
            {words("days", { count: planDays(campaign) })}
          </span>
        </span>
      }
      actions={<Actions campaign={campaign} />}
    >
      <Summary campaign={campaign} />
      <OutlookCard campaignId={campaign.id} />
      <Targets id={campaign.id} />
      <Teams campaign={campaign} />
      <Materials campaign={campaign} />
    </Page>
  );
}

function Actions({ campaign }: { campaign: Campaign }) {
  const words = useCampaignWords();
  const planning = usePlanningWords();
  const session = useSession();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const who = { role: session.role, stationIds: session.stations.map(({ id }) => id) };
  const mayEdit =
    campaign.state === "draft" &&
    mayCampaign(session.role, "draft") &&
    mayPlanFor(who, campaign.stationIds);
  const step = campaign.state === "draft" ? "open" : "close";
  const mayStep = campaign.state !== "closed" && mayCampaign(session.role, step);
  return (
    <>
      {campaign.state === "open" && maySeeWalks(session.role) && (
        <Button onClick={() => void navigate(`/campaigns/${campaign.id}/days`)}>
          {planning("open")}
        </Button>
      )}
      {mayEdit && (
        <Button onClick={() => void navigate(`/campaigns/${campaign.id}/edit`)}>
          {words("edit")}
        </Button>
      )}
      {mayStep && (
        <Button
          type={step === "open" ? "primary" : "default"}
          danger={step === "close"}
          onClick={() => setAsking(true)}
        >
          {words(`${step}.action`)}
        </Button>
      )}
      {asking && <Confirmation campaign={campaign} step={step} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Says what will happen before it happens. */
function Confirmation({
  campaign,
  step,
  onClose,
}: {
  campaign: Campaign;
  step: "open" | "close";
  onClose: () => void;
}) {
  const words = useCampaignWords();
  const shell = useShellWords();
  const { message } = App.useApp();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const targets = useQuery(api.campaigns.targets.queryOptions({ input: { id: campaign.id } }));
  const locale = currentLocale();
  const day = (date: string) => formatDay(date, locale);
  const act = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const changed =
        step === "open"
          ? await client.campaigns.open({ id: campaign.id })
          : await client.campaigns.close({ id: campaign.id });
      queryClient.setQueryData(api.campaigns.get.queryKey({ input: { id: campaign.id } }), changed);
      await queryClient.invalidateQueries({ queryKey: api.campaigns.key() });
      message.success(words(`${step}.done`));
      onClose();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const lines =
    step === "open"
      ? [
          words("open.phones", {
            places: targets.data ? formatCount(targetTable(targets.data.items).total, locale) : "…",
            stations: campaign.stationIds.length,
          }),
          words("open.counts", { from: day(campaign.startsOn), to: day(campaign.endsOn) }),
          words("open.frozen"),
        ]
      : [words("close.last_day"), words("close.phones"), words("close.late")];
  return (
    <Modal
      open
      title={words(`${step}.title`, {
        name: currentLocale() === "en" && campaign.nameEn ? campaign.nameEn : campaign.name,
      })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {shell("common.cancel")}
        </Button>,
        <Button
          key="act"
          type="primary"
          danger={step === "close"}
          loading={busy}
          onClick={() => void act()}
        >
          {words(`${step}.action`)}
        </Button>,
      ]}
    >
      <FormProblem error={error} />
      <p>{words(`${step}.what`)}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Modal>
  );
}

function Summary({ campaign }: { campaign: Campaign }) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const units = useUnits();
  const locale = currentLocale();
  const areas = [
    ...campaign.target.beatIds.map(units.beatName),
    ...campaign.target.communityIds.map(units.communityName),
  ];
  const none = words("not_said");
  return (
    <Card>
      <Facts
        items={[
          { label: words("field.aim"), value: campaign.aim || none },
          { label: words("field.track"), value: labels(`track.${campaign.track}`) },
          {
            label: words("field.stations"),
            value: campaign.stationIds.map(units.stationName).join(listComma()) || none,
          },
          {
            label: words("field.target"),
            value:
              campaign.target.kinds.map((kind) => labels(`kind.${kind}`)).join(listComma()) || none,
          },
          {
            label: words("field.areas"),
            value: areas.length > 0 ? areas.join(listComma()) : words("all_area"),
          },
          {
            label: words("field.forms"),
            value:
              campaign.forms
                .map(
                  (form) =>
                    `${labels(`form.${form.code}`)} ${words("forms.version", { version: form.version })}`,
                )
                .join(listComma()) || none,
          },
          ...campaign.phases.map((phase) => ({
            label: locale === "en" && phase.nameEn ? phase.nameEn : phase.name,
            value: formatPeriod(phase.startsOn, phase.endsOn, locale),
          })),
          ...(campaign.openedAt === null
            ? []
            : [{ label: words("field.opened"), value: formatInstant(campaign.openedAt, locale) }]),
          ...(campaign.closedAt === null
            ? []
            : [{ label: words("field.closed"), value: formatInstant(campaign.closedAt, locale) }]),
        ]}
      />
    </Card>
  );
}

function Targets({ id }: { id: string }) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const units = useUnits();
  const locale = currentLocale();
  const targets = useQuery(api.campaigns.targets.queryOptions({ input: { id } }));
  const title = words("targets.title");
  if (targets.isError) {
    return <Problem error={targets.error} onRetry={() => void targets.refetch()} />;
  }
  if (!targets.data) return null;
  const table = targetTable(targets.data.items);
  const kinds = table.kinds as (typeof targets.data.items)[number]["kind"][];
  return (
    <Card title={title}>
      {table.total === 0 ? (
        <p>{words("targets.none")}</p>
      ) : (
        <>
          <p className="desk-lead">
            {words("targets.total", { count: formatCount(table.total, locale) })}
          </p>
          <div className="desk-table-frame">
            <table className="desk-table">
              <caption className="w-hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{words("field.beats")}</th>
                  <th scope="col">{words("field.stations")}</th>
                  {kinds.map((kind) => (
                    <th key={kind} scope="col" data-align="right">
                      {labels(`kind.${kind}`)}
                    </th>
                  ))}
                  <th scope="col" data-align="right">
                    {withNote(words("targets.sum"), words("targets.unit"))}
                  </th>
                </tr>
              </thead>
              <tbody>
                {table.lines.map((line) => (
                  <tr key={`${line.stationId} ${line.beatId}`}>
                    <td>
                      {line.beatId ? units.beatName(line.beatId) : words("targets.unassigned")}
                    </td>
                    <td>{units.stationName(line.stationId)}</td>
                    {kinds.map((kind) => (
                      <td key={kind} data-align="right">
                        {formatCount(line.byKind[kind] ?? 0, locale)}
                      </td>
                    ))}
                    <td data-align="right">{formatCount(line.total, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Card>
  );
}

function Teams({ campaign }: { campaign: Campaign }) {
  const words = useCampaignWords();
  const session = useSession();
  const units = useUnits();
  const [changing, setChanging] = useState(false);
  const members = useQuery({ queryKey: ["campaigns", "members"], queryFn: loadMembers });
  const names = new Map((members.data ?? []).map((member) => [member.id, member]));
  const who = { role: session.role, stationIds: session.stations.map(({ id }) => id) };
  const mayChange =
    campaign.state === "open" &&
    mayCampaign(session.role, "change_teams") &&
    mayPlanFor(who, campaign.stationIds);
  return (
    <Card
      title={`${words("field.teams")} · ${words("teams.summary", {
        teams: campaign.teams.length,
        members: new Set(campaign.teams.flatMap((team) => team.memberIds)).size,
      })}`}
      actions={
        mayChange && <Button onClick={() => setChanging(true)}>{words("teams.change")}</Button>
      }
    >
      <ul className="desk-rows">
        {campaign.teams.map((team) => (
          <li key={team.id}>
            <strong>{team.name}</strong>
            <span>{units.stationName(team.stationId)}</span>
            <span style={{ gridColumn: "span 2" }}>
              {team.memberIds.map((id) => names.get(id)?.name ?? "").join(listComma())}
            </span>
          </li>
        ))}
      </ul>
      {changing && <TeamsDrawer campaign={campaign} onClose={() => setChanging(false)} />}
    </Card>
  );
}

function Materials({ campaign }: { campaign: Campaign }) {
  const words = useCampaignWords();
  const locale = currentLocale();
  const groups = (["leaflets", "devices"] as const).filter((kind) => campaign[kind].length > 0);
  if (groups.length === 0) return null;
  return (
    <>
      {groups.map((kind) => (
        <Card key={kind} title={words(`field.${kind}`)}>
          <Facts
            items={campaign[kind].map((item) => ({
              label: locale === "en" && item.nameEn ? item.nameEn : item.name,
              value: formatCount(item.stock, locale),
            }))}
          />
        </Card>
      ))}
    </>
  );
}
