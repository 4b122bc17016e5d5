import { MATTER_LIMITS, type MatterSubtype } from "@wanjia/domain/matters/terms";
import { printNumber } from "@wanjia/domain/matters/number";
import {
  type SpotKind,
  spotsFor,
  STOP_SIGNS_ON_PAGE,
  type Surroundings,
} from "@wanjia/domain/matters/web";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useEffect, useState } from "react";
import { CallFirst, PageLink, Section, useTitle } from "../plate/parts.tsx";
import { telephone } from "../plate/view-model.ts";
import { type FormPart, LongForm } from "../receipts/LongForm.tsx";
import { ReceiptSlip } from "../receipts/ReceiptSlip.tsx";
import { SelectField } from "../receipts/SelectField.tsx";
import { newCode, sendWithWork } from "../receipts/send.ts";
import { type Said, say } from "../receipts/server.ts";
import { fill, useLocale, useWords } from "../shell/language.ts";
import { nextSaid } from "./next.ts";
import { PhotosField } from "./PhotosField.tsx";
import { ReceiptQr } from "./ReceiptQr.tsx";
import {
  type FollowedMatter,
  KINDS,
  matterOf,
  missingIn,
  type Missing,
  needsPhone,
  NOTHING,
  ofKind,
  partsOf,
  spotOf,
  type StopSignOnPage,
  subtypesOf,
  type Wish,
  WISHES,
  type Written,
} from "./view-model.ts";
import { RightWays } from "./RightWays.tsx";
import { useMatterLabels, useResidentLabels, useVoiceWords } from "./words.ts";

/** A resident says something to the station of a plate, without an account. */
export function SayPage({ code }: { code: string }) {
  const words = useVoiceWords();
  const { call } = useWords();
  const locale = useLocale();
  const [around, setAround] = useState<Said<Surroundings>>();
  const [sent, setSent] = useState<{ code: string; matter: FollowedMatter }>();
  useTitle(words.title);
  useEffect(() => {
    let current = true;
    void say<Surroundings>(locale, `/plates/${encodeURIComponent(code)}/around`).then((answer) => {
      if (current) setAround(answer);
    });
    return () => {
      current = false;
    };
  }, [code, locale]);
  if (sent) return <Sent code={sent.code} matter={sent.matter} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="site-lead">{words.lead}</p>
      {around === undefined && <p role="status">{words.form.choose}</p>}
      {around?.ok === false && (
        <>
          <p className="site-problem" role="alert">
            {around.sentence ?? words.form.network}
          </p>
          <CallFirst text={words.lead} label={call.emergency} number="110" />
        </>
      )}
      {around?.ok && (
        <SayForm
          plate={code}
          around={around.value}
          onSent={(receipt, matter) => setSent({ code: receipt, matter })}
        />
      )}
      <Elsewhere />
    </>
  );
}

/** What has a way of its own, and the form for those who would rather write by hand. */
function Elsewhere() {
  const words = useVoiceWords();
  const { home } = useWords();
  const locale = useLocale();
  return (
    <Section title={words.elsewhere.title}>
      <ul className="site-links">
        <PageLink to="/tip" text={home.tip} />
        <PageLink to="/complaint" text={home.complain} />
        <PageLink to={`/plain/form?lang=${locale}`} text={words.elsewhere.paper} />
      </ul>
    </Section>
  );
}

function SayForm({
  plate,
  around,
  onSent,
}: {
  plate: string;
  around: Surroundings;
  onSent: (code: string, matter: FollowedMatter) => void;
}) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const locale = useLocale();
  const [written, setWritten] = useState(NOTHING);
  // One receipt for all tries: what was sent and whose answer got lost is not said twice.
  const [code] = useState(newCode);
  const [tried, setTried] = useState(false);
  const change = (some: Partial<Written>) => setWritten({ ...written, ...some });
  const missing = missingIn(written, around);
  const limit = { limit: String(MATTER_LIMITS.textLength) };
  const said = (what: Missing) =>
    tried && missing.includes(what) ? fill(words.form[`missing_${what}`], limit) : undefined;
  const wrong = (...what: readonly Missing[]) => what.some((one) => missing.includes(one));

  const send = async (): Promise<string | null> => {
    const body = await matterOf(plate, written, around, code);
    const answer = await sendWithWork<FollowedMatter>(locale, "/matters", body);
    if (!answer.ok) return answer.sentence ?? words.form.network;
    onSent(code, answer.value);
    return null;
  };

  const { kind } = written;
  const parts: FormPart[] = [
    {
      key: "kind",
      wrong: wrong("kind"),
      content: (
        <ChoiceField
          label={words.form.kind}
          required
          error={said("kind")}
          hint={kind === undefined ? undefined : labels.kindHint[kind]}
          options={KINDS.map((value) => ({ value, label: labels.kind[value] }))}
          value={kind === undefined ? [] : [kind]}
          onValue={([value]) => setWritten(ofKind(written, value as (typeof KINDS)[number]))}
        />
      ),
    },
  ];
  if (kind !== undefined) {
    parts.push(
      {
        key: "what",
        title: labels.kind[kind],
        wrong: wrong("subtype", "part"),
        content: (
          <>
            <First kind={kind} />
            <What written={written} said={said} onChange={change} />
            <Where written={written} around={around} said={said} onChange={change} />
          </>
        ),
      },
      {
        key: "text",
        wrong: wrong("text", "long"),
        content: (
          <>
            <TextField
              label={words.form.text}
              hint={fill(words.form.text_hint, limit)}
              error={said("text") ?? said("long")}
              required
              lines={6}
              autoComplete="off"
              value={written.text}
              onValue={(text) => change({ text })}
            />
            {kind !== "dispute" && (
              <PhotosField photos={written.photos} onPhotos={(photos) => change({ photos })} />
            )}
          </>
        ),
      },
      {
        key: "answer",
        wrong: wrong("phone", "consent"),
        content: <Answer written={written} said={said} onChange={change} />,
      },
    );
  }
  return (
    <LongForm
      parts={parts}
      more={kind === undefined}
      send={words.form.send}
      sending={words.form.sending}
      onTried={setTried}
      onSend={send}
    />
  );
}

interface Part {
  readonly written: Written;
  readonly said: (what: Missing) => string | undefined;
  readonly onChange: (some: Partial<Written>) => void;
}

/** What doesn't wait for a form. */
function First({ kind }: { kind: (typeof KINDS)[number] }) {
  const { warning } = useResidentLabels();
  const { call } = useWords();
  if (kind === "opinion") return null;
  const text = warning[kind === "service_request" ? "help" : kind];
  return <CallFirst text={text} label={call.emergency} number="110" />;
}

function What({ written, said, onChange }: Part) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const { subtype: names } = useMatterLabels();
  const { kind, subtype, signs } = written;
  if (kind === undefined) return null;
  const named: Readonly<Record<string, string>> = names[kind];
  return (
    <>
      <SelectField
        label={words.form.subtype}
        error={said("subtype")}
        choose={words.form.choose}
        options={subtypesOf(kind).map((value) => ({ value, label: named[value] ?? value }))}
        value={subtype}
        onValue={(value) => onChange({ subtype: value as MatterSubtype | "" })}
      />
      {subtype === "police_conduct" && (
        <p className="site-hint">
          <a href="/complaint">{words.form.conduct}</a>
        </p>
      )}
      {kind === "dispute" && (
        <>
          <ChoiceField
            label={words.form.signs}
            multiple
            options={STOP_SIGNS_ON_PAGE.map((value) => ({ value, label: labels.sign[value] }))}
            value={signs}
            onValue={(chosen) => onChange({ signs: chosen as readonly StopSignOnPage[] })}
          />
          {signs.length > 0 && (
            <p className="site-problem" role="status">
              {labels.warning.signs}
            </p>
          )}
        </>
      )}
    </>
  );
}

function Where({ written, around, said, onChange }: Part & { around: Surroundings }) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const { kind, part } = written;
  if (kind === undefined) return null;
  const spots = spotsFor(kind, around);
  const spot = spotOf(written, around);
  const parts = partsOf(spot, around);
  const name = spot === "floor" ? words.form.floor : words.form.entrance;
  return (
    <>
      {spots.length > 1 && (
        <ChoiceField
          label={words.form.place}
          required
          options={spots.map((value) => ({ value, label: labels.spot[value] }))}
          value={[spot]}
          onValue={([value]) => onChange({ spot: value as SpotKind, part: "" })}
        />
      )}
      {parts.length > 0 && (
        <SelectField
          label={spot === "floor" ? words.form.part_floor : words.form.part_entrance}
          error={said("part")}
          choose={words.form.choose}
          options={parts.map((value) => ({ value, label: fill(name, { part: value }) }))}
          value={part}
          onValue={(value) => onChange({ part: value })}
        />
      )}
    </>
  );
}

function Answer({ written, said, onChange }: Part) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const { feedback, phone, salutation, consent } = written;
  return (
    <>
      <ChoiceField
        label={words.form.answer}
        required
        options={WISHES.map((value) => ({ value, label: labels.wish[value] }))}
        value={[feedback]}
        onValue={([value]) => onChange({ feedback: value as Wish })}
      />
      {feedback !== "none" && (
        <>
          <TextField
            label={needsPhone(written) ? words.form.phone : words.form.phone_optional}
            hint={words.form.phone_hint}
            error={said("phone")}
            type="tel"
            autoComplete="off"
            value={phone}
            onValue={(value) => onChange({ phone: value })}
          />
          <TextField
            label={words.form.salutation}
            autoComplete="off"
            maxLength={MATTER_LIMITS.salutationLength}
            value={salutation}
            onValue={(value) => onChange({ salutation: value })}
          />
          {(phone !== "" || salutation !== "") && (
            <CheckField
              label={words.form.consent}
              checked={consent}
              onChecked={(value) => onChange({ consent: value })}
            />
          )}
          {said("consent") && (
            <p className="site-problem" role="alert">
              {said("consent")}
            </p>
          )}
        </>
      )}
    </>
  );
}

function Sent({ code, matter }: { code: string; matter: FollowedMatter }) {
  const words = useVoiceWords();
  const labels = useResidentLabels();
  const locale = useLocale();
  const { number, unit, next, guarded } = matter;
  const name = locale === "en" ? unit.nameEn : unit.name;
  return (
    <ReceiptSlip title={words.sent.title} code={code} picture={<ReceiptQr code={code} />}>
      <Section title={words.sent.next}>
        <ul className="site-points">
          <li>{fill(words.sent.number, { number: printNumber(number) })}</li>
          <li>
            {fill(words.sent.who, { unit: name })}{" "}
            <a className="site-phone" href={telephone(unit.dutyPhone)}>
              {unit.dutyPhone}
            </a>
          </li>
          {next !== null && <li>{nextSaid(next, labels, locale)}</li>}
        </ul>
        {guarded && <RightWays />}
      </Section>
    </ReceiptSlip>
  );
}
