import { useEffect, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { CheckField, ChoiceField, TextField } from "@wanjia/ui/form/fields";
import { useTranslation } from "@wanjia/ui/language/language";
import { RECEIPT_RANDOM_BYTES, receiptCode } from "@wanjia/domain/shared/receipt-code";
import { TIP_CATEGORIES, TIP_TEXT_LENGTH, type TipCategory } from "@wanjia/domain/tips/terms";
import { keyDigits } from "@wanjia/sync/key-digits";
import { sealTip } from "@wanjia/sync/tips";
import { ReceiptDigits } from "../shell/ReceiptDigits.tsx";
import { Sheet } from "../shell/Sheet.tsx";
import { useLocale, useWork } from "../shell/work.tsx";
import type { ReceivingUnit } from "./tip-box.ts";

/**
 * The officer writes down what he is told, the teller takes the receipt. What is typed lives in this
 * sheet alone: no draft, nothing of the door it was told at.
 */
export function TipSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("tips");
  const { tips } = useWork();
  const [units, setUnits] = useState<readonly ReceivingUnit[]>();
  const [code, setCode] = useState<string>();
  useEffect(() => {
    void tips.units().then(setUnits);
  }, [tips]);
  if (code !== undefined) return <Receipt code={code} onClose={onClose} />;
  return (
    <Sheet title={t("title")} onClose={onClose}>
      <p className="notice">{t("now")}</p>
      {units !== undefined &&
        (units.length === 0 ? <p>{t("none")}</p> : <TipForm units={units} onSealed={setCode} />)}
    </Sheet>
  );
}

function TipForm({
  units,
  onSealed,
}: {
  units: readonly ReceivingUnit[];
  onSealed: (code: string) => void;
}) {
  const { t } = useTranslation("tips");
  const { tips } = useWork();
  const english = useLocale() === "en";
  const [chosen, setChosen] = useState(units[0]?.unitId);
  const [category, setCategory] = useState<TipCategory>();
  const [text, setText] = useState("");
  const [wantsAnswer, setWantsAnswer] = useState(true);
  const [problem, setProblem] = useState(false);
  const [sealing, setSealing] = useState(false);
  const unit = units.find(({ unitId }) => unitId === chosen) ?? units[0];

  const seal = async () => {
    if (unit === undefined || category === undefined) return;
    setSealing(true);
    const code = receiptCode(crypto.getRandomValues(new Uint8Array(RECEIPT_RANDOM_BYTES)));
    try {
      await tips.keep(await sealTip(unit, { text, category, wantsAnswer }, code));
      onSealed(code);
    } catch {
      setSealing(false);
      setProblem(true);
    }
  };

  return (
    <>
      <p className="muted">{t("promise")}</p>
      {units.length > 1 && (
        <ChoiceField
          label={t("unit")}
          required
          options={units.map(({ unitId, name, nameEn }) => ({
            value: unitId,
            label: english ? nameEn : name,
          }))}
          value={chosen === undefined ? [] : [chosen]}
          onValue={([value]) => setChosen(value)}
        />
      )}
      <ChoiceField
        label={t("category")}
        required
        options={TIP_CATEGORIES.map((value) => ({ value, label: t(`said:tips.${value}`) }))}
        value={category === undefined ? [] : [category]}
        onValue={([value]) => setCategory(TIP_CATEGORIES.find((one) => one === value))}
      />
      <TextField
        label={t("text")}
        hint={t("textHint")}
        required
        lines={6}
        maxLength={TIP_TEXT_LENGTH}
        autoComplete="off"
        value={text}
        onValue={setText}
      />
      <CheckField
        label={t("answer")}
        hint={t("answerHint")}
        checked={wantsAnswer}
        onChecked={setWantsAnswer}
      />
      {problem && (
        <p className="notice" role="alert">
          {t("full")}
        </p>
      )}
      <Button
        look="main"
        block
        disabled={sealing || category === undefined || text.trim() === ""}
        onClick={() => void seal()}
      >
        {t("seal")}
      </Button>
      {unit && <KeyCheck unit={unit} name={english ? unit.nameEn : unit.name} />}
    </>
  );
}

/** The same digits as on the station's notice board and on residents' page. */
function KeyCheck({ unit, name }: { unit: ReceivingUnit; name: string }) {
  const { t } = useTranslation("tips");
  const [digits, setDigits] = useState("");
  useEffect(() => {
    void keyDigits(unit.publicKey).then(setDigits);
  }, [unit.publicKey]);
  return (
    <p className="muted small">
      {t("goesTo", { unit: name })} {digits}
    </p>
  );
}

/** Shown once. The phone doesn't keep it: whoever told copies it, or it is gone. */
function Receipt({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation("tips");
  const [leaving, setLeaving] = useState(false);
  return (
    <Sheet title={t("receipt.title")} onClose={() => setLeaving(true)}>
      <p>{t("receipt.copy")}</p>
      <ReceiptDigits code={code} />
      <p>{t("receipt.where", { host: location.host })}</p>
      <p className="muted">{t("receipt.next")}</p>
      {leaving && (
        <p className="notice" role="alert">
          {t("receipt.sure")}
        </p>
      )}
      <Button look="main" block onClick={onClose}>
        {t("receipt.done")}
      </Button>
    </Sheet>
  );
}
