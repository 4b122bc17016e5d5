import { useMutation, useQuery } from "@tanstack/react-query";
import type { CampaignPlan } from "@wanjia/domain/campaigns/terms";
import { App, Button } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { loadMembers, today, useUnits } from "../organisation/data.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { currentLocale } from "../shell/language.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { PlanBasics } from "./PlanBasics.tsx";
import { PlanCheck } from "./PlanCheck.tsx";
import { PlanForms } from "./PlanForms.tsx";
import { PlanScope } from "./PlanScope.tsx";
import { StockEditor } from "./StockEditor.tsx";
import { TeamsEditor } from "./TeamsEditor.tsx";
import { emptyPlan, type PlanFacts, type Step, type StepProps, STEPS } from "./view-model.ts";
import { useCampaignWords } from "./words.ts";
import "./plan.css";

type Campaign = Awaited<ReturnType<typeof client.campaigns.get>>;
type PlanInput = Parameters<typeof client.campaigns.create>[0];

/** `/campaigns/new`. */
export function NewPlanScreen() {
  return <PlanWizard campaign={undefined} />;
}

/** `/campaigns/:id/edit`. */
export function EditPlanScreen() {
  const { id = "" } = useParams();
  const found = useQuery(
    api.campaigns.get.queryOptions({ input: { id }, staleTime: Infinity, gcTime: 0 }),
  );
  return <Loaded query={found}>{(campaign) => <PlanWizard campaign={campaign} />}</Loaded>;
}

function PlanWizard({ campaign }: { campaign: Campaign | undefined }) {
  const words = useCampaignWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [step, setStep] = useState<Step>("basics");
  const [plan, setPlan] = useState<CampaignPlan>(() => campaign ?? emptyPlan(today()));
  const facts = usePlanFacts();
  const save = useMutation({
    mutationFn: async () => {
      const input = planInput(plan);
      return campaign
        ? client.campaigns.edit({ ...input, id: campaign.id, version: campaign.version })
        : client.campaigns.create(input);
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: api.campaigns.key() });
      message.success(words("step.saved"));
      await navigate(`/campaigns/${saved.id}`);
    },
  });
  const at = STEPS.indexOf(step);
  const change = (part: Partial<CampaignPlan>) => setPlan((known) => ({ ...known, ...part }));
  return (
    <Page
      title={campaign ? words("edit") : words("new")}
      back={{
        to: campaign ? `/campaigns/${campaign.id}` : "/campaigns",
        label: campaign
          ? currentLocale() === "en" && campaign.nameEn
            ? campaign.nameEn
            : campaign.name
          : words("title"),
      }}
      actions={
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {words("step.save")}
        </Button>
      }
    >
      <FormProblem error={save.error} />
      <div className="plan">
        <nav className="plan-steps" aria-label={words("step.label")}>
          <ol>
            {STEPS.map((name, index) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === step ? "step" : undefined}
                  ref={name === step ? intoSight : null}
                  onClick={() => setStep(name)}
                >
                  <span className="plan-step-number">{index + 1}</span>
                  {words(`step.${name}`)}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <section className="desk-panel plan-body" aria-label={words(`step.${step}`)}>
          <p className="desk-lead">{words("step.of", { at: at + 1, all: STEPS.length })}</p>
          <h2>{words(`step.${step}`)}</h2>
          <StepBody step={step} plan={plan} change={change} facts={facts} onStep={setStep} />
          <div className="desk-actions plan-foot">
            {at > 0 && (
              <Button onClick={() => setStep(STEPS[at - 1] ?? "basics")}>
                {words("step.previous")}
              </Button>
            )}
            {at < STEPS.length - 1 ? (
              <Button type="primary" onClick={() => setStep(STEPS[at + 1] ?? "check")}>
                {words("step.next")}
              </Button>
            ) : (
              <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
                {words("step.save")}
              </Button>
            )}
          </div>
        </section>
      </div>
    </Page>
  );
}

/** On a narrow screen the steps stand in a row that is wider than it. */
function intoSight(button: HTMLElement | null): void {
  button?.scrollIntoView({ block: "nearest", inline: "center" });
}

/** The domain's lists are read-only, the contract's are not: a copy serves both. */
function planInput(plan: CampaignPlan): PlanInput {
  const { name, nameEn, track, aim, startsOn, endsOn, samplingPlan } = plan;
  const copy = structuredClone({
    name,
    nameEn,
    track,
    aim,
    startsOn,
    endsOn,
    samplingPlan,
    phases: plan.phases,
    stationIds: plan.stationIds,
    target: plan.target,
    forms: plan.forms,
    leaflets: plan.leaflets,
    devices: plan.devices,
    teams: plan.teams,
  });
  return copy as unknown as PlanInput;
}

function usePlanFacts(): PlanFacts {
  const units = useUnits();
  const members = useQuery({ queryKey: ["campaigns", "members"], queryFn: loadMembers });
  const forms = useQuery(api.campaigns.forms.queryOptions());
  return {
    today: today(),
    stations: units.stations,
    beats: units.beats,
    communities: units.communities,
    members: members.data ?? [],
    forms: forms.data?.items ?? [],
  };
}

function StepBody({
  step,
  onStep,
  ...props
}: StepProps & { step: Step; onStep: (step: Step) => void }) {
  switch (step) {
    case "basics":
      return <PlanBasics {...props} />;
    case "scope":
      return <PlanScope {...props} />;
    case "forms":
      return <PlanForms {...props} />;
    case "teams":
      return (
        <TeamsEditor
          plan={props.plan}
          teams={props.plan.teams}
          onChange={(teams) => props.change({ teams })}
        />
      );
    case "materials":
      return (
        <>
          {(["leaflets", "devices"] as const).map((kind) => (
            <StockEditor
              key={kind}
              kind={kind}
              items={props.plan[kind]}
              onChange={(items) => props.change({ [kind]: items })}
            />
          ))}
        </>
      );
    case "check":
      return <PlanCheck {...props} onStep={onStep} />;
  }
}
