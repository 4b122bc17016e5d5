import { CAMPAIGN_TRACKS } from "@wanjia/domain/campaigns/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Input, Radio } from "antd";
import { FreeText } from "../privacy/FreeText.tsx";
import { Field } from "../shell/Field.tsx";
import { planDays, removeAt, replaceAt, type StepProps } from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

export function PlanBasics({ plan, change }: StepProps) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const text = (field: "name" | "nameEn", label: string, hint?: string) => (
    <Field label={label} {...(hint ? { hint } : {})}>
      {(id, hintId) => (
        <Input
          id={id}
          aria-describedby={hintId}
          value={plan[field]}
          maxLength={60}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const day = (field: "startsOn" | "endsOn", label: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          type="date"
          value={plan[field]}
          onChange={(event) => {
            if (event.target.value) change({ [field]: event.target.value });
          }}
        />
      )}
    </Field>
  );
  return (
    <>
      {text("name", words("field.name"), words("basics.name_hint"))}
      {text("nameEn", words("field.name_en"))}
      <fieldset className="desk-field">
        <legend>{words("field.track")}</legend>
        <Radio.Group
          value={plan.track}
          options={CAMPAIGN_TRACKS.map((track) => ({
            value: track,
            label: labels(`track.${track}`),
          }))}
          onChange={(event) =>
            change({ track: event.target.value as (typeof CAMPAIGN_TRACKS)[number] })
          }
        />
      </fieldset>
      <Field label={words("field.aim")} hint={words("basics.aim_hint")}>
        {(id, hintId) => (
          <FreeText
            id={id}
            aria-describedby={hintId}
            value={plan.aim}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => change({ aim: event.target.value })}
          />
        )}
      </Field>
      <div className="plan-pair">
        {day("startsOn", words("field.starts"))}
        {day("endsOn", words("field.ends"))}
        <span className="desk-lead">
          {planDays(plan) > 0 && words("days", { count: planDays(plan) })}
        </span>
      </div>
      <h3>{words("field.phases")}</h3>
      <ul className="desk-edit-list" data-columns="phase">
        {plan.phases.map((phase, index) => {
          const label = words("basics.phase", { at: index + 1 });
          const set = (part: Partial<typeof phase>) =>
            change({ phases: replaceAt(plan.phases, index, { ...phase, ...part }) });
          return (
            // oxlint-disable-next-line react/no-array-index-key -- phases have no ids of their own
            <li key={index}>
              <Input
                aria-label={`${label} ${words("field.name")}`}
                placeholder={words("field.name")}
                value={phase.name}
                onChange={(event) => set({ name: event.target.value })}
              />
              <Input
                aria-label={`${label} ${words("field.name_en")}`}
                placeholder={words("field.name_en")}
                value={phase.nameEn}
                onChange={(event) => set({ nameEn: event.target.value })}
              />
              <Input
                type="date"
                aria-label={`${label} ${words("field.starts")}`}
                value={phase.startsOn}
                onChange={(event) => set({ startsOn: event.target.value || phase.startsOn })}
              />
              <Input
                type="date"
                aria-label={`${label} ${words("field.ends")}`}
                value={phase.endsOn}
                onChange={(event) => set({ endsOn: event.target.value || phase.endsOn })}
              />
              <Button
                type="text"
                icon={<Icon name="close" size={1} />}
                aria-label={`${words("basics.remove")} ${label}`}
                onClick={() => change({ phases: removeAt(plan.phases, index) })}
              />
            </li>
          );
        })}
      </ul>
      <Button
        icon={<Icon name="add" size={1} />}
        onClick={() =>
          change({
            phases: [
              ...plan.phases,
              { name: "", nameEn: "", startsOn: plan.startsOn, endsOn: plan.endsOn },
            ],
          })
        }
      >
        {words("basics.add_phase")}
      </Button>
    </>
  );
}
