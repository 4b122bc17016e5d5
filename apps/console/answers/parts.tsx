import type { MessageRow } from "@wanjia/contract/answers";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { messageTone } from "./view-model.ts";
import { labelKey, useAnswerLabels, useAnswerWords } from "./words.ts";

export function MessageChip({ message }: { message: MessageRow }) {
  const labels = useAnswerLabels();
  const { state, channel } = message;
  const paper = state === "queued" && channel !== "sms";
  return (
    <StatusChip tone={messageTone(message)}>
      {paper ? labels("paper") : labels(labelKey("state", state))}
    </StatusChip>
  );
}

/** What there is to say beside the state: why it is held, until when it waits, what came back. */
export function useStanding(): (message: MessageRow) => string | null {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  return ({ state, channel, reason, notBefore, madeAt, byHand, reply }) => {
    if (reason !== null) return labels(labelKey("reason", reason));
    if (reply !== null) return labels(labelKey("reply", reply));
    if (state === "queued" && channel === "sms" && notBefore > madeAt) {
      return words("waits", { time: formatInstant(notBefore, currentLocale()) });
    }
    return byHand ? words("by_hand") : null;
  };
}
