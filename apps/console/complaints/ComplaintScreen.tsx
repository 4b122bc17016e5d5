import { useMutation, useQuery } from "@tanstack/react-query";
import type { ComplaintDetail } from "@wanjia/contract/complaints";
import {
  COMPLAINT_CONTACT_PURPOSES,
  type ComplaintCommand,
  type ComplaintStep,
} from "@wanjia/domain/complaints/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { Timeline } from "../shell/Timeline.tsx";
import { Due } from "./ComplaintsScreen.tsx";
import { StepForm } from "./StepForm.tsx";
import { eventKey, stepKey, useComplaintLabels, useComplaintWords } from "./words.ts";
import "./complaints.css";
import { useUnits } from "../organisation/data.ts";

/** One complaint's file, for those who handle it. */
export function ComplaintScreen() {
  const { id = "" } = useParams();
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const query = useQuery(api.complaints.get.queryOptions({ input: { id } }));
  const kind = query.data?.kind;
  return (
    <Page
      title={kind ? words("file.title", { kind: labels(`kind.${kind}`) }) : words("title")}
      back={{ to: "/complaints", label: words("file.back") }}
    >
      <Loaded query={query}>
        {(complaint) => (
          <div className="complaint-columns">
            <div className="complaint-column">
              <Card title={words("file.words")}>
                <p className="complaint-text">{complaint.text}</p>
              </Card>
              <Next complaint={complaint} />
              <History complaint={complaint} />
            </div>
            <div className="complaint-column">
              <File complaint={complaint} />
              <Contact complaint={complaint} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function File({ complaint }: { complaint: ComplaintDetail }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const units = useUnits();
  const locale = currentLocale();
  const concerned = complaint.concerned.map(({ name }) => name).join(listComma());
  return (
    <Card title={words("file.facts")}>
      <Facts
        items={[
          {
            label: words("column.state"),
            value: (
              <StatusChip tone={complaint.state === "closed" ? "ended" : "primary"}>
                {labels(`state.${complaint.state}`)}
              </StatusChip>
            ),
          },
          { label: words("column.due"), value: <Due row={complaint} /> },
          {
            label: words("column.about"),
            value: units.said(complaint.stationName) ?? labels(`about.${complaint.about}`),
          },
          {
            label: words("column.received"),
            value: formatInstant(complaint.receivedAt, locale),
          },
          { label: words("column.origin"), value: labels(`origin.${complaint.origin}`) },
          ...(complaint.happenedOn === null
            ? []
            : [{ label: words("file.happened"), value: formatDay(complaint.happenedOn, locale) }]),
          { label: words("file.concerned"), value: concerned || words("file.concerned_none") },
          { label: words("file.heard"), value: words("file.times", { count: complaint.heard }) },
          ...(complaint.finding === null
            ? []
            : [{ label: words("column.finding"), value: labels(`finding.${complaint.finding}`) }]),
        ]}
      />
    </Card>
  );
}

function Next({ complaint }: { complaint: ComplaintDetail }) {
  const words = useComplaintWords();
  const labels = useComplaintLabels();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [step, setStep] = useState<ComplaintStep>();
  const [main] = complaint.steps.filter((one) => one !== "note" && one !== "name");
  return (
    <Card title={words("file.next")}>
      {complaint.steps.length === 0 ? (
        <p>{words(complaint.state === "closed" ? "file.closed" : "file.nothing")}</p>
      ) : (
        <div className="desk-actions">
          {complaint.steps.map((one) => (
            <Button
              key={one}
              type={one === main ? "primary" : "default"}
              onClick={() => setStep(one)}
            >
              {labels(stepKey(one))}
            </Button>
          ))}
        </div>
      )}
      {step && (
        <StepForm
          step={step}
          complaint={complaint}
          onClose={() => setStep(undefined)}
          onSubmit={async (values) => {
            const after = await client.complaints.step({
              id: complaint.id,
              version: complaint.version,
              // The form asks for what the step's schema has; the server checks it.
              step: { type: step, ...values } as Extract<ComplaintCommand, { type: "receipt" }>,
            });
            await queryClient.invalidateQueries({ queryKey: api.complaints.key() });
            message.success(words(after === null ? "file.out" : "file.saved"));
            if (after === null) void navigate("/complaints");
          }}
        />
      )}
    </Card>
  );
}

function Contact({ complaint }: { complaint: ComplaintDetail }) {
  const words = useComplaintWords();
  const { contact } = complaint;
  const reveal = useMutation({
    mutationFn: (purpose: (typeof COMPLAINT_CONTACT_PURPOSES)[number]) =>
      client.complaints.reveal({ id: complaint.id, purpose }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.complaints.key() }),
  });
  return (
    <Card title={words("file.contact")}>
      {contact === null ? (
        <p>{words("file.contact_none")}</p>
      ) : (
        <div className="complaint-column">
          <p className="complaint-phone">
            {reveal.data
              ? [reveal.data.salutation, reveal.data.phone].filter(Boolean).join("  ")
              : contact.phone}
          </p>
          <FormProblem error={reveal.error} />
          <div className="desk-actions">
            {COMPLAINT_CONTACT_PURPOSES.map((purpose) => (
              <Button key={purpose} onClick={() => reveal.mutate(purpose)}>
                {words(`file.reveal_${purpose}`)}
              </Button>
            ))}
          </div>
          <p className="desk-lead">{words("file.reveal_hint")}</p>
        </div>
      )}
    </Card>
  );
}

function History({ complaint }: { complaint: ComplaintDetail }) {
  const words = useComplaintWords();
  return (
    <Timeline
      title={words("file.timeline")}
      events={complaint.timeline.map((event) => ({
        key: event.seq,
        what: words(eventKey(event.type)),
        at: event.at,
        by: event.memberName ?? words("file.by_resident"),
        said: [
          event.type === "revealed" ? "" : event.text,
          event.remedy ? words("file.remedy", { text: event.remedy }) : "",
        ].filter(Boolean),
      }))}
    />
  );
}
