import {
  type FeedbackWish,
  HAZARD_GRADES,
  MATTER_KINDS,
  MATTER_LIMITS,
  MATTER_SUBTYPES,
  type MatterKind,
  REPORTERS,
  STOP_SIGNS,
} from "@wanjia/domain/matters/terms";
import { Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { PlaceField } from "../places/PlaceSelect.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { newId } from "../shell/new-id.ts";
import { Choice, Pick, useRequired, When, Words } from "./fields.tsx";
import { labelKey, subtypeKey, useMatterLabels } from "./labels.ts";
import { asksContact, draftOf, lacksConsent, type RaiseValues, wishesFor } from "./raise.ts";
import { useMatterWords } from "./words.ts";

type RaiseInput = Parameters<typeof client.matters.raise>[0];

/** A matter that was heard or seen outside of a visit, beside the list. */
export function RaiseForm({
  placeId,
  onClose,
}: {
  placeId: string | undefined;
  onClose: () => void;
}) {
  const words = useMatterWords();
  const navigate = useNavigate();
  // One id for all tries of this form: sent twice, it is kept once.
  const [id] = useState(newId);
  return (
    <FormDrawer<RaiseValues>
      title={words("raise.title")}
      hint={words("raise.hint")}
      submit={words("raise.submit")}
      initial={{
        kind: "opinion",
        reporter: "resident",
        grade: "ordinary",
        ...(placeId === undefined ? {} : { placeId }),
      }}
      onSubmit={async (values) => {
        await client.matters.raise(draftOf(id, values) as RaiseInput);
        await queryClient.invalidateQueries({ queryKey: api.matters.key() });
        await navigate(`/matters/${id}`);
      }}
      onClose={onClose}
    >
      <What />
      <Who />
    </FormDrawer>
  );
}

function What() {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const form = Form.useFormInstance<RaiseValues>();
  const kind = Form.useWatch<MatterKind | undefined>("kind", form) ?? "opinion";
  const place = useRequired("raise.place", "choose", false);
  return (
    <>
      <Form.Item
        name="placeId"
        label={place.label}
        rules={place.rules}
        extra={words("raise.place_hint")}
      >
        <PlaceField />
      </Form.Item>
      <Choice
        name="kind"
        label="raise.kind"
        options={MATTER_KINDS.map((value) => ({ value, label: labels(labelKey("kind", value)) }))}
        onChange={() => form.resetFields(["subtype"])}
      />
      <Pick
        name="subtype"
        label="form.subtype"
        options={MATTER_SUBTYPES[kind].map((value) => ({
          value,
          label: labels(subtypeKey(kind, value)),
        }))}
      />
      {kind === "hazard" && (
        <>
          <Choice
            name="grade"
            label="form.grade"
            options={HAZARD_GRADES.map((value) => ({
              value,
              label: labels(labelKey("grade", value)),
            }))}
          />
          <When field="grade" is={(grade) => grade === "major_candidate"}>
            <p className="desk-notice" data-tone="again" role="status">
              {labels("gradeHint.major_candidate")}
            </p>
          </When>
        </>
      )}
      {kind === "dispute" && (
        <Form.Item name="stopSigns" label={words("form.signs")} extra={words("raise.signs_hint")}>
          <Checkbox.Group
            className="matter-choices"
            options={STOP_SIGNS.map((value) => ({
              value,
              label: labels(labelKey("stopSign", value)),
            }))}
          />
        </Form.Item>
      )}
      <Words name="text" label="said" limit={MATTER_LIMITS.textLength} />
    </>
  );
}

function Who() {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const form = Form.useFormInstance<RaiseValues>();
  const reporter = Form.useWatch<RaiseValues["reporter"] | undefined>("reporter", form);
  const anonymous = Form.useWatch<boolean | undefined>("anonymous", form);
  const feedback = Form.useWatch<FeedbackWish | undefined>("feedback", form);
  const fromResident = reporter !== "officer";
  return (
    <>
      <Choice
        name="reporter"
        label="raise.reporter"
        options={REPORTERS.map((value) => ({ value, label: labels(labelKey("reporter", value)) }))}
      />
      {fromResident && (
        <>
          <Form.Item name="anonymous" valuePropName="checked">
            <Checkbox onChange={() => form.resetFields(["feedback"])}>
              {words("facts.anonymous")}
            </Checkbox>
          </Form.Item>
          <Pick
            name="feedback"
            label="facts.feedback"
            options={wishesFor(anonymous === true).map((value) => ({
              value,
              label: labels(labelKey("feedback", value)),
            }))}
          />
        </>
      )}
      {asksContact({ reporter: reporter ?? "resident", anonymous, feedback }) && (
        <>
          <p className="desk-lead">{words("raise.contact_hint")}</p>
          <Form.Item name="salutation" label={words("raise.salutation")}>
            <Input autoComplete="off" maxLength={MATTER_LIMITS.salutationLength} />
          </Form.Item>
          <Form.Item name="phone" label={words("raise.phone")}>
            <Input inputMode="tel" autoComplete="off" maxLength={20} />
          </Form.Item>
          <Form.Item
            name="consent"
            valuePropName="checked"
            rules={[
              {
                validator: async () => {
                  if (lacksConsent(form.getFieldsValue())) {
                    throw new Error(words("raise.consent_needed"));
                  }
                },
              },
            ]}
          >
            <Checkbox>{words("raise.consent")}</Checkbox>
          </Form.Item>
        </>
      )}
    </>
  );
}
