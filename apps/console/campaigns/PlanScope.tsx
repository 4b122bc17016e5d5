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
      <AreaSelect
        label={words("field.beats")}
        areas={units.beats
          .filter(inside)
          .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
        value={plan.target.beatIds}
        onChange={(beatIds) => change({ target: { ...plan.target, beatIds } })}
      />
      <AreaSelect
        label={words("field.communities")}
        areas={units.communities
          .filter(inside)
          .map((community) => ({ value: community.id, label: community.name }))}
        value={plan.target.communityIds}
        onChange={(communityIds) => change({ target: { ...plan.target, communityIds } })}
      />
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

/** None chosen means all of them. */
function AreaSelect({
  label,
  areas,
  value,
  onChange,
}: {
  label: string;
  areas: { value: string; label: string }[];
  value: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const words = useCampaignWords();
  return (
    <Field label={label} hint={words("scope.areas_hint")}>
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          mode="multiple"
          allowClear
          value={[...value]}
          optionFilterProp="label"
          options={areas}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
