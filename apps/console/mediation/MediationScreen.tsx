import { useMutation, useQuery } from "@tanstack/react-query";
import { MEDIATION_DOCUMENTS } from "@wanjia/contract/mediation-documents";
import type { MediationDetail } from "@wanjia/contract/mediation";
import { printNumber } from "@wanjia/domain/matters/number";
import { wayFor } from "@wanjia/domain/matters/screening";
import { App } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { labelKey as matterKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { newId } from "../shell/new-id.ts";
import { StepButtons } from "../shell/StepButtons.tsx";
import { Timeline } from "../shell/Timeline.tsx";
import { StateChip } from "./chips.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import { Sides } from "./Sides.tsx";
import { StepForm } from "./StepForm.tsx";
import { arrangeSteps, eventParts, type FormStep, isPlain, orderOf } from "./view-model.ts";
import { useMediationWords } from "./words.ts";
import "../matters/matters.css";
import "./mediation.css";
import { useUnits } from "../organisation/data.ts";

export function MediationScreen() {
  const { id = "" } = useParams();
  const mediation = useQuery(api.mediation.get.queryOptions({ input: { id } }));
  if (mediation.isError) {
    const failure = readFailure(mediation.error);
    // Who called the last side back sees no more of it, and what he did stays on the screen.
    if (failure.kind === "refused" && failure.status === 404 && !mediation.data)
      return <NotFound />;
  }
  return <Loaded query={mediation}>{(found) => <Mediation mediation={found} />}</Loaded>;
}

function useNature(mediation: MediationDetail): string {
  const labels = useMediationLabels();
  const matters = useMatterLabels();
  const { subtype, form } = mediation;
  return [
    labels(labelKey("form", form)),
    ...(subtype === null ? [] : [matters(subtypeKey("dispute", subtype))]),
  ].join(" · ");
}

function Mediation({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const { matterNumber, callsOnly } = mediation;
  return (
    <Page
      title={useNature(mediation)}
      back={{ to: "/mediations", label: words("title") }}
      lead={
        <span className="matter-lead">
          {matterNumber !== null && (
            <Link to={`/matters/${mediation.matterId}`} className="matter-number">
              {printNumber(matterNumber)}
            </Link>
          )}
          <StateChip mediation={mediation} />
        </span>
      }
    >
      <Next mediation={mediation} />
      <div className="matter-columns">
        <div className="matter-column">
          <Sides mediation={mediation} />
          {!callsOnly && <Sessions mediation={mediation} />}
          {!callsOnly && <History mediation={mediation} />}
        </div>
        {!callsOnly && (
          <div className="matter-column">
            <Card title={words("facts.title")}>
              <MediationFacts mediation={mediation} />
            </Card>
            <Documents mediation={mediation} />
          </div>
        )}
      </div>
    </Page>
  );
}

// -- steps ----------------------------------------------------------------------------------------

async function takeStep(mediation: MediationDetail, order: ReturnType<typeof orderOf>) {
  const { id, version } = mediation;
  try {
    // The contract's list of steps is the domain's list of commands.
    const step = order as unknown as Parameters<typeof client.mediation.step>[0]["step"];
    const after = await client.mediation.step({ id, version, step });
    const key = api.mediation.get.queryOptions({ input: { id } }).queryKey;
    queryClient.setQueryData(key, after);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: api.mediation.list.key() }),
      queryClient.invalidateQueries({ queryKey: api.mediation.side.key() }),
      queryClient.invalidateQueries({ queryKey: api.matters.key() }),
    ]);
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === "refused" && failure.code === "stale-version") {
      await queryClient.invalidateQueries({ queryKey: api.mediation.key() });
    }
    throw error;
  }
}

function Next({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const matters = useMatterLabels();
  const { message } = App.useApp();
  const [open, setOpen] = useState<FormStep>();
  const name = (step: string) => labels(labelKey("command", step));
  const plain = useMutation({
    mutationFn: (step: string) => takeStep(mediation, { type: step }),
    onSuccess: (_, step) => message.success(words("next.done", { step: name(step) })),
  });
  const { main, more } = arrangeSteps(mediation);
  const press = (step: (typeof main)[number]) => {
    plain.reset();
    if (isPlain(step)) plain.mutate(step);
    else setOpen(step);
  };
  const { nextStep, nextOn, ending, nextToCall, callsOnly, stopSigns } = mediation;
  const way = wayFor(stopSigns);
  return (
    <Card title={words("next.title")}>
      <div className="matter-next">
        {ending !== null && (
          <p>{words("next.over", { ending: labels(labelKey("ending", ending)) })}</p>
        )}
        {way !== null && (
          <p className="mediation-way">
            {words("next.stopped", { way: matters(matterKey("way", way)) })}
          </p>
        )}
        {ending === null && nextStep !== null && nextOn !== null && (
          <p>
            {words("next.by", {
              step: labels(labelKey("nextStep", nextStep)),
              day: formatDay(nextOn, currentLocale()),
            })}
          </p>
        )}
        {callsOnly && nextToCall !== null && (
          <p>{words("next.order", { side: labels(labelKey("side", nextToCall)) })}</p>
        )}
        <FormProblem error={plain.error} />
        {mediation.steps.length === 0 ? (
          ending === null && <p className="desk-lead">{words("next.nothing")}</p>
        ) : (
          <StepButtons
            main={main}
            more={more}
            name={name}
            moreLabel={words("next.more")}
            loading={plain.isPending ? plain.variables : undefined}
            danger={(step) => step === "stop"}
            onPress={press}
          />
        )}
      </div>
      {open !== undefined && (
        <StepForm
          step={open}
          mediation={mediation}
          onClose={() => setOpen(undefined)}
          onSubmit={async (values) => {
            await takeStep(mediation, orderOf(open, values, newId()));
            message.success(words("next.done", { step: name(open) }));
          }}
        />
      )}
    </Card>
  );
}

// -- what is known --------------------------------------------------------------------------------

function MediationFacts({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const units = useUnits();
  const labels = useMediationLabels();
  const locale = currentLocale();
  const day = (one: string) => formatDay(one, locale);
  const { agreement, confirmation, confirmationUntil, failure, earlierId } = mediation;
  const sides = (keys: readonly string[]) =>
    keys.map((key) => labels(labelKey("side", key))).join(listComma());
  const court =
    confirmation === null
      ? confirmationUntil === null
        ? null
        : words("facts.confirmation_until", { day: day(confirmationUntil) })
      : confirmation.granted === null
        ? words("facts.confirmation_sought", { day: day(confirmation.appliedOn) })
        : words(confirmation.granted ? "facts.confirmation_granted" : "facts.confirmation_denied");
  return (
    <Facts
      items={[
        { label: words("facts.station"), value: units.said(mediation.stationName) ?? "—" },
        { label: words("facts.committee"), value: mediation.committee?.name ?? "—" },
        { label: words("facts.hand_over"), value: mediation.handOverNo ?? "—" },
        { label: words("facts.mediator"), value: mediation.mediator?.name ?? "—" },
        {
          label: words("facts.officers"),
          value: mediation.officers.map(({ name }) => name).join(listComma()),
        },
        { label: words("facts.lawyer"), value: mediation.lawyer?.name ?? "—" },
        {
          label: words("facts.limit"),
          value: mediation.limitOn === null ? words("facts.no_limit") : day(mediation.limitOn),
        },
        ...(agreement === null
          ? []
          : [
              {
                label: words("facts.agreement"),
                value: `${labels(labelKey("agreementForm", agreement.form))} ${agreement.number}`,
              },
              { label: words("facts.effective"), value: day(agreement.effectiveOn) },
              { label: words("facts.perform_by"), value: day(agreement.performBy) },
              { label: words("facts.obliged"), value: sides(agreement.obliged) },
              { label: words("facts.amount"), value: labels(labelKey("amount", agreement.amount)) },
            ]),
        ...(mediation.performedOn === null
          ? []
          : [{ label: words("facts.performed_on"), value: day(mediation.performedOn) }]),
        ...(court === null ? [] : [{ label: words("facts.confirmation"), value: court }]),
        ...(failure === null
          ? []
          : [{ label: words("facts.failure"), value: labels(labelKey("failure", failure)) }]),
        ...(earlierId === null
          ? []
          : [
              {
                label: words("facts.earlier"),
                value: <Link to={`/mediations/${earlierId}`}>{words("facts.earlier_link")}</Link>,
              },
            ]),
      ]}
    />
  );
}

function Sessions({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const locale = currentLocale();
  return (
    <Card title={words("sessions.title")}>
      {mediation.sessions.length === 0 ? (
        <p>{words("sessions.none")}</p>
      ) : (
        <ul className="mediation-list">
          {mediation.sessions.map((session) => (
            <li key={session.id}>
              <strong>{formatInstant(session.from, locale)}</strong> {session.venue} ·{" "}
              {words(session.open ? "sessions.open" : "sessions.closed")} ·{" "}
              {session.result === null
                ? words(`sessions.${session.state}`)
                : labels(labelKey("result", session.result))}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Documents({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  return (
    <Card title={words("documents.title")}>
      <p className="desk-lead">{words("documents.lead")}</p>
      <ul className="mediation-list">
        {MEDIATION_DOCUMENTS.map((kind) => (
          <li key={kind}>
            <Link to={`/mediations/${mediation.id}/documents/${kind}`}>
              {labels(labelKey("document", kind))}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function History({ mediation }: { mediation: MediationDetail }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  const say = (part: ReturnType<typeof eventParts>[number]) => {
    if ("day" in part) return formatDay(part.day, locale, now);
    return "text" in part ? part.text : labels(labelKey(part.group, part.value));
  };
  return (
    <Timeline
      title={words("timeline.title")}
      events={mediation.timeline.map((event) => ({
        key: event.seq,
        what: labels(labelKey("event", event.type)),
        at: event.at,
        by: words("timeline.by", { name: event.memberName ?? words("timeline.system") }),
        said: [eventParts(event).map(say).join(" · ")].filter(Boolean),
      }))}
    />
  );
}
