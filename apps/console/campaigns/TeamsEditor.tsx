import { useQuery } from "@tanstack/react-query";
import type { Team } from "@wanjia/domain/campaigns/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import { loadMembers, today, useUnits, type Member } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { newId } from "../shell/new-id.ts";
import { FormProblem } from "../shell/Problem.tsx";
import { useNarrow } from "../shell/use-media.ts";
import { useShellWords } from "../shell/words.ts";
import { hasSworn, membersOfStation, removeAt, replaceAt, suggestTeams } from "./view-model.ts";
import { useCampaignWords } from "./words.ts";

const NOBODY: readonly Member[] = [];

/** Who goes together. A team without a sworn officer says so at once. */
export function TeamsEditor({
  plan,
  teams,
  onChange,
}: {
  plan: Parameters<typeof suggestTeams>[0];
  teams: readonly Team[];
  onChange: (teams: readonly Team[]) => void;
}) {
  const words = useCampaignWords();
  const units = useUnits();
  const { data: members = NOBODY } = useQuery({
    queryKey: ["campaigns", "members"],
    queryFn: loadMembers,
  });
  const names = new Map(members.map((member) => [member.id, member.name]));
  const add = () => {
    const [stationId] = plan.stationIds;
    if (stationId === undefined) return;
    const team: Team = {
      id: newId(),
      name: words("teams.name", { at: teams.length + 1 }),
      stationId,
      memberIds: [],
    };
    onChange([...teams, team]);
  };
  return (
    <div className="desk-stack">
      <p className="desk-lead">{words("teams.lead")}</p>
      <div className="desk-actions">
        <Button
          onClick={() => onChange(suggestTeams(plan, units.beats, members, today(), newId))}
          title={words("teams.suggest_hint")}
        >
          {words("teams.suggest")}
        </Button>
        <Button icon={<Icon name="add" size={1} />} onClick={add}>
          {words("teams.add")}
        </Button>
      </div>
      <p className="desk-lead">{words("teams.suggest_hint")}</p>
      <ul className="desk-edit-list">
        {teams.map((team, at) => {
          const sworn = hasSworn(team, members);
          const candidates = membersOfStation(members, team.stationId, today());
          return (
            <li key={team.id}>
              <Input
                aria-label={words("field.team_name")}
                value={team.name}
                maxLength={100}
                onChange={(event) =>
                  onChange(replaceAt(teams, at, { ...team, name: event.target.value }))
                }
              />
              <Select
                aria-label={words("field.stations")}
                value={team.stationId}
                options={units.stationOptions.filter(({ value }) =>
                  plan.stationIds.includes(value),
                )}
                onChange={(stationId) =>
                  onChange(replaceAt(teams, at, { ...team, stationId, memberIds: [] }))
                }
              />
              <Select
                mode="multiple"
                aria-label={words("teams.members_of", { team: team.name })}
                placeholder={words("field.members")}
                value={[...team.memberIds]}
                optionFilterProp="label"
                options={candidates.map((member) => ({ value: member.id, label: member.name }))}
                labelRender={({ value }) => names.get(String(value)) ?? ""}
                onChange={(memberIds) => onChange(replaceAt(teams, at, { ...team, memberIds }))}
              />
              <StatusChip tone={sworn ? "met" : "alarm"}>
                {words(sworn ? "teams.sworn_ok" : "teams.no_sworn")}
              </StatusChip>
              <Button
                type="text"
                icon={<Icon name="close" size={1} />}
                aria-label={`${words("teams.remove")} ${team.name}`}
                onClick={() => onChange(removeAt(teams, at))}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The same for a campaign that is already open. */
export function TeamsDrawer({
  campaign,
  onClose,
}: {
  campaign: Awaited<ReturnType<typeof client.campaigns.get>>;
  onClose: () => void;
}) {
  const words = useCampaignWords();
  const shell = useShellWords();
  const narrow = useNarrow();
  const { message } = App.useApp();
  const [teams, setTeams] = useState<readonly Team[]>(campaign.teams);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await client.campaigns.setTeams({
        id: campaign.id,
        teams: teams.map((team) => ({ ...team, memberIds: [...team.memberIds] })),
      });
      await queryClient.invalidateQueries({ queryKey: api.campaigns.key() });
      message.success(words("teams.changed"));
      onClose();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      title={words("teams.change")}
      size={narrow ? "100%" : 860}
      onClose={onClose}
      footer={
        <div className="desk-actions">
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {words("teams.change")}
          </Button>
          <Button onClick={onClose}>{shell("common.cancel")}</Button>
        </div>
      }
    >
      <p className="desk-lead">{words("teams.change_hint")}</p>
      <FormProblem error={error} />
      <TeamsEditor plan={campaign} teams={teams} onChange={setTeams} />
    </Drawer>
  );
}
