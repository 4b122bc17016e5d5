import { useMutation, useQuery } from "@tanstack/react-query";
import type { PropertyDetail } from "@wanjia/contract/property";
import type { PropertyCommandType } from "@wanjia/domain/property/terms";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { StepButtons } from "../shell/StepButtons.tsx";
import { Timeline } from "../shell/Timeline.tsx";
import { StateChip, useItemName } from "./parts.tsx";
import { StepForm } from "./StepForm.tsx";
import { arrangeSteps, eventParts, type FormStep, orderOf } from "./view-model.ts";
import { labelKey, usePropertyLabels, usePropertyWords } from "./words.ts";
import "../matters/matters.css";
import { useUnits } from "../organisation/data.ts";

export function ItemScreen() {
  const { id = "" } = useParams();
  const item = useQuery(api.property.get.queryOptions({ input: { id } }));
  if (item.isError && !item.data) {
    const failure = readFailure(item.error);
    if (failure.kind === "refused" && failure.status === 404) return <NotFound />;
  }
  return <Loaded query={item}>{(found) => <Item item={found} />}</Loaded>;
}

function Item({ item }: { item: PropertyDetail }) {
  const words = usePropertyWords();
  const nameOf = useItemName();
  return (
    <Page
      title={`${nameOf(item)} · ${item.registerNo}`}
      back={{ to: "/property", label: words("title") }}
      lead={<StateChip state={item.state} />}
    >
      <Next item={item} />
      <div className="matter-columns">
        <div className="matter-column">
          <History item={item} />
        </div>
        <div className="matter-column">
          <Card title={words("facts.title")}>
            <ItemFacts item={item} />
          </Card>
          <Contact item={item} />
        </div>
      </div>
    </Page>
  );
}

async function takeStep(item: PropertyDetail, order: ReturnType<typeof orderOf>): Promise<void> {
  const { id, version } = item;
  try {
    // The contract's list of steps is the domain's list of commands.
    const step = order as Parameters<typeof client.property.step>[0]["step"];
    const after = await client.property.step({ id, version, step });
    queryClient.setQueryData(api.property.get.queryOptions({ input: { id } }).queryKey, after);
    await Promise.all(
      [api.property.list, api.property.meetings, api.property.meeting, api.property.figures].map(
        (one) => queryClient.invalidateQueries({ queryKey: one.key() }),
      ),
    );
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === "refused" && failure.code === "stale-version") {
      await queryClient.invalidateQueries({ queryKey: api.property.key() });
    }
    throw error;
  }
}

function Next({ item }: { item: PropertyDetail }) {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  const locale = currentLocale();
  const { message } = App.useApp();
  const [open, setOpen] = useState<FormStep>();
  const name = (step: PropertyCommandType) => labels(labelKey("command", step));
  const announce = useMutation({
    mutationFn: () => takeStep(item, orderOf("announce", {})),
    onSuccess: () => message.success(words("next.done", { step: name("announce") })),
  });
  const { main, more } = arrangeSteps(item);
  const day = item.returnedOn ?? item.collectBy;
  return (
    <Card title={words("next.title")}>
      <div className="matter-next">
        <p>
          {words(`next.${item.state}`, {
            day: day === null ? "—" : formatDay(day, locale),
            time: item.slotAt === null ? "—" : formatInstant(item.slotAt, locale),
            venue: item.venue ?? "—",
            reason:
              item.withdrawal === null ? "—" : labels(labelKey("withdrawal", item.withdrawal)),
          })}
        </p>
        <FormProblem error={announce.error} />
        {item.steps.length > 0 && (
          <StepButtons
            main={main}
            more={more}
            name={name}
            moreLabel={words("next.more")}
            loading={announce.isPending ? "announce" : undefined}
            danger={(step) => step === "withdraw"}
            onPress={(step) => {
              announce.reset();
              if (step === "announce") announce.mutate();
              else setOpen(step);
            }}
          />
        )}
      </div>
      {open !== undefined && (
        <StepForm
          step={open}
          item={item}
          onClose={() => setOpen(undefined)}
          onSubmit={async (values) => {
            await takeStep(item, orderOf(open, values));
            message.success(words("next.done", { step: name(open) }));
          }}
        />
      )}
    </Card>
  );
}

function ItemFacts({ item }: { item: PropertyDetail }) {
  const words = usePropertyWords();
  const units = useUnits();
  const labels = usePropertyLabels();
  const nameOf = useItemName();
  const locale = currentLocale();
  const day = (label: Parameters<typeof words>[0], value: string | null) =>
    value === null ? [] : [{ label: words(label), value: formatDay(value, locale) }];
  const { band, stationName, term, extraMonths, slotAt, meetingId, receiver, paperNo } = item;
  return (
    <Facts
      items={[
        { label: words("facts.class"), value: nameOf(item) },
        { label: words("facts.band"), value: labels(labelKey("band", band)) },
        { label: words("facts.station"), value: units.said(stationName) ?? "—" },
        ...day("facts.approved", item.approvedOn),
        ...day("facts.told", item.toldOn),
        ...day("facts.due", item.collectBy),
        ...(term === null
          ? []
          : [
              {
                label: words("facts.term"),
                value: `${words("facts.months", { count: term.months })} · ${term.source}`,
              },
            ]),
        ...(extraMonths === 0
          ? []
          : [
              { label: words("facts.extra"), value: words("facts.months", { count: extraMonths }) },
            ]),
        ...(slotAt === null || meetingId === null
          ? []
          : [
              {
                label: words("facts.slot"),
                value: (
                  <Link to={`/property/meetings/${meetingId}`}>
                    {formatInstant(slotAt, locale)}
                  </Link>
                ),
              },
            ]),
        ...day("facts.returned", item.returnedOn),
        ...(receiver === null
          ? []
          : [{ label: words("facts.receiver"), value: labels(labelKey("receiver", receiver)) }]),
        ...(paperNo === null ? [] : [{ label: words("facts.paper"), value: paperNo }]),
      ]}
    />
  );
}

function Contact({ item }: { item: PropertyDetail }) {
  const words = usePropertyWords();
  const look = useMutation({
    mutationFn: () => client.property.reveal({ id: item.id, purpose: "answer" }),
  });
  const { contact } = item;
  if (contact === null) {
    return (
      <Card title={words("contact.title")}>
        <p>{words("contact.none")}</p>
      </Card>
    );
  }
  return (
    <Card title={words("contact.title")}>
      <div className="matter-next">
        <p className="matter-phone">
          {look.data === undefined
            ? (contact.phone ?? "—")
            : [look.data.salutation, look.data.phone].filter((one) => one !== null).join("  ")}
        </p>
        <p className="desk-lead">{words("contact.hint")}</p>
        <FormProblem error={look.error} />
        {look.data === undefined && (
          <div className="desk-actions">
            <Button loading={look.isPending} onClick={() => look.mutate()}>
              {words("contact.look")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function History({ item }: { item: PropertyDetail }) {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  return (
    <Timeline
      title={words("timeline.title")}
      events={item.timeline.map((event) => ({
        key: event.seq,
        what: labels(labelKey("event", event.type)),
        at: event.at,
        by: event.memberName ?? words("timeline.system"),
        said: [
          ...eventParts(event).map(({ group, value }) => labels(labelKey(group, value))),
          ...(event.body["reached"] === false ? [words("form.reached_no")] : []),
        ],
      }))}
    />
  );
}
