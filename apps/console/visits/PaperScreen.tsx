import { useMutation, useQuery } from "@tanstack/react-query";
import { MATTER_SUBTYPES } from "@wanjia/domain/matters/terms";
import { inspectText } from "@wanjia/domain/privacy/inspect";
import { isAsked } from "@wanjia/domain/visits/form-answers";
import { questionsOf } from "@wanjia/domain/visits/form-definition";
import { FORMS } from "@wanjia/domain/visits/forms";
import {
  ACCESS_NEEDS,
  ARRANGED,
  COMPANIONS,
  MAX_NOTE,
  MAX_TEAM,
  NOTICES,
  OUTCOMES,
  TOPICS,
  VISIT_MATTER_KINDS,
} from "@wanjia/domain/visits/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { App, Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useId, useState, type ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { membersOfStation, removeAt, replaceAt } from "../campaigns/view-model.ts";
import { subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { loadMembers, today } from "../organisation/data.ts";
import { PlaceSelect } from "../places/PlaceSelect.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";
import { newId } from "../shell/new-id.ts";
import { Card, Page } from "../shell/Page.tsx";
import { FormProblem, Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useShellWords } from "../shell/words.ts";
import { QuestionField } from "./QuestionField.tsx";
import {
  asksFor,
  emptyPaper,
  nextPaper,
  paperNeeds,
  paperOf,
  paperVisit,
  type Paper,
  type PaperMatter,
} from "./view-model.ts";
import { usePrivacyLabels, useVisitLabels, useVisitWords } from "./words.ts";
import "./paper.css";

type Visit = Awaited<ReturnType<typeof client.visits.get>>;
type VisitInput = Parameters<typeof client.visits.record>[0];

/** `/visits/new`, also with `?placeId=` or `?corrects=`. */
export function PaperScreen() {
  const [params] = useSearchParams();
  const corrects = params.get("corrects");
  return corrects ? <Correction id={corrects} /> : <PaperForm corrects={undefined} />;
}

function Correction({ id }: { id: string }) {
  const shell = useShellWords();
  const found = useQuery(
    api.visits.get.queryOptions({ input: { id }, staleTime: Infinity, gcTime: 0 }),
  );
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  return <PaperForm corrects={found.data} />;
}

function PaperForm({ corrects }: { corrects: Visit | undefined }) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const session = useSession();
  const [params] = useSearchParams();
  const [id, setId] = useState(newId);
  const [paper, setPaper] = useState<Paper>(() =>
    corrects
      ? paperOf(corrects, session.member.id)
      : {
          ...emptyPaper(session.member.id, today()),
          placeId: params.get("placeId") ?? undefined,
        },
  );
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Paper>) => setPaper((known) => ({ ...known, ...part }));
  const needs = paperNeeds(paper, corrects ? reason : undefined);
  const save = useMutation({
    mutationFn: async () => {
      const visit = paperVisit(paper) as VisitInput | null;
      if (visit === null) throw new Error("an incomplete paper was sent");
      return corrects
        ? client.visits.correct({ id: corrects.id, reason: reason.trim(), visit })
        : client.visits.record({ ...visit, id });
    },
    onSuccess: async ({ id: saved, warnings }) => {
      await queryClient.invalidateQueries({ queryKey: api.visits.key() });
      if (warnings.length > 0) {
        const said = warnings.map((warning) => labels(`warning.${warning}`)).join(" ");
        message.warning(words("paper.warned", { warnings: said }), 8);
      } else {
        message.success(words(corrects ? "paper.corrected" : "paper.saved"));
      }
      if (corrects) {
        await navigate(`/visits/${saved}`);
        return;
      }
      setPaper(nextPaper(paper));
      setId(newId());
      setTried(false);
      window.scrollTo({ top: 0 });
    },
  });
  const submit = () => {
    setTried(true);
    if (needs.length === 0) save.mutate();
    else window.scrollTo({ top: 0 });
  };
  const asks = asksFor(paper.outcome);
  return (
    <Page
      title={words(corrects ? "paper.correct_title" : "paper.title")}
      back={{
        to: corrects ? `/visits/${corrects.id}` : "/visits",
        label: corrects?.place ?? words("title"),
      }}
      lead={words(corrects ? "paper.correct_lead" : "paper.lead")}
    >
      <div className="paper">
        {tried && needs.length > 0 && (
          <div className="desk-problem" role="alert">
            <ul>
              {needs.map((one) => (
                <li key={`${one.need} ${"at" in one ? one.at : ""}`}>
                  {words(`paper.need.${one.need}`, "at" in one ? { at: one.at } : {})}
                </li>
              ))}
            </ul>
          </div>
        )}
        <FormProblem error={save.error} />
        {corrects && (
          <Card>
            <Labelled label={words("field.reason")}>
              {(fieldId) => (
                <Input
                  id={fieldId}
                  value={reason}
                  maxLength={200}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Labelled>
          </Card>
        )}
        <WhereAndWhen
          paper={paper}
          change={change}
          known={corrects?.place ? { value: corrects.placeId, label: corrects.place } : undefined}
        />
        <Who paper={paper} change={change} />
        <Outcome paper={paper} change={change} />
        {asks.met && <FormAnswers paper={paper} change={change} />}
        {asks.spoke && !corrects && <Matters paper={paper} change={change} />}
        <div className="desk-actions">
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {words(corrects ? "paper.submit_correction" : "paper.submit")}
          </Button>
        </div>
      </div>
    </Page>
  );
}

interface PartProps {
  paper: Paper;
  change: (part: Partial<Paper>) => void;
}

function Labelled({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="paper-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <p className="desk-lead">{hint}</p>}
    </div>
  );
}

function WhereAndWhen({
  paper,
  change,
  known,
}: PartProps & { known: { value: string; label: string } | undefined }) {
  const words = useVisitWords();
  const time = (field: "starts" | "ends") => (
    <Labelled label={words(`field.${field}`)}>
      {(id) => (
        <Input
          id={id}
          type="time"
          value={paper[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Labelled>
  );
  return (
    <Card title={words("paper.where")}>
      <div className="desk-stack">
        <Labelled label={words("field.place")}>
          {(id) => (
            <PlaceSelect
              id={id}
              doorsOnly
              known={known}
              value={paper.placeId}
              onChange={(placeId) => change({ placeId })}
            />
          )}
        </Labelled>
        <div className="paper-row">
          <Labelled label={words("field.date")}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={paper.date}
                onChange={(event) => change({ date: event.target.value })}
              />
            )}
          </Labelled>
          {time("starts")}
          {time("ends")}
        </div>
      </div>
    </Card>
  );
}

function Who({ paper, change }: PartProps) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const session = useSession();
  const members = useQuery({ queryKey: ["organisation", "all-members"], queryFn: loadMembers });
  const candidates = session.stations.flatMap(({ id }) =>
    membersOfStation(members.data ?? [], id, today()),
  );
  const options = [...new Map(candidates.map((member) => [member.id, member])).values()].map(
    (member) => ({ value: member.id, label: member.name }),
  );
  if (options.every(({ value }) => value !== session.member.id)) {
    options.unshift({ value: session.member.id, label: session.member.name });
  }
  return (
    <Card title={words("paper.who")}>
      <div className="desk-stack">
        <Labelled label={words("field.team")} hint={words("paper.who_hint")}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              maxCount={MAX_TEAM}
              value={[...paper.team]}
              optionFilterProp="label"
              options={options}
              onChange={(team) => change({ team })}
            />
          )}
        </Labelled>
        <fieldset className="paper-field">
          <legend>{words("field.companions")}</legend>
          <Checkbox.Group
            value={[...paper.companions]}
            options={COMPANIONS.map((companion) => ({
              value: companion,
              label: labels(`companion.${companion}`),
            }))}
            onChange={(chosen) =>
              change({ companions: COMPANIONS.filter((one) => chosen.includes(one)) })
            }
          />
        </fieldset>
      </div>
    </Card>
  );
}

function Outcome({ paper, change }: PartProps) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const asks = asksFor(paper.outcome);
  const flag = (field: "idShown" | "entryConsent" | "cardLeft" | "lastAttempt", label: string) => (
    <Checkbox
      checked={paper[field]}
      onChange={(event) => change({ [field]: event.target.checked })}
    >
      {label}
    </Checkbox>
  );
  return (
    <>
      <Card title={words("paper.what")}>
        <div className="desk-stack">
          <div className="paper-row">
            <Labelled label={words("field.outcome")}>
              {(id) => (
                <Select
                  id={id}
                  value={paper.outcome ?? null}
                  options={OUTCOMES.map((outcome) => ({
                    value: outcome,
                    label: labels(`outcome.${outcome}`),
                  }))}
                  onChange={(outcome) => change({ outcome: outcome ?? undefined })}
                />
              )}
            </Labelled>
            <Labelled label={words("field.arranged")}>
              {(id) => (
                <Select
                  id={id}
                  value={paper.arranged}
                  options={ARRANGED.map((arranged) => ({
                    value: arranged,
                    label: labels(`arranged.${arranged}`),
                  }))}
                  onChange={(arranged) => change({ arranged })}
                />
              )}
            </Labelled>
            {asks.spoke && (
              <Labelled label={words("field.notice")}>
                {(id) => (
                  <Select
                    id={id}
                    allowClear
                    value={paper.noticeGiven ?? null}
                    options={NOTICES.map((notice) => ({
                      value: notice,
                      label: labels(`notice.${notice}`),
                    }))}
                    onChange={(noticeGiven) => change({ noticeGiven: noticeGiven ?? undefined })}
                  />
                )}
              </Labelled>
            )}
          </div>
          <div className="desk-actions">
            {asks.spoke && flag("idShown", words("field.id_shown"))}
            {asks.inside && flag("entryConsent", words("field.entry_consent"))}
            {asks.lastAttempt && flag("lastAttempt", words("field.last_attempt"))}
            {flag("cardLeft", words("field.card_left"))}
          </div>
          {asks.met && (
            <fieldset className="paper-field">
              <legend>{words("field.topics")}</legend>
              <Checkbox.Group
                value={[...paper.topics]}
                options={TOPICS.map((topic) => ({ value: topic, label: labels(`topic.${topic}`) }))}
                onChange={(chosen) =>
                  change({ topics: TOPICS.filter((topic) => chosen.includes(topic)) })
                }
              />
            </fieldset>
          )}
          {asks.spoke && (
            <fieldset className="paper-field">
              <legend>{words("field.access_needs")}</legend>
              <Checkbox.Group
                value={[...paper.accessNeeds]}
                options={ACCESS_NEEDS.map((need) => ({
                  value: need,
                  label: labels(`accessNeed.${need}`),
                }))}
                onChange={(chosen) =>
                  change({ accessNeeds: ACCESS_NEEDS.filter((need) => chosen.includes(need)) })
                }
              />
            </fieldset>
          )}
        </div>
      </Card>
      <Card title={words("paper.left")}>
        <div className="desk-stack">
          <Leaflets paper={paper} change={change} />
          <NoteField paper={paper} change={change} />
          <div className="paper-row">
            <Labelled label={words("field.paper_slip")}>
              {(id) => (
                <Input
                  id={id}
                  value={paper.paperSlip}
                  maxLength={40}
                  onChange={(event) => change({ paperSlip: event.target.value })}
                />
              )}
            </Labelled>
            <Labelled label={words("field.outside_beat")}>
              {(id) => (
                <Input
                  id={id}
                  value={paper.outsideBeatReason}
                  maxLength={200}
                  onChange={(event) => change({ outsideBeatReason: event.target.value })}
                />
              )}
            </Labelled>
          </div>
        </div>
      </Card>
    </>
  );
}

/** Leaflets of the campaigns that run on the paper's day. */
function Leaflets({ paper, change }: PartProps) {
  const words = useVisitWords();
  const english = currentLocale() === "en";
  const running = useQuery(
    api.campaigns.list.queryOptions({ input: { state: "open", on: paper.date, size: 20 } }),
  );
  const details = useQuery({
    queryKey: ["campaigns", "leaflets", running.data?.items.map(({ id }) => id) ?? []],
    queryFn: async () =>
      Promise.all((running.data?.items ?? []).map(({ id }) => client.campaigns.get({ id }))),
    enabled: running.data !== undefined,
  });
  const leaflets = new Map(
    (details.data ?? []).flatMap((campaign) => campaign.leaflets.map((item) => [item.code, item])),
  );
  if (leaflets.size === 0) return null;
  return (
    <div className="paper-row">
      {[...leaflets.values()].map((item) => (
        <Labelled
          key={item.code}
          label={`${words("field.leaflets")}：${english && item.nameEn ? item.nameEn : item.name}`}
        >
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={0}
              value={paper.leaflets[item.code] ?? 0}
              onChange={(quantity) =>
                change({ leaflets: { ...paper.leaflets, [item.code]: quantity ?? 0 } })
              }
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}

/** Reads a text while it is typed and says what should not stand there. */
function Findings({ text }: { text: string }) {
  const labels = usePrivacyLabels();
  const kinds = [...new Set(inspectText(text).map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return (
    <ul className="paper-findings" role="status">
      {kinds.map((kind) => (
        <li key={kind}>{labels(`finding.${kind}`)}</li>
      ))}
    </ul>
  );
}

function NoteField({ paper, change }: PartProps) {
  const words = useVisitWords();
  return (
    <div>
      <Labelled label={words("field.note")} hint={words("paper.note_hint")}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={paper.note}
            maxLength={MAX_NOTE}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Labelled>
      <Findings text={paper.note} />
    </div>
  );
}

function FormAnswers({ paper, change }: PartProps) {
  const words = useVisitWords();
  const locale = currentLocale();
  const adopted = useQuery(api.campaigns.forms.queryOptions());
  const options = (adopted.data?.items ?? [])
    .filter((form) => form.marks.expiresOn >= paper.date)
    .map((form) => ({
      value: `${form.code} ${form.version}`,
      label: `${form.title[locale]} · ${form.marks.formNo}`,
      form,
    }));
  const chosen = options.find(
    ({ form }) => form.code === paper.form?.code && form.version === paper.form.version,
  );
  const around = {
    samplingPlan: false,
    wantsAnswer: paper.matters.some(({ wantsAnswer }) => wantsAnswer),
  };
  const questions = chosen
    ? questionsOf(FORMS[chosen.form.code]).filter(
        (question) => question.store === "answers" && isAsked(question, paper.answers, around),
      )
    : [];
  return (
    <Card title={words("paper.form")}>
      <div className="desk-stack">
        <Labelled label={words("field.form")}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={words("paper.no_form")}
              value={chosen?.value ?? null}
              options={options.map(({ value, label }) => ({ value, label }))}
              onChange={(value: string | null | undefined) => {
                const form = options.find((option) => option.value === value)?.form;
                change({
                  form: form && { code: form.code, version: form.version },
                  answers: {},
                });
              }}
            />
          )}
        </Labelled>
        {questions.map((question) => (
          <QuestionField
            key={question.key}
            question={question}
            value={paper.answers[question.key]}
            onChange={(value) => {
              const { [question.key]: _before, ...answers } = paper.answers;
              change({
                answers: value === undefined ? answers : { ...answers, [question.key]: value },
              });
            }}
          />
        ))}
      </div>
    </Card>
  );
}

function Matters({ paper, change }: PartProps) {
  const words = useVisitWords();
  const labels = useMatterLabels();
  const set = (at: number, part: Partial<PaperMatter>) => {
    const matter = paper.matters[at];
    if (matter) change({ matters: replaceAt(paper.matters, at, { ...matter, ...part }) });
  };
  return (
    <Card title={words("paper.matters")}>
      <div className="desk-stack">
        <p className="desk-lead">{words("paper.matters_hint")}</p>
        {paper.matters.map((matter, at) => (
          <fieldset key={matter.id} className="paper-matter">
            <legend>{words("paper.matter", { at: at + 1 })}</legend>
            <div className="paper-row">
              <Labelled label={words("paper.kind")}>
                {(id) => (
                  <Select
                    id={id}
                    value={matter.kind}
                    options={VISIT_MATTER_KINDS.map((kind) => ({
                      value: kind,
                      label: labels(`kind.${kind}`),
                    }))}
                    onChange={(kind) => set(at, { kind, subtype: "" })}
                  />
                )}
              </Labelled>
              <Labelled label={words("paper.subtype")}>
                {(id) => (
                  <Select
                    id={id}
                    showSearch={{ optionFilterProp: "label" }}
                    value={matter.subtype || null}
                    options={MATTER_SUBTYPES[matter.kind].map((subtype) => ({
                      value: subtype as string,
                      label: labels(subtypeKey(matter.kind, subtype)),
                    }))}
                    onChange={(subtype) => set(at, { subtype: subtype ?? "" })}
                  />
                )}
              </Labelled>
            </div>
            <Labelled label={words("paper.text")}>
              {(id) => (
                <Input.TextArea
                  id={id}
                  value={matter.text}
                  maxLength={1000}
                  autoSize={{ minRows: 2, maxRows: 8 }}
                  onChange={(event) => set(at, { text: event.target.value })}
                />
              )}
            </Labelled>
            <Findings text={matter.text} />
            <Checkbox
              checked={matter.wantsAnswer}
              onChange={(event) => set(at, { wantsAnswer: event.target.checked })}
            >
              {words("paper.wants_answer")}
            </Checkbox>
            {matter.wantsAnswer && (
              <div className="paper-row">
                <Labelled label={words("paper.contact")}>
                  {(id) => (
                    <Input
                      id={id}
                      inputMode="tel"
                      autoComplete="off"
                      value={matter.phone}
                      maxLength={30}
                      onChange={(event) => set(at, { phone: event.target.value })}
                    />
                  )}
                </Labelled>
                <Checkbox
                  checked={matter.consent}
                  onChange={(event) => set(at, { consent: event.target.checked })}
                >
                  {words("paper.contact_consent")}
                </Checkbox>
              </div>
            )}
            <Button
              onClick={() => change({ matters: removeAt(paper.matters, at) })}
              aria-label={`${words("paper.remove_matter")} ${words("paper.matter", { at: at + 1 })}`}
            >
              {words("paper.remove_matter")}
            </Button>
          </fieldset>
        ))}
        <Button
          icon={<Icon name="add" size={1} />}
          onClick={() =>
            change({
              matters: [
                ...paper.matters,
                {
                  id: newId(),
                  kind: "opinion",
                  subtype: "",
                  text: "",
                  wantsAnswer: false,
                  phone: "",
                  consent: false,
                },
              ],
            })
          }
        >
          {words("paper.add_matter")}
        </Button>
      </div>
    </Card>
  );
}
