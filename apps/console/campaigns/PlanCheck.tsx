import { Button } from "antd";
import { type Step, stepOf, type StepProps, whyNotYet } from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

export function PlanCheck({ plan, facts, onStep }: StepProps & { onStep: (step: Step) => void }) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const refusal = whyNotYet(plan, facts);
  if (refusal === null) {
    return (
      <p className="desk-notice" data-tone="met">
        {words("check.ready")}
      </p>
    );
  }
  const step = stepOf(refusal.code);
  return (
    <div className="desk-notice desk-stack" data-tone="again">
      <p>{words("check.not_ready")}</p>
      <p>
        <strong>
          {words("check.problem_in", {
            step: words(`step.${step}`),
            sentence: labels(`refusals.${refusal.code}`, { ...refusal.params }),
          })}
        </strong>
      </p>
      {step !== "check" && <Button onClick={() => onStep(step)}>{words("check.go")}</Button>}
    </div>
  );
}
