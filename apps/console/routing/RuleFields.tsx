import { useQuery } from "@tanstack/react-query";
import { HAZARD_STANDINGS, MATTER_KINDS, MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { PLACE_KINDS } from "@wanjia/domain/places/terms";
import { ROUTING_LIMITS, ROUTING_TARGETS } from "@wanjia/domain/routing/terms";
import { Form, Input, Radio, Select } from "antd";
import { labelKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { usePlaceLabels } from "../places/words.ts";
import { api } from "../shell/api.ts";
import type { MessageKey } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import type { RuleValues } from "./view-model.ts";
import { useRoutingWords } from "./words.ts";

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What a rule asks for, and whom it names. */
export function RuleFields() {
  const words = useRoutingWords();
  const labels = useMatterLabels();
  const places = usePlaceLabels();
  const form = Form.useFormInstance<RuleValues>();
  const kind = Form.useWatch("kind", form);
  const stationId = Form.useWatch("stationId", form);
  const { data } = useQuery(api.organisation.units.queryOptions());
  const communities = (data?.communities ?? []).filter(
    (one) => (stationId ?? one.stationId) === one.stationId,
  );
  return (
    <>
      <Condition
        name="kind"
        label="form.kind"
        options={MATTER_KINDS.map((value) => ({ value, label: labels(labelKey("kind", value)) }))}
        onChange={() => form.setFieldsValue({ subtype: null, grade: null })}
      />
      {kind && (
        <Condition
          name="subtype"
          label="form.subtype"
          options={MATTER_SUBTYPES[kind].map((value) => ({
            value,
            label: labels(subtypeKey(kind, value)),
          }))}
        />
      )}
      {kind === "hazard" && (
        <Condition
          name="grade"
          label="form.grade"
          options={HAZARD_STANDINGS.map((value) => ({
            value,
            label: labels(labelKey("grade", value)),
          }))}
        />
      )}
      <Condition
        name="placeKind"
        label="form.place_kind"
        options={PLACE_KINDS.map((value) => ({ value, label: places(`kind.${value}`) }))}
      />
      <Condition
        name="stationId"
        label="form.station"
        options={(data?.stations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={() => form.setFieldsValue({ communityId: null })}
      />
      <Condition
        name="communityId"
        label="form.community"
        options={communities.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Form.Item name="to" label={words("form.to")}>
        <Radio.Group
          vertical
          options={ROUTING_TARGETS.map((value) => ({ value, label: words(`form.to_${value}`) }))}
          onChange={() => form.setFieldsValue({ id: null })}
        />
      </Form.Item>
      <Which />
      <Form.Item name="basis" label={words("form.basis")}>
        <Input
          autoComplete="off"
          maxLength={ROUTING_LIMITS.basisLength}
          placeholder={words("form.basis_hint")}
        />
      </Form.Item>
    </>
  );
}

function Condition({
  name,
  label,
  options,
  onChange,
}: {
  name: keyof RuleValues;
  label: MessageKey<typeof zhCN>;
  options: Option[];
  onChange?: () => void;
}) {
  const words = useRoutingWords();
  return (
    <Form.Item name={name} label={words(label)}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={words("form.any")}
        options={options}
        {...(onChange ? { onChange } : {})}
      />
    </Form.Item>
  );
}

/** The unit or body that is named; the station needs no name. */
function Which() {
  const words = useRoutingWords();
  const organisation = useOrganisationLabels();
  const to = Form.useWatch<RuleValues["to"] | undefined>("to");
  const bodies = useQuery(api.organisation.partners.queryOptions());
  const tables = useQuery(api.routing.tables.queryOptions());
  if (to === undefined || to === "station") return null;
  const options: Option[] =
    to === "unit"
      ? (tables.data?.units ?? []).map(({ id, name, title }) => ({
          value: id,
          label: [name, title].filter(Boolean).join(" · "),
        }))
      : (bodies.data?.items ?? [])
          .filter(({ active }) => active)
          .map(({ id, name, kind }) => ({
            value: id,
            label: `${name} · ${organisation(`partnerKind.${kind}`)}`,
          }));
  return (
    <Form.Item
      name="id"
      label={words("form.which")}
      rules={[{ required: true, message: words("form.choose") }]}
    >
      <Select showSearch={{ optionFilterProp: "label" }} options={options} />
    </Form.Item>
  );
}
