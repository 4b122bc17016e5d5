/** The fields of the steps that only hazards know. */
import type { MatterDetail } from "@wanjia/contract/matters";
import {
  COMPETENT_BODIES,
  type HAZARD_COMMANDS,
  NOTICE_NUMBER_LENGTH,
  RESPONSIBLE_PARTIES,
} from "@wanjia/domain/matters/hazard-terms";
import { asKept, PHOTO_LIMITS } from "@wanjia/domain/matters/photo";
import { MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { PhotosField } from "@wanjia/ui/photo/PhotosField";
import { Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Choice, Pick, useRequired, When, Words } from "./fields.tsx";
import { labelKey, useMatterLabels } from "./labels.ts";
import { useMatterWords } from "./words.ts";

export type HazardStep = (typeof HAZARD_COMMANDS)[number];

export function HazardFields({ step, matter }: { step: HazardStep; matter: MatterDetail }) {
  switch (step) {
    case "advise":
      return <AdviseFields matter={matter} />;
    case "hear_body":
      return <HeardFields />;
    case "verify":
      return <VerifyFields />;
    case "show_place":
      return <ShownFields />;
  }
}

function Body({ name, label }: { name: string | string[]; label: "form.body" }) {
  const labels = useMatterLabels();
  return (
    <Pick
      name={name}
      label={label}
      options={COMPETENT_BODIES.map((value) => ({
        value,
        label: labels(labelKey("competentBody", value)),
      }))}
    />
  );
}

function AdviseFields({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const [today] = useState(() => localDate(Date.now()));
  const { label, rules } = useRequired("form.fix_by", "choose", false);
  const { atHome = false, latestFixDay = today } = matter.hazard ?? {};
  return (
    <>
      <p className="desk-lead">{words(atHome ? "hazard.home_hint" : "hazard.slip_hint")}</p>
      <Choice
        name="party"
        label="form.party"
        options={RESPONSIBLE_PARTIES.map((value) => ({
          value,
          label: labels(labelKey("responsibleParty", value)),
        }))}
      />
      <Form.Item
        name="fixBy"
        label={label}
        rules={rules}
        extra={words("form.fix_latest", { day: formatDay(latestFixDay, currentLocale()) })}
      >
        <Input type="date" min={today} />
      </Form.Item>
      <Words name="text" label="form.advice" limit={MATTER_LIMITS.reasonLength} />
      {!atHome && (
        <>
          <Form.Item name="ordered" valuePropName="checked">
            <Checkbox>{words("form.ordered")}</Checkbox>
          </Form.Item>
          <When field="ordered" is={(ordered) => ordered === true}>
            <Body name={["notice", "body"]} label="form.body" />
            <Number name={["notice", "number"]} />
          </When>
        </>
      )}
    </>
  );
}

function Number({ name, optional = false }: { name: string | string[]; optional?: boolean }) {
  const { label, rules } = useRequired("form.notice_number", "required", optional);
  return (
    <Form.Item name={name} label={label} rules={rules}>
      <Input maxLength={NOTICE_NUMBER_LENGTH} />
    </Form.Item>
  );
}

function HeardFields() {
  const words = useMatterWords();
  return (
    <>
      <Choice
        name="major"
        label="form.major"
        optional
        options={[
          { value: true, label: words("form.major_yes") },
          { value: false, label: words("form.major_no") },
        ]}
      />
      <Number name="number" optional />
      <Words name="text" label="form.body_said" limit={MATTER_LIMITS.reasonLength} />
    </>
  );
}

/** As large as a station's computer shows it, covered before it leaves the desk. */
function ShownFields() {
  const words = useMatterWords();
  return (
    <Form.Item
      name="photos"
      rules={[{ required: true, type: "array", min: 1, message: words("photos.missing") }]}
    >
      <PhotosInput />
    </Form.Item>
  );
}

const RULES = { ...PHOTO_LIMITS, keep: asKept };

/** The form's own value: `Form.Item` hands it over. */
function PhotosInput({
  value = [],
  onChange,
}: {
  value?: readonly string[];
  onChange?: (photos: readonly string[]) => void;
}) {
  const words = useMatterWords();
  return (
    <PhotosField
      words={{
        title: words("photos.title", { limit: PHOTO_LIMITS.perMatter }),
        hint: words("photos.hint"),
        add: words("photos.add"),
        one: words("photos.one"),
        unreadable: words("photos.unreadable"),
        cover: words("photos.cover"),
        cover_hint: words("photos.cover_hint"),
        brush: words("photos.brush"),
        thin: words("photos.thin"),
        thick: words("photos.thick"),
        again: words("photos.again"),
        done: words("photos.done"),
        drop: words("photos.drop"),
      }}
      rules={RULES}
      photos={value}
      onPhotos={(photos) => onChange?.(photos)}
    />
  );
}

function VerifyFields() {
  const words = useMatterWords();
  return (
    <>
      <Choice
        name="stands"
        label="form.cleared"
        options={[
          { value: true, label: words("form.stands_yes") },
          { value: false, label: words("form.stands_no") },
        ]}
      />
      <Words name="text" label="form.seen" limit={MATTER_LIMITS.reasonLength} />
    </>
  );
}
