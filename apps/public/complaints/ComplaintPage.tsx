import {
  COMPLAINT_ABOUT,
  COMPLAINT_KINDS,
  COMPLAINT_LIMITS,
  type ComplaintAbout,
  type ComplaintKind,
} from "@wanjia/domain/complaints/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useEffect, useState } from "react";
import { CallFirst, Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { type FormPart, LongForm } from "../receipts/LongForm.tsx";
import { ReceiptSlip } from "../receipts/ReceiptSlip.tsx";
import { SelectField } from "../receipts/SelectField.tsx";
import { newCode, sendWithWork } from "../receipts/send.ts";
import { say } from "../receipts/server.ts";
import { fill, useLocale, useWords } from "../shell/language.ts";
import {
  type Bureau,
  complaintOf,
  type FollowedComplaint,
  missingIn,
  type Missing,
  NOTHING,
  type Written,
} from "./view-model.ts";
import { useComplaintLabels, useComplaintWords } from "./words.ts";

/** Somebody complains about the police; it goes past the unit that it concerns. */
export function ComplaintPage() {
  const words = useComplaintWords();
  const { call } = useWords();
  const locale = useLocale();
  const [bureaus, setBureaus] = useState<readonly Bureau[]>([]);
  const [sent, setSent] = useState<{ code: string; complaint: FollowedComplaint }>();
  useTitle(words.title);
  useEffect(() => {
    let current = true;
    void say<{ bureaus: Bureau[] }>(locale, "/complaints/units").then((answer) => {
      if (current && answer.ok) setBureaus(answer.value.bureaus);
    });
    return () => {
      current = false;
    };
  }, [locale]);
  if (sent) return <Sent code={sent.code} complaint={sent.complaint} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="site-lead">{words.lead}</p>
      <CallFirst text={words.now} label={call.complaint_call} number="12389" />
      <ComplaintForm bureaus={bureaus} onSent={(code, complaint) => setSent({ code, complaint })} />
      <Section title={words.promise.title}>
        <ul className="site-points">
          <li>{words.promise.round}</li>
          <li>{words.promise.clock}</li>
          <li>{words.promise.told}</li>
          <li>{words.promise.safe}</li>
          <li>{words.promise.fair}</li>
        </ul>
      </Section>
    </>
  );
}

function ComplaintForm({
  bureaus,
  onSent,
}: {
  bureaus: readonly Bureau[];
  onSent: (code: string, complaint: FollowedComplaint) => void;
}) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const locale = useLocale();
  const english = locale === "en";
  const [written, setWritten] = useState(NOTHING);
  const [chosen, setChosen] = useState<string>();
  const [tried, setTried] = useState(false);
  const bureau = bureaus.find(({ id }) => id === chosen) ?? bureaus[0];
  const missing = missingIn(written);
  const change = (some: Partial<Written>) => setWritten({ ...written, ...some });
  const limit = { limit: String(COMPLAINT_LIMITS.textLength) };
  const said = (what: Missing) =>
    tried && missing.includes(what) ? fill(words.form[`missing_${what}`], limit) : undefined;
  const wrong = (...what: readonly Missing[]) => what.some((one) => missing.includes(one));

  const send = async (): Promise<string | null> => {
    if (bureau === undefined) return words.form.network;
    const code = newCode();
    const answer = await sendWithWork<FollowedComplaint>(
      locale,
      "/complaints",
      await complaintOf(bureau.id, written, code),
    );
    if (!answer.ok) return answer.sentence ?? words.form.network;
    onSent(code, answer.value);
    return null;
  };

  const parts: readonly FormPart[] = [
    {
      key: "about",
      title: words.form.title,
      wrong: wrong("about", "station"),
      content: (
        <>
          {bureaus.length > 1 && (
            <SelectField
              label={words.form.bureau}
              choose={words.form.choose}
              options={bureaus.map(({ id, name, nameEn }) => ({
                value: id,
                label: english ? nameEn : name,
              }))}
              value={bureau?.id ?? ""}
              onValue={(id) => {
                setChosen(id);
                change({ stationId: "" });
              }}
            />
          )}
          <ChoiceField
            label={words.form.about}
            required
            error={said("about")}
            options={COMPLAINT_ABOUT.map((value) => ({ value, label: labels.about[value] }))}
            value={written.about === undefined ? [] : [written.about]}
            onValue={([value]) => change({ about: value as ComplaintAbout })}
          />
          {written.about === "station" && (
            <SelectField
              label={words.form.station}
              error={said("station")}
              choose={words.form.choose}
              options={(bureau?.stations ?? []).map(({ id, name, nameEn }) => ({
                value: id,
                label: english ? nameEn : name,
              }))}
              value={written.stationId}
              onValue={(stationId) => change({ stationId })}
            />
          )}
        </>
      ),
    },
    {
      key: "kind",
      wrong: wrong("kind"),
      content: (
        <ChoiceField
          label={words.form.kind}
          required
          error={said("kind")}
          options={COMPLAINT_KINDS.map((value) => ({ value, label: labels.kind[value] }))}
          value={written.kind === undefined ? [] : [written.kind]}
          onValue={([value]) => change({ kind: value as ComplaintKind })}
        />
      ),
    },
    {
      key: "text",
      wrong: wrong("text", "long"),
      content: (
        <>
          <TextField
            label={words.form.happened}
            type="date"
            value={written.happenedOn}
            onValue={(happenedOn) => change({ happenedOn })}
          />
          <TextField
            label={words.form.text}
            hint={fill(words.form.text_hint, limit)}
            error={said("text") ?? said("long")}
            required
            lines={8}
            autoComplete="off"
            value={written.text}
            onValue={(text) => change({ text })}
          />
        </>
      ),
    },
    {
      key: "contact",
      title: words.form.contact,
      wrong: wrong("phone", "consent"),
      content: (
        <>
          <p className="site-hint">{words.form.contact_hint}</p>
          <TextField
            label={words.form.phone}
            error={said("phone")}
            type="tel"
            autoComplete="off"
            value={written.phone}
            onValue={(phone) => change({ phone })}
          />
          <TextField
            label={words.form.salutation}
            autoComplete="off"
            maxLength={10}
            value={written.salutation}
            onValue={(salutation) => change({ salutation })}
          />
          {(written.phone !== "" || written.salutation !== "") && (
            <>
              <CheckField
                label={words.form.consent}
                checked={written.consent}
                onChecked={(consent) => change({ consent })}
              />
              {said("consent") && (
                <p className="site-problem" role="alert">
                  {said("consent")}
                </p>
              )}
            </>
          )}
        </>
      ),
    },
  ];
  return (
    <LongForm
      parts={parts}
      send={words.form.send}
      sending={words.form.sending}
      onTried={setTried}
      onSend={send}
    />
  );
}

function Sent({ code, complaint }: { code: string; complaint: FollowedComplaint }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const locale = useLocale();
  const handler = labels.handled_by[complaint.handledBy];
  return (
    <ReceiptSlip title={words.sent.title} code={code}>
      <Section title={words.sent.next}>
        <ul className="site-points">
          <li>{fill(words.sent.who, { handler })}</li>
          {complaint.dueAt !== null && (
            <li>{fill(words.sent.when, { day: dayOf(localDate(complaint.dueAt), locale) })}</li>
          )}
          <li>{words.sent.law}</li>
        </ul>
      </Section>
    </ReceiptSlip>
  );
}
