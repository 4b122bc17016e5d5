import { useQuery } from "@tanstack/react-query";
import { mayManageOrganisation, mayManagePostings } from "@wanjia/domain/organisation/policy";
import { ROLES, type Role } from "@wanjia/domain/organisation/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { useOrganisationLabels } from "./labels.ts";
import { api, client } from "../shell/api.ts";
import { formatPeriod } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { organisationChanged, today, useUnits, type Member } from "./data.ts";
import { SelectField, TextField } from "./fields.tsx";
import { lastDay, postingState, seatFields, sortPostings } from "./view-model.ts";
import { useOrganisationWords } from "./words.ts";

type Posting = Member["postings"][number];

export function MemberScreen() {
  const { id } = useParams();
  const words = useOrganisationWords();
  const shell = useShellWords();
  const members = useQuery(api.organisation.members.queryOptions({ input: {} }));
  if (members.isError) {
    return <Problem error={members.error} onRetry={() => void members.refetch()} />;
  }
  if (!members.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const member = members.data.items.find((candidate) => candidate.id === id);
  if (!member) return <NotFound />;
  return (
    <Page
      title={member.name}
      back={{ to: "/organisation/members", label: words("tabs.members") }}
      lead={`${words(member.sworn ? "sworn.yes" : "sworn.no")} · ${member.number}`}
    >
      <MemberDetails member={member} />
      <Postings member={member} />
    </Page>
  );
}

function MemberDetails({ member }: { member: Member }) {
  const words = useOrganisationWords();
  const { message, modal } = App.useApp();
  const manages = mayManageOrganisation(useSession().role);
  const [open, setOpen] = useState<"edit" | "password">();
  const save = async (values: Partial<Member>) => {
    const { id, name, title, publicPhone, active } = { ...member, ...values };
    await client.organisation.saveMember({ id, name, title, publicPhone, active });
    await organisationChanged();
    message.success(words("member.saved"));
  };
  const switchAccount = () => {
    if (!member.active) return void save({ active: true });
    modal.confirm({
      title: words("member.deactivate"),
      content: words("member.deactivate_text", { name: member.name }),
      okText: words("member.deactivate"),
      okButtonProps: { danger: true },
      onOk: () => save({ active: false }),
    });
  };
  return (
    <Card
      actions={
        manages && (
          <div className="desk-actions">
            <Button onClick={() => setOpen("edit")}>{words("member.edit")}</Button>
            <Button onClick={() => setOpen("password")}>{words("member.password")}</Button>
            <Button danger={member.active} onClick={switchAccount}>
              {words(member.active ? "member.deactivate" : "member.activate")}
            </Button>
          </div>
        )
      }
    >
      <Facts
        items={[
          { label: words("field.login"), value: member.login },
          { label: words("field.title"), value: member.title || "—" },
          { label: words("field.phone"), value: member.publicPhone || "—" },
          {
            label: words("field.active"),
            value: (
              <StatusChip tone={member.active ? "met" : "ended"}>
                {words(member.active ? "active.yes" : "active.no")}
              </StatusChip>
            ),
          },
        ]}
      />
      {open === "edit" && (
        <FormDrawer<Pick<Member, "name" | "title" | "publicPhone">>
          title={words("member.edit")}
          submit={words("member.edit")}
          initial={member}
          onClose={() => setOpen(undefined)}
          onSubmit={save}
        >
          <TextField name="name" label="member" />
          <TextField name="title" optional />
          <TextField
            name="publicPhone"
            label="phone"
            hint={words("member.public_phone_hint")}
            optional
          />
        </FormDrawer>
      )}
      {open === "password" && (
        <FormDrawer<{ password: string }>
          title={words("member.password")}
          hint={words("member.password_hint")}
          submit={words("member.password")}
          onClose={() => setOpen(undefined)}
          onSubmit={async ({ password }) => {
            await client.organisation.setPassword({ id: member.id, password });
            message.success(words("member.password_set"));
          }}
        >
          <TextField name="password" label="new_password" type="password" />
        </FormDrawer>
      )}
    </Card>
  );
}

function Postings({ member }: { member: Member }) {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const session = useSession();
  const units = useUnits();
  const actor = { role: session.role, stationIds: session.stations.map(({ id }) => id) };
  const [posting, setPosting] = useState(false);
  const [ending, setEnding] = useState<Posting>();
  const mayPost =
    mayManageOrganisation(session.role) || mayManagePostings(actor, actor.stationIds[0] ?? null);
  const day = today();
  return (
    <Card
      title={words("member.postings")}
      actions={
        mayPost && (
          <Button type="primary" onClick={() => setPosting(true)}>
            {words("member.post")}
          </Button>
        )
      }
    >
      {member.postings.length === 0 && <p>{words("member.no_posting")}</p>}
      <ul className="desk-rows">
        {sortPostings(member.postings, day).map((held) => {
          const state = postingState(held, day);
          const seat = held.beatId
            ? `${units.stationName(held.stationId)} · ${units.beatName(held.beatId)}`
            : held.stationId
              ? units.stationName(held.stationId)
              : words("member.seat_bureau");
          return (
            <li key={held.id}>
              <div>
                <strong>{labels(`role.${held.role}`)}</strong>
                <br />
                {seat}
              </div>
              <div>{formatPeriod(held.validFrom, lastDay(held), currentLocale())}</div>
              <StatusChip
                tone={state === "current" ? "met" : state === "future" ? "appointment" : "ended"}
              >
                {words(`member.${state}`)}
              </StatusChip>
              {state !== "past" && mayManagePostings(actor, held.stationId) ? (
                <Button onClick={() => setEnding(held)}>{words("member.end")}</Button>
              ) : (
                <span />
              )}
            </li>
          );
        })}
      </ul>
      {posting && <PostingForm member={member} onClose={() => setPosting(false)} />}
      {ending && (
        <EndPosting member={member} posting={ending} onClose={() => setEnding(undefined)} />
      )}
    </Card>
  );
}

interface PostingValues {
  role: Role;
  stationId?: string;
  beatId?: string;
  partnerId?: string;
  validFrom: string;
}

function PostingForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const { message } = App.useApp();
  const units = useUnits();
  const session = useSession();
  const all = mayManageOrganisation(session.role);
  const [role, setRole] = useState<Role>();
  const [stationId, setStationId] = useState<string>();
  const asks = seatFields(role);
  const stations = units.stationOptions.filter(
    (station) => all || session.stations.some(({ id }) => id === station.value),
  );
  return (
    <FormDrawer<PostingValues>
      title={words("member.post")}
      submit={words("member.post")}
      initial={{ validFrom: today() }}
      onClose={onClose}
      onSubmit={async (values) => {
        await client.organisation.addPosting({
          memberId: member.id,
          role: values.role,
          stationId: asks.station ? (values.stationId ?? null) : null,
          beatId: asks.beat ? (values.beatId ?? null) : null,
          partnerId: asks.partner ? (values.partnerId ?? null) : null,
          validFrom: values.validFrom,
        });
        await organisationChanged();
        message.success(words("member.posted"));
      }}
    >
      <SelectField
        name="role"
        options={ROLES.filter((one) => all || seatFields(one).station).map((one) => ({
          value: one,
          label: labels(`role.${one}`),
        }))}
        onChange={(value) => setRole(value as Role)}
      />
      {asks.station && (
        <SelectField name="stationId" label="station" options={stations} onChange={setStationId} />
      )}
      {asks.beat && (
        <SelectField
          name="beatId"
          label="beat"
          options={units.beats
            .filter((beat) => beat.stationId === stationId)
            .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
        />
      )}
      {asks.partner && <PartnerField />}
      <TextField name="validFrom" label="from" type="date" />
    </FormDrawer>
  );
}

function PartnerField() {
  const partners = useQuery(api.organisation.partners.queryOptions());
  const active = (partners.data?.items ?? []).filter((partner) => partner.active);
  return (
    <SelectField
      name="partnerId"
      label="partner"
      options={active.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

function EndPosting({
  member,
  posting,
  onClose,
}: {
  member: Member;
  posting: Posting;
  onClose: () => void;
}) {
  const labels = useOrganisationLabels();
  const words = useOrganisationWords();
  const { message } = App.useApp();
  return (
    <FormDrawer<{ on: string }>
      title={words("member.end_title")}
      hint={words("member.end_text", { name: member.name, role: labels(`role.${posting.role}`) })}
      submit={words("member.end")}
      danger
      initial={{ on: today() }}
      onClose={onClose}
      onSubmit={async ({ on }) => {
        await client.organisation.endPosting({ id: posting.id, on });
        await organisationChanged();
        message.success(words("member.ended"));
      }}
    >
      <TextField name="on" label="to" hint={words("member.end_on")} type="date" />
    </FormDrawer>
  );
}
