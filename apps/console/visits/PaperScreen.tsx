import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { today } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { Loaded } from "../shell/Loaded.tsx";
import { newId } from "../shell/new-id.ts";
import { Card, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { PaperForm } from "./PaperForm.tsx";
import { PaperMatters } from "./PaperMatters.tsx";
import { PaperOutcome } from "./PaperOutcome.tsx";
import { WhereAndWhen, Who } from "./PaperWhere.tsx";
import {
  asksFor,
  correctedPaper,
  emptyPaper,
  nextPaper,
  paperNeeds,
  paperOf,
  paperVisit,
  type Paper,
} from "./paper.ts";
import { useVisitLabels, useVisitWords } from "./words.ts";
import "./paper.css";

type Visit = Awaited<ReturnType<typeof client.visits.get>>;
type VisitInput = Parameters<typeof client.visits.record>[0];
type CorrectionInput = Parameters<typeof client.visits.correct>[0];

/** `/visits/new`, also with `?placeId=` or `?corrects=`. */
export function PaperScreen() {
  const [params] = useSearchParams();
  const corrects = params.get("corrects");
  return corrects ? <Correction id={corrects} /> : <PaperSheet corrects={undefined} />;
}

function Correction({ id }: { id: string }) {
  const found = useQuery(
    api.visits.get.queryOptions({ input: { id }, staleTime: Infinity, gcTime: 0 }),
  );
  return <Loaded query={found}>{(visit) => <PaperSheet corrects={visit} />}</Loaded>;
}

function PaperSheet({ corrects }: { corrects: Visit | undefined }) {
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
      if (corrects) {
        const visit = correctedPaper(paper) as CorrectionInput["visit"] | null;
        if (visit === null) throw new Error("an incomplete correction was sent");
        return client.visits.correct({ id: corrects.id, reason: reason.trim(), visit });
      }
      const visit = paperVisit(paper) as VisitInput | null;
      if (visit === null) throw new Error("an incomplete paper was sent");
      return client.visits.record({ ...visit, id });
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
            <Field label={words("field.reason")}>
              {(fieldId) => (
                <Input
                  id={fieldId}
                  value={reason}
                  maxLength={200}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </Card>
        )}
        <WhereAndWhen
          paper={paper}
          change={change}
          known={corrects?.place ? { value: corrects.placeId, label: corrects.place } : undefined}
        />
        <Who paper={paper} change={change} />
        <PaperOutcome paper={paper} change={change} correcting={corrects !== undefined} />
        {asks.met && <PaperForm paper={paper} change={change} />}
        {asks.spoke && !corrects && <PaperMatters paper={paper} change={change} />}
        <div className="desk-actions">
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {words(corrects ? "paper.submit_correction" : "paper.submit")}
          </Button>
        </div>
      </div>
    </Page>
  );
}
