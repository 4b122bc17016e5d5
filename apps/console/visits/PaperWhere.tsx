import { useQuery } from "@tanstack/react-query";
import { COMPANIONS, MAX_TEAM } from "@wanjia/domain/visits/terms";
import { Input, Select } from "antd";
import { membersOfStation } from "../campaigns/view-model.ts";
import { loadMembers, today } from "../organisation/data.ts";
import { PlaceSelect } from "../places/PlaceSelect.tsx";
import { Choices, Field } from "../shell/Field.tsx";
import { Card } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import type { PaperProps } from "./paper.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";

export function WhereAndWhen({
  paper,
  change,
  known,
}: PaperProps & { known: { value: string; label: string } | undefined }) {
  const words = useVisitWords();
  const time = (field: "starts" | "ends") => (
    <Field label={words(`field.${field}`)}>
      {(id) => (
        <Input
          id={id}
          type="time"
          value={paper[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Card title={words("paper.where")}>
      <div className="desk-stack">
        <Field label={words("field.place")}>
          {(id) => (
            <PlaceSelect
              id={id}
              doorsOnly
              known={known}
              value={paper.placeId}
              onChange={(placeId) => change({ placeId })}
            />
          )}
        </Field>
        <div className="desk-field-row">
          <Field label={words("field.date")}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={paper.date}
                onChange={(event) => change({ date: event.target.value })}
              />
            )}
          </Field>
          {time("starts")}
          {time("ends")}
        </div>
      </div>
    </Card>
  );
}

export function Who({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const session = useSession();
  const members = useQuery({ queryKey: ["organisation", "all-members"], queryFn: loadMembers });
  const candidates = session.stations.flatMap(({ id }) =>
    membersOfStation(members.data ?? [], id, today()),
  );
  const options = [...new Map(candidates.map((member) => [member.id, member])).values()].map(
    (member) => ({ value: member.id, label: member.name }),
  );
  if (options.every(({ value }) => value !== session.member.id)) {
    options.unshift({ value: session.member.id, label: session.member.name });
  }
  return (
    <Card title={words("paper.who")}>
      <div className="desk-stack">
        <Field label={words("field.team")} hint={words("paper.who_hint")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              maxCount={MAX_TEAM}
              value={[...paper.team]}
              optionFilterProp="label"
              options={options}
              onChange={(team) => change({ team })}
            />
          )}
        </Field>
        <Choices
          label={words("field.companions")}
          values={COMPANIONS}
          chosen={paper.companions}
          name={(companion) => labels(`companion.${companion}`)}
          onChange={(companions) => change({ companions })}
        />
      </div>
    </Card>
  );
}
