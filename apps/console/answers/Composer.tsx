import { useQuery } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import { ANSWER_MODES, type AnswerMode, MATTER_LIMITS } from "@wanjia/domain/matters/terms";
import { Form } from "antd";
import { Choice, Words } from "../matters/fields.tsx";
import { useMatterLabels } from "../matters/labels.ts";
import { api } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Preview } from "./Preview.tsx";
import { firstDraft, read, type Reading, whenOf } from "./view-model.ts";
import { labelKey, useAnswerLabels, useAnswerWords } from "./words.ts";
import "./answers.css";

/** An answer, or how it stands, with what the resident will have before him. */
export function Composer({ matter, rows }: { matter: MatterDetail; rows: number }) {
  const labels = useMatterLabels();
  const form = Form.useFormInstance<{ mode: AnswerMode; text: string }>();
  const mode: unknown = Form.useWatch("mode", form);
  const typed: unknown = Form.useWatch("text", form);
  const way = ANSWER_MODES.find((one) => one === mode);
  const text = typeof typed === "string" ? typed.trim() : "";
  return (
    <>
      <Choice
        name="mode"
        label="form.mode"
        options={ANSWER_MODES.map((value) => ({ value, label: labels(`feedback.${value}`) }))}
        onChange={() => {
          // A draft that nobody touched becomes the draft of the other way.
          const untouched = ANSWER_MODES.some((one) => firstDraft(matter, one) === text);
          if (untouched) {
            form.setFieldsValue({ text: firstDraft(matter, form.getFieldValue("mode")) });
          }
        }}
      />
      <Words name="text" label="form.answer" limit={MATTER_LIMITS.answerLength} rows={rows} />
      {way !== undefined && (
        <>
          <Lacking reading={read(text, way, matter)} />
          <Preview mode={way} text={text} matter={matter} />
          <Waiting mode={way} matterId={matter.id} />
        </>
      )}
    </>
  );
}

function Lacking({ reading }: { reading: Reading }) {
  const words = useAnswerWords();
  const { gaps, coaching, tooLong } = reading;
  if (gaps.length === 0 && coaching === null && !tooLong) return null;
  return (
    <div className="answer-lacking" role="status">
      <ul>
        {tooLong && <li>{words("over", { limit: MATTER_LIMITS.smsLength })}</li>}
        {coaching !== null && <li>{words("coaching", { words: coaching })}</li>}
        {gaps.map((gap) => (
          <li key={gap}>{words(`gap.${gap}`)}</li>
        ))}
      </ul>
    </div>
  );
}

/** When it goes out, or why it doesn't. */
function Waiting({ mode, matterId }: { mode: AnswerMode; matterId: string }) {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  const outlook = useQuery(api.answers.outlook.queryOptions({ input: { matterId } }));
  if (!outlook.data) return null;
  const when = whenOf(mode, outlook.data);
  return (
    <p className="desk-lead" role="note">
      {words(`when.${when.kind}`, {
        time: when.kind === "later" ? formatInstant(when.at, currentLocale()) : "",
        reason: when.kind === "held" ? labels(labelKey("reason", when.reason)) : "",
      })}
    </p>
  );
}
