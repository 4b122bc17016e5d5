import { useQuery } from "@tanstack/react-query";
import type { FindingDetail } from "@wanjia/contract/oversight";
import type { FindingCommand, FindingCommandType } from "@wanjia/domain/oversight/terms";
import { App } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { StepButtons } from "../shell/StepButtons.tsx";
import { Timeline } from "../shell/Timeline.tsx";
import { StateChip } from "./StateChip.tsx";
import { StepForm } from "./StepForm.tsx";
import { useVisitLabels } from "../visits/words.ts";
import { useOversightLabels, useOversightWords } from "./words.ts";
import "./oversight.css";

/** One visit and what was heard about it, for those whose it was, their leader and the inspectorate. */
export function FindingScreen() {
  const { id = "" } = useParams();
  const words = useOversightWords();
  const query = useQuery(api.oversight.finding.queryOptions({ input: { id } }));
  return (
    <Page title={words("finding.title")} back={{ to: "/rechecks", label: words("title") }}>
      <Loaded query={query}>
        {(finding) => (
          <>
            <FactsCard finding={finding} />
            <Next finding={finding} />
            <History finding={finding} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function FactsCard({ finding }: { finding: FindingDetail }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const visitLabels = useVisitLabels();
  const units = useUnits();
  const locale = currentLocale();
  const { heard, state, explainUntil, appealUntil } = finding;
  const said =
    heard === null
      ? words("finding.nobody")
      : heard.came === null
        ? labels(`found.${heard.found}`)
        : [labels(`came.${heard.came}`), heard.spoke === null ? "" : labels(`spoke.${heard.spoke}`)]
            .filter(Boolean)
            .join(" · ");
  return (
    <Card title={finding.place}>
      <Facts
        items={[
          { label: words("findings.state"), value: <StateChip state={state} /> },
          { label: words("findings.station"), value: units.said(finding.stationName) },
          {
            label: words("findings.visited"),
            value: formatInstant(finding.visitedAt, locale),
          },
          { label: words("finding.record"), value: visitLabels(`outcome.${finding.outcome}`) },
          { label: words("finding.heard"), value: said },
          ...(state === "open"
            ? [
                {
                  label: words("finding.explain_until"),
                  value: formatInstant(explainUntil, locale),
                },
              ]
            : []),
          ...(appealUntil === null || state !== "upheld"
            ? []
            : [{ label: words("finding.appeal_until"), value: formatDay(appealUntil, locale) }]),
        ]}
      />
      <p className="oversight-visit">
        <Link to={`/visits/${finding.visitId}`}>{words("finding.visit")}</Link>
      </p>
    </Card>
  );
}

function Next({ finding }: { finding: FindingDetail }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const { message } = App.useApp();
  const [step, setStep] = useState<FindingCommandType>();
  const { id, version, state, steps } = finding;
  return (
    <Card title={words("finding.next")}>
      {(state === "accepted" || state === "upheld") && <p>{words(`finding.${state}`)}</p>}
      {steps.length > 0 ? (
        <StepButtons
          main={steps}
          more={[]}
          name={(one) => labels(`command.${one}`)}
          moreLabel=""
          loading={undefined}
          onPress={setStep}
        />
      ) : (
        state !== "accepted" && state !== "upheld" && <p>{words("finding.nothing")}</p>
      )}
      {step && (
        <StepForm
          step={step}
          finding={finding}
          onClose={() => setStep(undefined)}
          onSubmit={async (values) => {
            await client.oversight.step({
              id,
              version,
              // The form asks for what the step's schema has; the server checks it.
              step: { type: step, ...values } as FindingCommand,
            });
            await queryClient.invalidateQueries({ queryKey: api.oversight.key() });
            message.success(words("finding.saved"));
          }}
        />
      )}
    </Card>
  );
}

function History({ finding }: { finding: FindingDetail }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  return (
    <Timeline
      title={words("finding.timeline")}
      empty={words("finding.empty")}
      events={finding.timeline.map((event) => ({
        key: event.at,
        what: labels(`command.${event.type}`),
        at: event.at,
        by: event.memberName,
        said: [
          event.why && labels(`why.${event.why}`),
          event.verdict && labels(`verdict.${event.verdict}`),
          event.text,
          event.peerName && words("finding.peer", { name: event.peerName }),
        ].filter(Boolean),
      }))}
    />
  );
}
