import { useQuery } from "@tanstack/react-query";
import {
  ACCESS_NEEDS,
  ARRANGED,
  KNOWS_OFFICER,
  MAX_NOTE,
  NOTICES,
  OCCUPANCY,
  OUTCOMES,
  PURPOSES,
  TOPICS,
} from "@wanjia/domain/visits/terms";
import { Checkbox, Input, InputNumber, Select } from "antd";
import { FreeText } from "../privacy/FreeText.tsx";
import { api, client } from "../shell/api.ts";
import { Choices, Field } from "../shell/Field.tsx";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { asksFor, type PaperProps } from "./paper.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";

export function PaperOutcome({ paper, change, correcting }: PaperProps & { correcting: boolean }) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const asks = asksFor(paper.outcome);
  const flag = (field: "idShown" | "entryConsent" | "cardLeft" | "lastAttempt", label: string) => (
    <Checkbox
      checked={paper[field]}
      onChange={(event) => change({ [field]: event.target.checked })}
    >
      {label}
    </Checkbox>
  );
  return (
    <>
      <Card title={words("paper.what")}>
        <div className="desk-stack">
          <div className="desk-field-row">
            <Pick
              label={words("field.outcome")}
              values={OUTCOMES}
              value={paper.outcome}
              name={(value) => labels(`outcome.${value}`)}
              {...(paper.unseen ? { optional: true, placeholder: words("paper.as_recorded") } : {})}
              onChange={(outcome) => change({ outcome })}
            />
            <Pick
              label={words("field.arranged")}
              values={ARRANGED}
              value={paper.arranged}
              name={(value) => labels(`arranged.${value}`)}
              onChange={(arranged) => change({ arranged: arranged ?? "none" })}
            />
            {asks.spoke && (
              <Pick
                label={words("field.notice")}
                values={NOTICES}
                value={paper.noticeGiven}
                name={(value) => labels(`notice.${value}`)}
                optional
                onChange={(noticeGiven) => change({ noticeGiven })}
              />
            )}
          </div>
          <div className="desk-actions">
            {asks.spoke && flag("idShown", words("field.id_shown"))}
            {asks.inside && flag("entryConsent", words("field.entry_consent"))}
            {asks.lastAttempt && flag("lastAttempt", words("field.last_attempt"))}
            {asks.what && flag("cardLeft", words("field.card_left"))}
          </div>
          {asks.met && (
            <Choices
              label={words("field.topics")}
              values={TOPICS}
              chosen={paper.topics}
              name={(value) => labels(`topic.${value}`)}
              onChange={(topics) => change({ topics })}
            />
          )}
          {asks.spoke && (
            <Choices
              label={words("field.access_needs")}
              values={ACCESS_NEEDS}
              chosen={paper.accessNeeds}
              name={(value) => labels(`accessNeed.${value}`)}
              onChange={(accessNeeds) => change({ accessNeeds })}
            />
          )}
          {asks.spoke && <AppointmentFields paper={paper} change={change} />}
          {asks.spoke && !correcting && <AboutTheHome paper={paper} change={change} />}
          {asks.what && <Inspection paper={paper} change={change} />}
        </div>
      </Card>
      <Card title={words("paper.left")}>
        <div className="desk-stack">
          {asks.what && <Leaflets paper={paper} change={change} />}
          <NoteField paper={paper} change={change} />
          <div className="desk-field-row">
            <Field label={words("field.paper_slip")}>
              {(id) => (
                <Input
                  id={id}
                  value={paper.paperSlip}
                  maxLength={40}
                  onChange={(event) => change({ paperSlip: event.target.value })}
                />
              )}
            </Field>
            <Field label={words("field.outside_beat")}>
              {(id) => (
                <Input
                  id={id}
                  value={paper.outsideBeatReason}
                  maxLength={200}
                  onChange={(event) => change({ outsideBeatReason: event.target.value })}
                />
              )}
            </Field>
          </div>
        </div>
      </Card>
    </>
  );
}

/** A time that the resident named. */
function AppointmentFields({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const { appointment } = paper;
  const field = (part: keyof typeof appointment, label: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          type={part === "date" ? "date" : "time"}
          value={appointment[part]}
          onChange={(event) =>
            change({ appointment: { ...appointment, [part]: event.target.value } })
          }
        />
      )}
    </Field>
  );
  return (
    <fieldset className="desk-field">
      <legend>{words("field.appointment")}</legend>
      <div className="desk-field-row">
        {field("date", words("field.appointment_date"))}
        {field("starts", words("field.appointment_starts"))}
        {field("ends", words("field.appointment_ends"))}
      </div>
    </fieldset>
  );
}

/** Form A, A4 and A7: kept apart from the visit, or only counted. */
function AboutTheHome({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  return (
    <div className="desk-field-row">
      <Pick
        label={words("field.occupancy")}
        hint={words("paper.occupancy_hint")}
        values={OCCUPANCY}
        value={paper.occupancy}
        name={(value) => labels(`occupancy.${value}`)}
        optional
        onChange={(occupancy) => change({ occupancy })}
      />
      <Pick
        label={words("field.knows_officer")}
        hint={words("paper.knows_officer_hint")}
        values={KNOWS_OFFICER}
        value={paper.knowsOfficer}
        name={(value) => labels(`knowsOfficer.${value}`)}
        optional
        onChange={(knowsOfficer) => change({ knowsOfficer })}
      />
    </div>
  );
}

/** A visit is a service; an inspection is a case of its own, named by its number alone. */
function Inspection({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  return (
    <div className="desk-field-row">
      <Pick
        label={words("field.purpose")}
        values={PURPOSES}
        value={paper.purpose}
        name={(value) => labels(`purpose.${value}`)}
        onChange={(purpose) => change({ purpose: purpose ?? "service" })}
      />
      {paper.purpose === "scheduled_inspection_ref" && (
        <Field label={words("field.inspection_ref")}>
          {(id) => (
            <Input
              id={id}
              value={paper.inspectionRef}
              maxLength={60}
              onChange={(event) => change({ inspectionRef: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

function Pick<T extends string>({
  label,
  hint,
  values,
  value,
  name,
  optional = false,
  placeholder,
  onChange,
}: {
  label: string;
  hint?: string;
  values: readonly T[];
  value: T | undefined;
  name: (value: T) => string;
  optional?: boolean;
  placeholder?: string;
  onChange: (value: T | undefined) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          allowClear={optional}
          placeholder={placeholder}
          value={value ?? null}
          options={values.map((one) => ({ value: one, label: name(one) }))}
          onChange={(next: T | null | undefined) => onChange(next ?? undefined)}
        />
      )}
    </Field>
  );
}

/** Leaflets of the campaigns that run on the paper's day. */
function Leaflets({ paper, change }: PaperProps) {
  const words = useVisitWords();
  const english = currentLocale() === "en";
  const running = useQuery(
    api.campaigns.list.queryOptions({ input: { state: "open", on: paper.date, size: 20 } }),
  );
  const details = useQuery({
    queryKey: ["campaigns", "leaflets", running.data?.items.map(({ id }) => id) ?? []],
    queryFn: async () =>
      Promise.all((running.data?.items ?? []).map(({ id }) => client.campaigns.get({ id }))),
    enabled: running.data !== undefined,
  });
  const leaflets = new Map(
    (details.data ?? []).flatMap((campaign) => campaign.leaflets.map((item) => [item.code, item])),
  );
  if (leaflets.size === 0) return null;
  return (
    <div className="desk-field-row">
      {[...leaflets.values()].map((item) => (
        <Field
          key={item.code}
          label={`${words("field.leaflets")}：${english && item.nameEn ? item.nameEn : item.name}`}
        >
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={0}
              value={paper.leaflets[item.code] ?? 0}
              onChange={(quantity) =>
                change({ leaflets: { ...paper.leaflets, [item.code]: quantity ?? 0 } })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function NoteField({ paper, change }: PaperProps) {
  const words = useVisitWords();
  return (
    <div>
      <Field label={words("field.note")} hint={words("paper.note_hint")}>
        {(id) => (
          <FreeText
            id={id}
            value={paper.note}
            maxLength={MAX_NOTE}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
