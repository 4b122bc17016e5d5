import { useQuery } from "@tanstack/react-query";
import { FORM_CODES, questionsOf, type Question } from "@wanjia/domain/visits/form-definition";
import { FORMS } from "@wanjia/domain/visits/forms";
import type { AnswerValue, RecordVisit } from "@wanjia/domain/visits/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, type client } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale, listBreak, listComma } from "../shell/language.ts";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useShellWords } from "../shell/words.ts";
import { outcomeTone } from "./view-model.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";

type Visit = Awaited<ReturnType<typeof client.visits.get>>;
type Version = Visit["chain"][number];
type Fact = { label: string; value: ReactNode };

export function VisitScreen() {
  const { id = "" } = useParams();
  const words = useVisitWords();
  const labels = useVisitLabels();
  const shell = useShellWords();
  const navigate = useNavigate();
  const found = useQuery(api.visits.get.queryOptions({ input: { id } }));
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const visit = found.data;
  const newest = visit.chain.at(-1);
  const locale = currentLocale();
  return (
    <Page
      title={visit.place ?? words("one.title", { at: formatInstant(visit.visitedAt, locale) })}
      back={{ to: "/visits", label: words("title") }}
      lead={
        <span className="desk-actions">
          <StatusChip tone={outcomeTone(visit.outcome)}>
            {labels(`outcome.${visit.outcome}`)}
          </StatusChip>
          <span>{formatInstant(visit.visitedAt, locale)}</span>
        </span>
      }
      actions={
        <>
          <Button onClick={() => void navigate(`/buildings/${visit.buildingId}`)}>
            {words("one.door")}
          </Button>
          <Button onClick={() => void navigate(`/visits?placeId=${visit.placeId}`)}>
            {words("one.again")}
          </Button>
          {visit.mayCorrect && (
            <Button
              type="primary"
              onClick={() => void navigate(`/visits/new?corrects=${visit.id}`)}
            >
              {words("one.correct")}
            </Button>
          )}
        </>
      }
    >
      {visit.correctedBy !== null && newest && (
        <div className="desk-notice" data-tone="again">
          {words("one.corrected_notice")}{" "}
          <Link to={`/visits/${newest.id}`}>{words("one.go_newest")}</Link>
        </div>
      )}
      <Card>
        <Header visit={visit} />
      </Card>
      <Details visit={visit} />
      {visit.chain.length > 1 && <Chain visit={visit} />}
    </Page>
  );
}

function Header({ visit }: { visit: Visit }) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const units = useUnits();
  const locale = currentLocale();
  return (
    <Facts
      items={[
        {
          label: words("field.team"),
          value: visit.team.map(({ name }) => name ?? "").join(listComma()),
        },
        { label: words("field.member"), value: visit.memberName ?? "" },
        { label: words("field.station"), value: units.stationName(visit.stationId) },
        { label: words("field.beat"), value: units.beatName(visit.beatId) || "—" },
        { label: words("field.attempt"), value: visit.attemptNo },
        { label: words("field.arranged"), value: labels(`arranged.${visit.arranged}`) },
        { label: words("field.time_mode"), value: labels(`timeMode.${visit.timeMode}`) },
        { label: words("field.device_at"), value: formatInstant(visit.deviceAt, locale) },
        { label: words("field.received_at"), value: formatInstant(visit.receivedAt, locale) },
      ]}
    />
  );
}

function Details({ visit }: { visit: Visit }) {
  const words = useVisitWords();
  const facts = useDetailFacts(visit);
  if (visit.details === null) {
    return <p className="desk-notice">{words("one.hidden")}</p>;
  }
  const answers = (visit.details as Partial<RecordVisit>).answers ?? {};
  return (
    <>
      {facts.length > 0 && (
        <Card title={words("paper.at_door")}>
          <Facts items={facts} />
        </Card>
      )}
      {Object.keys(answers).length > 0 && (
        <Card title={words("one.answers")}>
          <Facts items={answerFacts(visit.formCode, answers, currentLocale(), words)} />
        </Card>
      )}
    </>
  );
}

function useDetailFacts(visit: Visit): Fact[] {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const locale = currentLocale();
  const details = (visit.details ?? {}) as Partial<RecordVisit>;
  const facts: Fact[] = [];
  const add = (label: string, value: ReactNode) => facts.push({ label, value });
  const yesNo = (value: boolean) => words(value ? "yes" : "no");
  if (details.noticeGiven) add(words("field.notice"), labels(`notice.${details.noticeGiven}`));
  if (details.idShown !== undefined) add(words("field.id_shown"), yesNo(details.idShown));
  if (details.entryConsent !== undefined) {
    add(words("field.entry_consent"), yesNo(details.entryConsent));
  }
  if (details.cardLeft !== undefined) add(words("field.card_left"), yesNo(details.cardLeft));
  if (details.lastAttempt) add(words("field.last_attempt"), words("yes"));
  if (details.leaflets?.length) {
    add(
      words("field.leaflets"),
      details.leaflets.map(({ code, quantity }) => `${code} × ${quantity}`).join(listComma()),
    );
  }
  if (details.topics?.length) {
    add(
      words("field.topics"),
      details.topics.map((topic) => labels(`topic.${topic}`)).join(listComma()),
    );
  }
  if (details.companions?.length) {
    add(
      words("field.companions"),
      details.companions.map((companion) => labels(`companion.${companion}`)).join(listComma()),
    );
  }
  if (details.accessNeeds?.length) {
    add(
      words("field.access_needs"),
      details.accessNeeds.map((need) => labels(`accessNeed.${need}`)).join(listComma()),
    );
  }
  if (details.appointment) {
    add(words("field.appointment"), formatInstant(details.appointment.from, locale));
  }
  if (details.purpose) add(words("field.purpose"), labels(`purpose.${details.purpose}`));
  if (details.inspectionRef) add(words("field.inspection_ref"), details.inspectionRef);
  if (details.outsideBeatReason) add(words("field.outside_beat"), details.outsideBeatReason);
  if (details.paperSlip) add(words("field.paper_slip"), details.paperSlip);
  if (details.note) add(words("field.note"), details.note);
  if (details.endedAt) add(words("field.ended_at"), formatInstant(details.endedAt, locale));
  return facts;
}

function answerFacts(
  formCode: string | null,
  answers: Readonly<Record<string, AnswerValue>>,
  locale: "zh-CN" | "en",
  words: ReturnType<typeof useVisitWords>,
): Fact[] {
  const code = FORM_CODES.find((known) => known === formCode);
  const questions = new Map(
    (code ? questionsOf(FORMS[code]) : []).map((question) => [question.key, question]),
  );
  return Object.entries(answers).map(([key, value]) => {
    const question = questions.get(key);
    return {
      label: question ? `${question.number} ${question.label[locale]}` : key,
      value: answerText(question, value, locale, words),
    };
  });
}

function answerText(
  question: Question | undefined,
  value: AnswerValue,
  locale: "zh-CN" | "en",
  words: ReturnType<typeof useVisitWords>,
): string {
  const option = (one: string) =>
    question?.options?.find((known) => known.value === one)?.label[locale] ?? one;
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return option(value);
  return value
    .map((one) => {
      const [item = "", answer] = one.split(":");
      if (answer !== "yes" && answer !== "no" && answer !== "na") return option(one);
      return `${option(item)}：${words(`paper.checklist.${answer}`)}`;
    })
    .join(listBreak());
}

function Chain({ visit }: { visit: Visit }) {
  const words = useVisitWords();
  const labels = useVisitLabels();
  const locale = currentLocale();
  const name = (version: Version, at: number) =>
    at === 0
      ? words("one.original")
      : at === visit.chain.length - 1
        ? words("one.newest")
        : words("correction");
  return (
    <Card title={words("one.chain")}>
      <p className="desk-lead">{words("one.chain_hint")}</p>
      <ol className="desk-rows">
        {visit.chain.map((version, at) => (
          <li key={version.id} aria-current={version.id === visit.id ? "true" : undefined}>
            <strong>
              {version.id === visit.id ? (
                name(version, at)
              ) : (
                <Link to={`/visits/${version.id}`}>{name(version, at)}</Link>
              )}
            </strong>
            <span>
              {formatInstant(version.receivedAt, locale)} · {version.memberName}
            </span>
            <StatusChip tone={outcomeTone(version.outcome)}>
              {labels(`outcome.${version.outcome}`)}
            </StatusChip>
            <span>{version.correctionReason ?? ""}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
