import { useMutation, useQuery } from "@tanstack/react-query";
import { mayPlanFor } from "@wanjia/domain/campaigns/policy";
import { CAMPAIGN_TRACKS, type CampaignPlan } from "@wanjia/domain/campaigns/terms";
import { VISITABLE_KINDS } from "@wanjia/domain/places/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { App, Button, Checkbox, Input, Radio, Select } from "antd";
import { useId, useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { loadMembers, today, useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { FormProblem, Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { StockEditor } from "./StockEditor.tsx";
import { TeamsEditor } from "./TeamsEditor.tsx";
import {
  emptyPlan,
  formObstacle,
  planDays,
  removeAt,
  replaceAt,
  STEPS,
  stepOf,
  whyNotYet,
  withStations,
  type PlanFacts,
  type Step,
} from "./view-model.ts";
import { useCampaignLabels, useCampaignWords } from "./words.ts";
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
  const shell = useShellWords();
  const found = useQuery(
    api.campaigns.get.queryOptions({ input: { id }, staleTime: Infinity, gcTime: 0 }),
  );
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  return <PlanWizard campaign={found.data} />;
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
        label: campaign ? campaign.name : words("title"),
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

interface StepProps {
  plan: CampaignPlan;
  change: (part: Partial<CampaignPlan>) => void;
  facts: PlanFacts;
}

function StepBody({
  step,
  onStep,
  ...props
}: StepProps & { step: Step; onStep: (step: Step) => void }) {
  switch (step) {
    case "basics":
      return <BasicsStep {...props} />;
    case "scope":
      return <ScopeStep {...props} />;
    case "forms":
      return <FormsStep {...props} />;
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
      return <CheckStep {...props} onStep={onStep} />;
  }
}

function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string, hintId: string | undefined) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="plan-field">
      <label htmlFor={id}>{label}</label>
      {children(id, hint ? hintId : undefined)}
      {hint && (
        <p id={hintId} className="desk-lead">
          {hint}
        </p>
      )}
    </div>
  );
}

function BasicsStep({ plan, change }: StepProps) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const text = (field: "name" | "nameEn", label: string, hint?: string) => (
    <Field label={label} {...(hint ? { hint } : {})}>
      {(id, hintId) => (
        <Input
          id={id}
          aria-describedby={hintId}
          value={plan[field]}
          maxLength={60}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  const day = (field: "startsOn" | "endsOn", label: string) => (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          type="date"
          value={plan[field]}
          onChange={(event) => {
            if (event.target.value) change({ [field]: event.target.value });
          }}
        />
      )}
    </Field>
  );
  return (
    <>
      {text("name", words("field.name"), words("basics.name_hint"))}
      {text("nameEn", words("field.name_en"))}
      <fieldset className="plan-field">
        <legend>{words("field.track")}</legend>
        <Radio.Group
          value={plan.track}
          options={CAMPAIGN_TRACKS.map((track) => ({
            value: track,
            label: labels(`track.${track}`),
          }))}
          onChange={(event) =>
            change({ track: event.target.value as (typeof CAMPAIGN_TRACKS)[number] })
          }
        />
      </fieldset>
      <Field label={words("field.aim")} hint={words("basics.aim_hint")}>
        {(id, hintId) => (
          <Input.TextArea
            id={id}
            aria-describedby={hintId}
            value={plan.aim}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => change({ aim: event.target.value })}
          />
        )}
      </Field>
      <div className="plan-pair">
        {day("startsOn", words("field.starts"))}
        {day("endsOn", words("field.ends"))}
        <span className="desk-lead">
          {planDays(plan) > 0 && words("days", { count: planDays(plan) })}
        </span>
      </div>
      <h3>{words("field.phases")}</h3>
      <ul className="desk-edit-list" data-columns="phase">
        {plan.phases.map((phase, index) => {
          const label = words("basics.phase", { at: index + 1 });
          const set = (part: Partial<typeof phase>) =>
            change({ phases: replaceAt(plan.phases, index, { ...phase, ...part }) });
          return (
            // oxlint-disable-next-line react/no-array-index-key -- phases have no ids of their own
            <li key={index}>
              <Input
                aria-label={`${label} ${words("field.name")}`}
                placeholder={words("field.name")}
                value={phase.name}
                onChange={(event) => set({ name: event.target.value })}
              />
              <Input
                aria-label={`${label} ${words("field.name_en")}`}
                placeholder={words("field.name_en")}
                value={phase.nameEn}
                onChange={(event) => set({ nameEn: event.target.value })}
              />
              <Input
                type="date"
                aria-label={`${label} ${words("field.starts")}`}
                value={phase.startsOn}
                onChange={(event) => set({ startsOn: event.target.value || phase.startsOn })}
              />
              <Input
                type="date"
                aria-label={`${label} ${words("field.ends")}`}
                value={phase.endsOn}
                onChange={(event) => set({ endsOn: event.target.value || phase.endsOn })}
              />
              <Button
                type="text"
                icon={<Icon name="close" size={1} />}
                aria-label={`${words("basics.remove")} ${label}`}
                onClick={() => change({ phases: removeAt(plan.phases, index) })}
              />
            </li>
          );
        })}
      </ul>
      <Button
        icon={<Icon name="add" size={1} />}
        onClick={() =>
          change({
            phases: [
              ...plan.phases,
              { name: "", nameEn: "", startsOn: plan.startsOn, endsOn: plan.endsOn },
            ],
          })
        }
      >
        {words("basics.add_phase")}
      </Button>
    </>
  );
}

function ScopeStep({ plan, change, facts }: StepProps) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const units = useUnits();
  const session = useSession();
  const own = session.stations.map(({ id }) => id);
  const stations = units.stationOptions.filter(({ value }) =>
    mayPlanFor({ role: session.role, stationIds: own }, [value]),
  );
  const setStations = (ids: readonly string[]) => change(withStations(plan, ids, facts));
  const inside = (area: { stationId: string }) => plan.stationIds.includes(area.stationId);
  const kinds = VISITABLE_KINDS.map((kind) => ({ value: kind, label: labels(`kind.${kind}`) }));
  return (
    <>
      <Field label={words("field.stations")}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            value={[...plan.stationIds]}
            optionFilterProp="label"
            options={stations}
            onChange={setStations}
          />
        )}
      </Field>
      {stations.length > plan.stationIds.length && (
        <Button onClick={() => setStations(stations.map(({ value }) => value))}>
          {words("scope.all_stations")}
        </Button>
      )}
      <fieldset className="plan-field">
        <legend>{words("field.target")}</legend>
        <Checkbox.Group
          value={[...plan.target.kinds]}
          options={kinds}
          onChange={(chosen) =>
            change({
              target: {
                ...plan.target,
                kinds: VISITABLE_KINDS.filter((kind) => chosen.includes(kind)),
              },
            })
          }
        />
        <p className="desk-lead">{words("scope.kinds_hint")}</p>
      </fieldset>
      <Field label={words("field.beats")} hint={words("scope.areas_hint")}>
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            mode="multiple"
            allowClear
            value={[...plan.target.beatIds]}
            optionFilterProp="label"
            options={units.beats
              .filter(inside)
              .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
            onChange={(beatIds) => change({ target: { ...plan.target, beatIds } })}
          />
        )}
      </Field>
      <Field label={words("field.communities")} hint={words("scope.areas_hint")}>
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            mode="multiple"
            allowClear
            value={[...plan.target.communityIds]}
            optionFilterProp="label"
            options={units.communities
              .filter(inside)
              .map((community) => ({ value: community.id, label: community.name }))}
            onChange={(communityIds) => change({ target: { ...plan.target, communityIds } })}
          />
        )}
      </Field>
      <div>
        <Checkbox
          checked={plan.samplingPlan}
          onChange={(event) => change({ samplingPlan: event.target.checked })}
        >
          {words("scope.sampling")}
        </Checkbox>
        <p className="desk-lead">{words("scope.sampling_hint")}</p>
      </div>
    </>
  );
}

function FormsStep({ plan, change }: StepProps) {
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

function CheckStep({ plan, facts, onStep }: StepProps & { onStep: (step: Step) => void }) {
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
