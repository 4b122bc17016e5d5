import type { MatterDetail } from "@wanjia/contract/matters";
import type { AnswerMode } from "@wanjia/domain/matters/terms";
import { piecesOf } from "@wanjia/domain/answers/sms";
import { useId } from "react";
import { useAnswerWords } from "./words.ts";

/** The words as the resident has them before him: on a phone, on paper, on the board. */
export function Preview({
  mode,
  text,
  matter,
}: {
  mode: AnswerMode;
  text: string;
  matter: Pick<MatterDetail, "stationName">;
}) {
  const words = useAnswerWords();
  const label = useId();
  const aloud = mode === "phone" || mode === "in_person";
  return (
    <section className={`answer-preview answer-${aloud ? "aloud" : mode}`} aria-labelledby={label}>
      <h3 id={label}>{words(aloud ? "preview.aloud" : `preview.${mode}`)}</h3>
      <div className="answer-sheet" lang="zh-CN">
        {mode === "notice_board" && <strong>{words("notice")}</strong>}
        <p>{text}</p>
        {(mode === "letter" || mode === "notice_board") && (
          <p className="answer-from">{matter.stationName}</p>
        )}
      </div>
      {mode === "sms" && (
        <p className="desk-lead">
          {words("count", { signs: text.length, count: piecesOf(text).length })}
        </p>
      )}
    </section>
  );
}
