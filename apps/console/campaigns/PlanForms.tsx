import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useNavigate } from "react-router";
import { Problem } from "../shell/Problem.tsx";
import { api } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { formObstacle, type StepProps } from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";

export function PlanForms({ plan, change }: StepProps) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const navigate = useNavigate();
  const forms = useQuery(api.campaigns.forms.queryOptions());
  const locale = currentLocale();
  const chosen = (code: string, version: number) =>
    plan.forms.some((form) => form.code === code && form.version === version);
  return (
    <>
      <p className="desk-lead">{words("forms.lead")}</p>
      {forms.isError && <Problem error={forms.error} onRetry={() => void forms.refetch()} />}
      {forms.data?.items.length === 0 && (
        <div className="desk-empty">
          <p className="desk-empty-title">{words("forms.none")}</p>
          <p>{words("forms.none_hint")}</p>
          <Button onClick={() => void navigate("/campaigns/forms")}>{words("forms.adopt")}</Button>
        </div>
      )}
      <ul className="plan-forms">
        {forms.data?.items.map((form) => {
          const obstacle = formObstacle(form, plan);
          const checked = chosen(form.code, form.version);
          return (
            <li key={`${form.code} ${form.version}`}>
              <Checkbox
                checked={checked}
                disabled={obstacle !== null && !checked}
                onChange={(event) =>
                  change({
                    forms: event.target.checked
                      ? [...plan.forms, { code: form.code, version: form.version }]
                      : plan.forms.filter(
                          (kept) => kept.code !== form.code || kept.version !== form.version,
                        ),
                  })
                }
              >
                <strong>{labels(`form.${form.code}`)}</strong>{" "}
                {words("forms.version", { version: form.version })}
              </Checkbox>
              <p className="desk-lead">
                {words("forms.marks", {
                  formNo: form.marks.formNo,
                  body: form.marks.issuingBody[locale],
                  approval: form.marks.approvalNo || "—",
                  expires: formatDay(form.marks.expiresOn, locale),
                })}
                {obstacle && ` · ${words(`forms.${obstacle}`)}`}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}
