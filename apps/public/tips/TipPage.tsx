import { TIP_CATEGORIES, TIP_TEXT_LENGTH, type TipCategory } from "@wanjia/domain/tips/terms";
import { keyDigits } from "@wanjia/sync/key-digits";
import { sealTip } from "@wanjia/sync/tips";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useEffect, useState } from "react";
import { CallFirst, Section, useTitle } from "../plate/parts.tsx";
import { type FormPart, LongForm } from "../receipts/LongForm.tsx";
import { ReceiptSlip } from "../receipts/ReceiptSlip.tsx";
import { canSeal, newCode, sendWithWork } from "../receipts/send.ts";
import { say } from "../receipts/server.ts";
import { fill, useLocale, useWords } from "../shell/language.ts";
import { missingIn, type ReceivingUnit, type Written } from "./view-model.ts";
import { useTipLabels, useTipWords } from "./words.ts";

const NOTHING: Written = { text: "", category: undefined, wantsAnswer: true };

/** Somebody tells of an offence. What is typed lives in this page alone, and is sealed before it goes. */
export function TipPage() {
  const words = useTipWords();
  const { call } = useWords();
  const locale = useLocale();
  const [units, setUnits] = useState<readonly ReceivingUnit[] | "failed">();
  const [attempt, setAttempt] = useState(0);
  const [sent, setSent] = useState<{ code: string; unit: ReceivingUnit }>();
  useTitle(words.title);
  useEffect(() => {
    let current = true;
    void say<{ items: ReceivingUnit[] }>(locale, "/tips/units").then((answer) => {
      if (current) setUnits(answer.ok ? answer.value.items : "failed");
    });
    return () => {
      current = false;
    };
  }, [locale, attempt]);
  if (sent) return <Sent code={sent.code} unit={sent.unit} />;
  return (
    <>
      <h1>{words.title}</h1>
      <p className="site-lead">{words.lead}</p>
      <CallFirst text={words.now} label={call.emergency} number="110" />
      {units === undefined ? null : units === "failed" ? (
        <Section title={words.none.title}>
          <p role="alert">{words.none.failed}</p>
          <Button look="main" block onClick={() => setAttempt(attempt + 1)}>
            {words.none.retry}
          </Button>
        </Section>
      ) : units.length === 0 || !canSeal() ? (
        <Section title={words.none.title}>
          <p>{units.length === 0 ? words.none.text : words.none.insecure}</p>
        </Section>
      ) : (
        <TipForm
          units={units}
          onSent={(code, unit) => setSent({ code, unit })}
          onKeyChanged={() => setAttempt(attempt + 1)}
        />
      )}
      <Section title={words.promise.title}>
        <ul className="site-points">
          <li>{words.promise.sealed}</li>
          <li>{words.promise.nothing}</li>
          <li>{words.promise.deleted}</li>
          <li>{words.promise.careful}</li>
        </ul>
      </Section>
    </>
  );
}

function TipForm({
  units,
  onSent,
  onKeyChanged,
}: {
  units: readonly ReceivingUnit[];
  onSent: (code: string, unit: ReceivingUnit) => void;
  onKeyChanged: () => void;
}) {
  const words = useTipWords();
  const labels = useTipLabels();
  const locale = useLocale();
  const [written, setWritten] = useState(NOTHING);
  const [chosen, setChosen] = useState(units[0]?.unitId);
  const [tried, setTried] = useState(false);
  const unit = units.find(({ unitId }) => unitId === chosen) ?? units[0];
  const missing = missingIn(written);
  const limit = { limit: String(TIP_TEXT_LENGTH) };
  const said = (what: (typeof missing)[number]) =>
    tried && missing.includes(what) ? fill(words.form[`missing_${what}`], limit) : undefined;
  const english = locale === "en";

  const send = async (): Promise<string | null> => {
    const { category } = written;
    if (unit === undefined || category === undefined) return words.form.network;
    const code = newCode();
    const answer = await sendWithWork(
      locale,
      "/tips",
      await sealTip(unit, { ...written, category }, code),
    );
    if (answer.ok) {
      onSent(code, unit);
      return null;
    }
    if (answer.code === "tip-key-retired") onKeyChanged();
    return answer.sentence ?? words.form.network;
  };

  const parts: readonly FormPart[] = [
    {
      key: "category",
      title: words.form.title,
      wrong: missing.includes("category"),
      content: (
        <>
          {units.length > 1 && (
            <ChoiceField
              label={words.form.unit}
              required
              options={units.map((one) => ({
                value: one.unitId,
                label: english ? `${one.nameEn} (${one.bureauEn})` : `${one.name}（${one.bureau}）`,
              }))}
              value={chosen === undefined ? [] : [chosen]}
              onValue={([value]) => setChosen(value)}
            />
          )}
          <ChoiceField
            label={words.form.category}
            required
            error={said("category")}
            options={TIP_CATEGORIES.map((value) => ({ value, label: labels.category[value] }))}
            value={written.category === undefined ? [] : [written.category]}
            onValue={([value]) => setWritten({ ...written, category: value as TipCategory })}
          />
        </>
      ),
    },
    {
      key: "text",
      wrong: missing.includes("text") || missing.includes("long"),
      content: (
        <>
          <TextField
            label={words.form.text}
            hint={fill(words.form.text_hint, limit)}
            error={said("text") ?? said("long")}
            required
            lines={8}
            autoComplete="off"
            value={written.text}
            onValue={(text) => setWritten({ ...written, text })}
          />
          <CheckField
            label={words.form.answer}
            hint={words.form.answer_hint}
            checked={written.wantsAnswer}
            onChecked={(wantsAnswer) => setWritten({ ...written, wantsAnswer })}
          />
        </>
      ),
    },
  ];
  return (
    <>
      <LongForm
        parts={parts}
        send={words.form.send}
        sending={words.form.sealing}
        onTried={setTried}
        onSend={send}
      />
      {unit && <KeyCheck unit={unit} />}
    </>
  );
}

/** Whoever doubts the page compares these digits with the poster at the station. */
function KeyCheck({ unit }: { unit: ReceivingUnit }) {
  const words = useTipWords();
  const english = useLocale() === "en";
  const [digits, setDigits] = useState("");
  useEffect(() => {
    void keyDigits(unit.publicKey).then(setDigits);
  }, [unit.publicKey]);
  return (
    <details>
      <summary>{words.key.title}</summary>
      <p>{fill(words.key.text, { unit: english ? unit.nameEn : unit.name })}</p>
      <p className="site-serial">{digits}</p>
    </details>
  );
}

function Sent({ code, unit }: { code: string; unit: ReceivingUnit }) {
  const words = useTipWords();
  const english = useLocale() === "en";
  return (
    <ReceiptSlip title={words.sent.title} code={code}>
      <Section title={words.sent.next}>
        <ul className="site-points">
          <li>{fill(words.sent.opens, { unit: english ? unit.nameEn : unit.name })}</li>
          <li>{words.sent.answer}</li>
          <li>{words.sent.close}</li>
        </ul>
      </Section>
    </ReceiptSlip>
  );
}
