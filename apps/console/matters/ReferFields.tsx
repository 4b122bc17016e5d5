import { useQuery } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import {
  CONTACT_CONSENTS,
  mayReceive,
  REFERRAL_BASES,
  REFERRAL_LIMITS,
} from "@wanjia/domain/matters/referral";
import { MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import { Form, Input, Select } from "antd";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { Preselect } from "../routing/Suggestion.tsx";
import { api } from "../shell/api.ts";
import { Choice, Pick, useRequired, Words } from "./fields.tsx";
import { useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";

/** Which body, on what basis, and what it is told. */
export function ReferFields({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const organisation = useOrganisationLabels();
  const found = useQuery(api.organisation.partners.queryOptions());
  const { label, rules } = useRequired("form.refer_to", "choose", false);
  const bodies = (found.data?.items ?? []).filter(
    ({ kind, active }) => active && mayReceive(matter, kind),
  );
  return (
    <>
      {matter.grade !== null && matter.grade !== "ordinary" && (
        <p className="desk-lead">{words("hint.refer_hazard")}</p>
      )}
      <Preselect matterId={matter.id} step="refer" />
      <Form.Item name="to" label={label} rules={rules}>
        <Select
          loading={found.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={bodies.map(({ id, name, kind }) => ({
            value: id,
            label: `${name} · ${organisation(`partnerKind.${kind}`)}`,
          }))}
        />
      </Form.Item>
      <Pick
        name="basis"
        label="form.basis"
        options={REFERRAL_BASES.map((value) => ({ value, label: labels(`basis.${value}`) }))}
      />
      <Form.Item name="law" label={words("form.law")}>
        <Input maxLength={REFERRAL_LIMITS.lawLength} placeholder={words("form.law_hint")} />
      </Form.Item>
      <p className="desk-lead">{words("form.problem_hint")}</p>
      <Words name="text" label="form.problem" limit={MATTER_LIMITS.reasonLength} />
      {matter.contact !== null && !matter.anonymous && (
        <Choice
          name="contact"
          label="form.contact_consent"
          optional
          options={CONTACT_CONSENTS.map((value) => ({ value, label: labels(`consent.${value}`) }))}
        />
      )}
    </>
  );
}
