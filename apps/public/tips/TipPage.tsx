import { TIP_CATEGORIES, TIP_TEXT_LENGTH, type TipCategory } from "@wanjia/domain/tips/terms";
import { keyDigits } from "@wanjia/sync/key-digits";
import { sealTip } from "@wanjia/sync/tips";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useEffect, useState, type SubmitEvent } from "react";
import { CallFirst, Section, useTitle } from "../plate/parts.tsx";
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
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const unit = units.find(({ unitId }) => unitId === chosen) ?? units[0];
  const missing = tried ? missingIn(written) : [];
  const limit = { limit: String(TIP_TEXT_LENGTH) };
  const english = locale === "en";

  const send = async () => {
    setTried(true);
    setProblem(undefined);
    const { category } = written;
    if (unit === undefined || category === undefined || missingIn(written).length > 0) return;
    setSending(true);
    const code = newCode();
    const answer = await sendWithWork(
      locale,
      "/tips",
      await sealTip(unit, { ...written, category }, code),
    );
    setSending(false);
    if (answer.ok) return onSent(code, unit);
    setProblem(answer.sentence ?? words.form.network);
    if (answer.code === "tip-key-retired") onKeyChanged();
  };

  return (
    <Section title={words.form.title}>
      <form
        className="site-form"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          void send();
        }}
      >
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
          error={missing.includes("category") ? words.form.missing_category : undefined}
          options={TIP_CATEGORIES.map((value) => ({ value, label: labels.category[value] }))}
          value={written.category === undefined ? [] : [written.category]}
          onValue={([value]) => setWritten({ ...written, category: value as TipCategory })}
        />
        <TextField
          label={words.form.text}
          hint={fill(words.form.text_hint, limit)}
          error={
            missing.includes("text")
              ? words.form.missing_text
              : missing.includes("long")
                ? fill(words.form.missing_long, limit)
                : undefined
          }
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
        {problem && (
          <p className="site-problem" role="alert">
            {problem}
          </p>
        )}
        <Button look="main" block type="submit" disabled={sending}>
          {sending ? words.form.sealing : words.form.send}
        </Button>
      </form>
      {unit && <KeyCheck unit={unit} />}
    </Section>
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
