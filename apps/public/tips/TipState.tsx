import { localDate } from "@wanjia/domain/shared/instant";
import { useEffect, useState } from "react";
import { Section, useTitle } from "../plate/parts.tsx";
import { dayOf, hourOf } from "../receipts/dates.ts";
import { useReceiptWords } from "../receipts/words.ts";
import { useLocale } from "../shell/language.ts";
import { type FollowedTip, openAnswer } from "./view-model.ts";
import { useTipLabels } from "./words.ts";

/** What became of a tip, for whoever holds its receipt. */
export function TipState({ code, tip }: { code: string; tip: FollowedTip }) {
  const words = useReceiptWords();
  const labels = useTipLabels();
  const locale = useLocale();
  useTitle(words.tip.title);
  const facts = [
    [words.tip.unit, locale === "en" ? tip.unitEn : tip.unit],
    [words.tip.category, labels.category[tip.category]],
    [words.tip.received, hourOf(tip.receivedAt, locale)],
    ...(tip.routedAt === null
      ? []
      : [[words.tip.routed, dayOf(localDate(tip.routedAt), locale)] as const]),
  ] as const;
  return (
    <>
      <h1>{words.tip.title}</h1>
      <Section title={labels.state[tip.state]}>
        <dl className="site-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="site-hint">{tip.routedAt === null ? words.tip.waiting : words.tip.taken}</p>
      </Section>
      {tip.sealedAnswer !== null ? (
        <Answer code={code} sealed={tip.sealedAnswer} />
      ) : (
        <p>{tip.wantsAnswer ? words.tip.no_answer_yet : words.tip.no_answer_wanted}</p>
      )}
    </>
  );
}

function Answer({ code, sealed }: { code: string; sealed: string }) {
  const words = useReceiptWords();
  const [text, setText] = useState<string | null>();
  useEffect(() => {
    void openAnswer(code, sealed).then(setText);
  }, [code, sealed]);
  return (
    <Section title={words.tip.answer}>
      {text === null ? (
        <p role="alert">{words.tip.unreadable}</p>
      ) : (
        <p className="site-said">{text ?? ""}</p>
      )}
    </Section>
  );
}
