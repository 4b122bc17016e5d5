import { useMutation, useQuery } from "@tanstack/react-query";
import type { MatterDetail } from "@wanjia/contract/matters";
import { mayMakeLink } from "@wanjia/domain/matters/policy";
import { printNumber } from "@wanjia/domain/matters/number";
import { CONTACT_PURPOSES, type MatterCommandType } from "@wanjia/domain/matters/terms";
import { ROLES, type Role } from "@wanjia/domain/organisation/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { App, Button, Form, Radio } from "antd";
import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { MessagesOf } from "../answers/OfMatter.tsx";
import { OfMatter } from "../mediation/OfMatter.tsx";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { LinkOfReferral } from "../referrals/LinkOfReferral.tsx";
import { RoutingWhy } from "../routing/Suggestion.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { useMust } from "../shell/form-fields.tsx";
import { formatDay, formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale, listComma } from "../shell/language.ts";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem, Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { StepButtons } from "../shell/StepButtons.tsx";
import { useShellWords } from "../shell/words.ts";
import { Timeline } from "../shell/Timeline.tsx";
import { LeftChip, StateChip } from "./chips.tsx";
import { Clocks } from "./Clocks.tsx";
import { HazardCard } from "./HazardCard.tsx";
import { labelKey, natureOf, useMatterLabels } from "./labels.ts";
import { Photos, Promised, Receipt } from "./ResidentCards.tsx";
import { SameProblem } from "./SameProblem.tsx";
import { StepForm } from "./StepForm.tsx";
import {
  arrangeSteps,
  type EventLine,
  eventLines,
  isPlain,
  leftOf,
  nextSentence,
  orderOf,
  type PlainStep,
} from "./view-model.ts";
import { useMatterWords } from "./words.ts";
import "./matters.css";
import { useUnits } from "../organisation/data.ts";

export function MatterScreen() {
  const { id = "" } = useParams();
  const shell = useShellWords();
  const matter = useQuery(api.matters.get.queryOptions({ input: { id } }));
  if (matter.isError && !matter.data) {
    const failure = readFailure(matter.error);
    if (failure.kind === "refused" && failure.status === 404) return <NotFound />;
    return <Problem error={matter.error} onRetry={() => void matter.refetch()} />;
  }
  if (!matter.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  return <Matter matter={matter.data} />;
}

function Matter({ matter }: { matter: MatterDetail }) {
  const { role } = useSession();
  const words = useMatterWords();
  const labels = useMatterLabels();
  const [now] = useState(() => Date.now());
  return (
    <Page
      title={natureOf(labels, matter)}
      back={{ to: "/matters", label: words("title") }}
      printable
      lead={
        <span className="matter-lead">
          <span className="matter-number">{printNumber(matter.number)}</span>
          <StateChip matter={matter} />
          {matter.next !== null && <LeftChip left={leftOf(matter.next, now)} />}
          {matter.reopened > 0 && <span>{words("reopened", { count: matter.reopened })}</span>}
        </span>
      }
    >
      <Next matter={matter} />
      <div className="matter-columns">
        <div className="matter-column">
          <Card title={words("said")}>
            {matter.text !== "" && <p className="matter-text">{matter.text}</p>}
            <WordsGone at={matter.wordsGoneAt} />
          </Card>
          <Promised matter={matter} />
          <Photos matter={matter} now={now} />
          <History matter={matter} />
        </div>
        <div className="matter-column">
          <Clocks matter={matter} now={now} />
          <Card>
            <MatterFacts matter={matter} />
          </Card>
          <HazardCard matter={matter} now={now} />
          {matter.kind === "dispute" && <OfMatter matter={matter} />}
          <MessagesOf matter={matter} />
          {matter.referral !== null &&
            matter.referral.answeredAt === null &&
            matter.disposition === null &&
            mayMakeLink(role) && <LinkOfReferral matterId={matter.id} referral={matter.referral} />}
          <SameProblem
            matter={matter}
            onMerge={(into) => takeStep(matter, { type: "merge", into })}
          />
          <Contact matter={matter} />
          <Receipt matter={matter} />
        </div>
      </div>
    </Page>
  );
}

/** Why nothing stands where the words were. */
function WordsGone({ at }: { at: number | null }) {
  const words = useMatterWords();
  if (at === null) return null;
  return (
    <p className="desk-lead">
      {words("words_gone", { day: formatDay(localDate(at), currentLocale()) })}
    </p>
  );
}

/** The server's answer is the newest state: the page and the lists follow it. */
async function changed(matter: MatterDetail): Promise<void> {
  const key = api.matters.get.queryOptions({ input: { id: matter.id } }).queryKey;
  queryClient.setQueryData(key, matter);
  await Promise.all(
    [api.matters.list.key(), api.matters.work.key()].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}

async function takeStep(matter: MatterDetail, order: ReturnType<typeof orderOf>) {
  const { id, version } = matter;
  try {
    // The contract's list of steps is the domain's list of commands.
    const step = order as Parameters<typeof client.matters.step>[0]["step"];
    await changed(await client.matters.step({ id, version, step }));
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === "refused" && failure.code === "stale-version") {
      await queryClient.invalidateQueries({ queryKey: api.matters.key() });
    }
    throw error;
  }
}

function Next({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const { message } = App.useApp();
  const [open, setOpen] = useState<Exclude<MatterCommandType, PlainStep>>();
  const plain = useMutation({
    mutationFn: (step: PlainStep) => takeStep(matter, orderOf(step, {})),
    onSuccess: (_, step) => message.success(words("done", { step: labels(`command.${step}`) })),
  });
  const press = (step: MatterCommandType) => {
    plain.reset();
    if (isPlain(step)) plain.mutate(step);
    else setOpen(step);
  };
  const { main, more } = arrangeSteps(matter.steps);
  return (
    <Card title={words("next.title")}>
      <div className="matter-next">
        <p>
          {words(`next.${nextSentence(matter)}`, {
            name: matter.responsibleName ?? "—",
            main: printNumber(matter.merged?.number ?? ""),
            asked: matter.assigneeName ?? matter.referral?.bodyName ?? "—",
            body: matter.referral?.bodyName ?? "—",
          })}
        </p>
        <FormProblem error={plain.error} />
        {matter.assigneeId === null &&
          matter.referral === null &&
          matter.steps.some((one) => one === "assign" || one === "refer") && (
            <RoutingWhy matterId={matter.id} />
          )}
        {matter.steps.length === 0 ? (
          <p className="desk-lead">{words("next.nothing")}</p>
        ) : (
          <StepButtons
            main={main}
            more={more}
            name={(step) => labels(`command.${step}`)}
            moreLabel={words("next.more")}
            loading={plain.isPending ? plain.variables : undefined}
            primary={(step) => step !== "note"}
            onPress={press}
          />
        )}
      </div>
      {open !== undefined && (
        <StepForm
          step={open}
          matter={matter}
          onClose={() => setOpen(undefined)}
          onSubmit={async (values) => {
            await takeStep(matter, orderOf(open, values));
            message.success(words("done", { step: labels(`command.${open}`) }));
          }}
        />
      )}
    </Card>
  );
}

function MatterFacts({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const units = useUnits();
  const locale = currentLocale();
  const { outcome, reason, assigneeId, stopSigns, dutyPhone, dueOn } = matter;
  return (
    <Facts
      items={[
        { label: words("facts.place"), value: matter.place ?? "—" },
        {
          label: words("facts.unit"),
          value: [matter.stationName, matter.beatName].map(units.said).filter(Boolean).join(" · "),
        },
        { label: words("facts.responsible"), value: matter.responsibleName ?? "—" },
        ...(assigneeId === null
          ? []
          : [{ label: words("facts.asked"), value: matter.assigneeName ?? "—" }]),
        ...(matter.referral === null
          ? []
          : [
              {
                label: words("facts.body"),
                value: [matter.referral.bodyName, matter.referral.bodyPhone]
                  .filter(Boolean)
                  .join(" · "),
              },
            ]),
        { label: words("facts.duty_phone"), value: dutyPhone ?? "—" },
        {
          label: words("facts.due"),
          value: dueOn === null ? words("due.none") : formatDay(dueOn, locale),
        },
        { label: words("facts.registered"), value: formatInstant(matter.registeredAt, locale) },
        {
          label: words("facts.origin"),
          value: [
            labels(`origin.${matter.origin}`),
            labels(`reporter.${matter.reporter}`),
            ...(matter.anonymous ? [words("facts.anonymous")] : []),
          ].join(" · "),
        },
        { label: words("facts.feedback"), value: labels(`feedback.${matter.feedback}`) },
        ...(outcome === null
          ? []
          : [{ label: words("facts.outcome"), value: labels(labelKey("outcome", outcome)) }]),
        ...(reason === null
          ? []
          : [{ label: words("facts.reason"), value: labels(labelKey("reason", reason)) }]),
        ...(stopSigns.length === 0
          ? []
          : [
              {
                label: words("facts.stop_signs"),
                value: stopSigns.map((sign) => labels(`stopSign.${sign}`)).join(listComma()),
              },
            ]),
      ]}
    />
  );
}

// -- contact --------------------------------------------------------------------------------------

/** How long a number stays on a screen that somebody may leave. */
const SHOWN_SECONDS = 60;

type Revealed = Awaited<ReturnType<typeof client.matters.reveal>>;

function Contact({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const must = useMust();
  const labels = useMatterLabels();
  const [asking, setAsking] = useState(false);
  const [revealed, setRevealed] = useState<Revealed>();
  const hide = () => setRevealed(undefined);
  if (matter.contact === null) {
    return (
      <Card screenOnly title={words("contact.title")}>
        <p>{words("contact.none")}</p>
      </Card>
    );
  }
  return (
    <Card screenOnly title={words("contact.title")}>
      {revealed ? (
        <Shown contact={revealed} onGone={hide} />
      ) : (
        <div className="matter-next">
          <p className="matter-phone">{matter.contact.phone ?? "—"}</p>
          <p className="desk-lead">
            {words(matter.mayReveal ? "contact.hidden" : "contact.not_yours")}
          </p>
          {matter.mayReveal && (
            <div className="desk-actions">
              <Button onClick={() => setAsking(true)}>{words("contact.reveal")}</Button>
            </div>
          )}
        </div>
      )}
      {asking && (
        <FormDrawer<{ purpose: (typeof CONTACT_PURPOSES)[number] }>
          title={words("contact.reveal")}
          hint={words("contact.reveal_hint")}
          submit={words("contact.reveal")}
          onClose={() => setAsking(false)}
          onSubmit={async ({ purpose }) =>
            setRevealed(await client.matters.reveal({ id: matter.id, purpose }))
          }
        >
          <Form.Item
            name="purpose"
            label={words("contact.purpose")}
            rules={must(words("contact.purpose"), "choose")}
          >
            <Radio.Group
              vertical
              options={CONTACT_PURPOSES.map((purpose) => ({
                value: purpose,
                label: labels(`purpose.${purpose}`),
              }))}
            />
          </Form.Item>
        </FormDrawer>
      )}
    </Card>
  );
}

function Shown({ contact, onGone }: { contact: Revealed; onGone: () => void }) {
  const words = useMatterWords();
  const [left, setLeft] = useState(SHOWN_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onGone();
  }, [left, onGone]);
  return (
    <div className="matter-next">
      <p className="matter-phone">
        {[contact.salutation, contact.phone].filter((one) => one !== null).join("  ")}
      </p>
      <p className="desk-lead" role="timer">
        {words("contact.shown", { seconds: left })}
      </p>
    </div>
  );
}

// -- timeline -------------------------------------------------------------------------------------

function History({ matter }: { matter: MatterDetail }) {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const organisation = useOrganisationLabels();
  const locale = currentLocale();
  const roleName = (role: string) =>
    ROLES.some((known) => known === role)
      ? organisation(`role.${role as Role}`)
      : words(role === "resident" ? "timeline.resident" : "timeline.system");
  const say = (line: EventLine) => {
    switch (line.kind) {
      case "text":
        return line.text;
      case "label":
        return labels(labelKey(line.group, line.value));
      case "day":
        return words("by_day", { day: formatDay(line.day, locale) });
      case "limit":
        return labels(`clockUnit.${line.unit}`, { amount: line.amount, count: line.amount });
      case "words":
        return words(`timeline.${line.key}`);
    }
  };
  return (
    <Timeline
      title={words("timeline.title")}
      events={matter.timeline.map((event) => ({
        key: event.seq,
        what: labels(labelKey("event", event.type)),
        at: event.at,
        by:
          event.memberName === null
            ? roleName(event.role)
            : words("timeline.by", { name: event.memberName, role: roleName(event.role) }),
        said: eventLines(event).map(say),
      }))}
    />
  );
}
