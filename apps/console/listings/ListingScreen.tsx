import { useQuery } from "@tanstack/react-query";
import { noticesOf } from "@wanjia/contract/listing-documents";
import type { ListingDetail } from "@wanjia/contract/listings";
import { DELIST_CRITERIA, type ListingCommandType } from "@wanjia/domain/listings/terms";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { StepButtons } from "../shell/StepButtons.tsx";
import { Timeline } from "../shell/Timeline.tsx";
import { StepForm } from "./StepForm.tsx";
import { changeText, countText, stateTone } from "./view-model.ts";
import { labelKey, useListingLabels, useListingWords } from "./words.ts";
import "./listings.css";
import { useUnits } from "../organisation/data.ts";

export function ListingScreen() {
  const { id = "" } = useParams();
  const listing = useQuery(api.listings.get.queryOptions({ input: { id } }));
  return <Loaded query={listing}>{(found) => <Shown listing={found} />}</Loaded>;
}

function Shown({ listing }: { listing: ListingDetail }) {
  const words = useListingWords();
  const units = useUnits();
  const labels = useListingLabels();
  const locale = currentLocale();
  const { id, comparison, order, deadline, effect, causes } = listing;
  const papers = noticesOf(listing);
  return (
    <Page
      title={listing.estate}
      back={{ to: "/listings", label: words("title") }}
      lead={
        <StatusChip tone={stateTone(listing.state)}>
          {labels(labelKey("state", listing.state))}
        </StatusChip>
      }
    >
      <Next listing={listing} />
      <Card title={words("why.title")}>
        <Facts
          items={[
            {
              label: labels(labelKey("measure", comparison.measure)),
              value: words("why.count", {
                count: countText(comparison.count),
                before: countText(comparison.before),
                change: changeText(comparison.change),
              }),
            },
            {
              label: words("column.others"),
              value: comparison.timesOthers === null ? "—" : comparison.timesOthers.toFixed(1),
            },
            {
              label: words("why.days"),
              value: `${formatDay(comparison.from, locale)} – ${formatDay(comparison.to, locale)}`,
            },
            { label: words("counts.source"), value: comparison.source },
            { label: words("column.households"), value: comparison.households },
            {
              label: words("form.causes"),
              value: causes.map((cause) => labels(labelKey("cause", cause))).join(listComma()),
            },
          ]}
        />
        <p>{listing.text}</p>
      </Card>
      <Inspections listing={listing} />
      {order !== null && (
        <Card title={words("order.title")}>
          <Facts
            items={[
              { label: words("form.number"), value: order.number },
              {
                label: words("form.bodies"),
                value: order.bodies.map((body) => labels(labelKey("body", body))).join(listComma()),
              },
              {
                label: words("order.owners"),
                value: [order.street, units.said(listing.stationName) ?? ""].join(listComma()),
              },
              {
                label: words("column.deadline"),
                value: deadline === null ? "—" : formatDay(deadline, locale),
              },
              ...(listing.delistedOn === null
                ? []
                : [
                    {
                      label: words("order.delisted"),
                      value: formatDay(listing.delistedOn, locale),
                    },
                  ]),
              ...(effect === null
                ? []
                : [
                    {
                      label: words("order.effect"),
                      value: words("order.effect_value", {
                        ratio: effect.ratio.toFixed(2),
                        low: effect.low.toFixed(2),
                        high: effect.high.toFixed(2),
                      }),
                    },
                  ]),
            ]}
          />
          <ul className="listing-papers">
            {papers.map((kind) => (
              <li key={kind}>
                <Link to={`/listings/${id}/papers/${kind}`}>{labels(labelKey("paper", kind))}</Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {order !== null && <Work listing={listing} />}
      <Test listing={listing} />
      <Timeline
        title={words("timeline")}
        events={listing.timeline.map(({ seq, at, memberName, type, text }) => ({
          key: seq,
          what: labels(labelKey("event", type)),
          at,
          by: memberName,
          said: text === null ? [] : [text],
        }))}
      />
    </Page>
  );
}

const ASIDE: readonly ListingCommandType[] = ["inspect", "extend", "drop"];

function Next({ listing }: { listing: ListingDetail }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const { message } = App.useApp();
  const [open, setOpen] = useState<ListingCommandType>();
  const { id, version, steps, state } = listing;
  return (
    <Card title={words("next.title")}>
      <p>{words(`next.${state}`)}</p>
      {steps.length > 0 && (
        <StepButtons
          main={steps.filter((step) => !ASIDE.includes(step))}
          more={steps.filter((step) => ASIDE.includes(step))}
          name={(step) => labels(labelKey("command", step))}
          moreLabel={words("next.more")}
          loading={undefined}
          primary={() => true}
          onPress={setOpen}
        />
      )}
      {open !== undefined && (
        <StepForm
          step={open}
          listing={listing}
          onClose={() => setOpen(undefined)}
          onSubmit={async (step) => {
            await client.listings.step({ id, version, step });
            await queryClient.invalidateQueries({ queryKey: api.listings.key() });
            message.success(words("done", { step: labels(labelKey("command", open)) }));
          }}
        />
      )}
    </Card>
  );
}

function Inspections({ listing: { inspections } }: { listing: ListingDetail }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const locale = currentLocale();
  if (inspections.length === 0) return null;
  return (
    <Card title={words("inspections.title")}>
      {inspections.map(({ on, bodies, causes, text }, at) => (
        <Facts
          key={at}
          items={[
            { label: words("form.inspected_on"), value: formatDay(on, locale) },
            {
              label: words("form.bodies"),
              value: bodies.map((body) => labels(labelKey("body", body))).join(listComma()),
            },
            {
              label: words("form.causes"),
              value: causes.map((cause) => labels(labelKey("cause", cause))).join(listComma()),
            },
            { label: words("form.found"), value: text },
          ]}
        />
      ))}
    </Card>
  );
}

function Work({ listing }: { listing: ListingDetail }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const locale = currentLocale();
  return (
    <Card title={words("column.measures")}>
      {listing.work.length === 0 ? (
        <p>{words("work.none")}</p>
      ) : (
        <ul className="listing-work">
          {listing.work.map(({ id, body, text, dueOn, note, doneOn }) => (
            <li key={id}>
              <strong>{labels(labelKey("body", body))}</strong>
              <span>{text}</span>
              <StatusChip tone={doneOn === null ? "again" : "met"}>
                {doneOn === null
                  ? words("work.due", { day: formatDay(dueOn, locale) })
                  : words("work.done", { day: formatDay(doneOn, locale) })}
              </StatusChip>
              {note !== null && <span className="desk-lead">{note}</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Test({ listing: { test } }: { listing: ListingDetail }) {
  const words = useListingWords();
  const labels = useListingLabels();
  const locale = currentLocale();
  if (test === null) return null;
  return (
    <Card title={words("test.title")}>
      <p>
        <StatusChip tone={test.passed ? "met" : "alarm"}>
          {words(test.passed ? "test.passed" : "test.failed")}
        </StatusChip>{" "}
        <span className="desk-lead">{formatInstant(test.at, locale)}</span>
      </p>
      <Facts
        items={[
          ...DELIST_CRITERIA.map((one) => ({
            label: labels(labelKey("criterion", one)),
            value: labels(labelKey("answer", test.answers[one])),
          })),
          {
            label: words("test.residents"),
            value: words("test.asked", { asked: test.asked, agree: test.agree }),
          },
        ]}
      />
      <p>{test.text}</p>
    </Card>
  );
}
