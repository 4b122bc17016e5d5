import { mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { Button, Checkbox, Select } from "antd";
import { useUnits } from "../organisation/data.ts";
import { Field } from "../shell/Field.tsx";
import { useSession } from "../shell/session.tsx";
import { type StepProps, withStations } from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

export function PlanScope({ plan, change, facts }: StepProps) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const units = useUnits();
  const session = useSession();
  const own = session.stations.map(({ id }) => id);
  const stations = units.stationOptions.filter(({ value }) =>
    mayPlanFor({ role: session.role, stationIds: own }, [value]),
  );
  const setStations = (ids: readonly string[]) => change(withStations(plan, ids, facts));
  const inside = (area: { stationId: string }) => plan.stationIds.includes(area.stationId);
  const kinds = VISITABLE_KINDS.map((kind) => ({ value: kind, label: labels(`kind.${kind}`) }));
  return (
    <>
      <Field label={words("field.stations")}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            value={[...plan.stationIds]}
            optionFilterProp="label"
            options={stations}
            onChange={setStations}
          />
        )}
      </Field>
      {stations.length > plan.stationIds.length && (
        <Button onClick={() => setStations(stations.map(({ value }) => value))}>
          {words("scope.all_stations")}
        </Button>
      )}
      <fieldset className="desk-field">
        <legend>{words("field.target")}</legend>
        <Checkbox.Group
          value={[...plan.target.kinds]}
          options={kinds}
          onChange={(chosen) =>
            change({
              target: {
                ...plan.target,
                kinds: VISITABLE_KINDS.filter((kind) => chosen.includes(kind)),
              },
            })
          }
        />
        <p className="desk-lead">{words("scope.kinds_hint")}</p>
      </fieldset>
      <Field label={words("field.beats")} hint={words("scope.areas_hint")}>
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            mode="multiple"
            allowClear
            value={[...plan.target.beatIds]}
            optionFilterProp="label"
            options={units.beats
              .filter(inside)
              .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
            onChange={(beatIds) => change({ target: { ...plan.target, beatIds } })}
          />
        )}
      </Field>
      <Field label={words("field.communities")} hint={words("scope.areas_hint")}>
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            mode="multiple"
            allowClear
            value={[...plan.target.communityIds]}
            optionFilterProp="label"
            options={units.communities
              .filter(inside)
              .map((community) => ({ value: community.id, label: community.name }))}
            onChange={(communityIds) => change({ target: { ...plan.target, communityIds } })}
          />
        )}
      </Field>
      <div>
        <Checkbox
          checked={plan.samplingPlan}
          onChange={(event) => change({ samplingPlan: event.target.checked })}
        >
          {words("scope.sampling")}
        </Checkbox>
        <p className="desk-lead">{words("scope.sampling_hint")}</p>
      </div>
    </>
  );
}
