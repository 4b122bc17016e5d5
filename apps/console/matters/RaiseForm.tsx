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
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Radio } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ContactFields } from "../intake/parts.tsx";
import { BlankForm } from "../intake/PaperForm.tsx";
import { PlaceField } from "../places/PlaceSelect.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { newId } from "../shell/new-id.ts";
import { Choice, Pick, useRequired, When, Words } from "./fields.tsx";
import { labelKey, subtypeKey, useMatterLabels } from "./labels.ts";
import { asksContact, draftOf, type RaiseValues, wishesFor } from "./raise.ts";
import { Candidate } from "./SameProblem.tsx";
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
      hint={
        <>
          {words("raise.hint")} <BlankForm />
        </>
      }
      submit={words("raise.submit")}
      initial={{
        kind: "opinion",
        reporter: "resident",
        grade: "ordinary",
        ...(placeId === undefined ? {} : { placeId }),
      }}
      onSubmit={async (values) => {
        const { version } = await client.matters.raise(draftOf(id, values) as RaiseInput);
        const { sameAs: into = "" } = values;
        if (into !== "") await client.matters.step({ id, version, step: { type: "merge", into } });
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
            className="desk-choices"
            options={STOP_SIGNS.map((value) => ({
              value,
              label: labels(labelKey("stopSign", value)),
            }))}
          />
        </Form.Item>
      )}
      <Words name="text" label="said" limit={MATTER_LIMITS.textLength} />
      <SameAs />
    </>
  );
}

/** Until the writer pauses, what he writes is not compared. */
const PAUSE_MS = 600;
/** Fewer signs say nothing. */
const ENOUGH = 4;

/** What may be the same problem, offered before it is noted a second time. */
function SameAs() {
  const words = useMatterWords();
  const form = Form.useFormInstance<RaiseValues>();
  const placeId = Form.useWatch<string | undefined>("placeId", form);
  const kind = Form.useWatch<RaiseValues["kind"] | undefined>("kind", form);
  const subtype = Form.useWatch<RaiseValues["subtype"] | undefined>("subtype", form);
  const typed = Form.useWatch<string | undefined>("text", form) ?? "";
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const asked =
    placeId !== undefined && kind !== undefined && subtype !== undefined && text.length >= ENOUGH
      ? { placeId, kind, subtype, text }
      : null;
  const similar = useQuery({
    ...api.matters.similar.queryOptions({ input: asked ?? NOTHING }),
    enabled: asked !== null,
  });
  const candidates = asked === null ? [] : (similar.data?.items ?? []);
  if (candidates.length === 0) return null;
  return (
    <div className="desk-notice" role="status">
      <Form.Item name="sameAs" label={words("same.offer")} extra={words("same.offer_hint")}>
        <Radio.Group
          vertical
          options={[
            ...candidates.map((row) => ({ value: row.id, label: <Candidate row={row} /> })),
            { value: "", label: words("same.alone") },
          ]}
        />
      </Form.Item>
    </div>
  );
}

const NOTHING = { placeId: "", kind: "opinion", subtype: "other", text: "" } as const;

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
        <ContactFields hint={words("raise.contact_hint")} consent={words("raise.consent")} />
      )}
    </>
  );
}
