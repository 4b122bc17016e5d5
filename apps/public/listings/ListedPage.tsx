import type { PublishedListing } from "@wanjia/contract/listings";
import { addDays } from "@wanjia/domain/shared/instant";
import { Call, Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { Unanswered, useSaid } from "../receipts/said.tsx";
import { fill, useLocale } from "../shell/language.ts";
import { useListedWords, useListingLabels } from "./words.ts";

/** The estates that are put right in public, as on the notice at each gate. */
export function ListedPage() {
  const words = useListedWords();
  const { said, again } = useSaid<{ items: PublishedListing[] }>("/listings");
  useTitle(words.title);
  return (
    <>
      <h1>{words.title}</h1>
      <p className="site-lead">{words.lead}</p>
      {said?.ok !== true ? (
        <Unanswered said={said} again={again} />
      ) : said.value.items.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          {said.value.items.map((listing) => (
            <Listed key={listing.id} listing={listing} />
          ))}
          <p>{words.watch}</p>
        </>
      )}
    </>
  );
}

function Listed({ listing }: { listing: PublishedListing }) {
  const words = useListedWords();
  const labels = useListingLabels();
  const locale = useLocale();
  const { estate, comparison, causes, bodies, work, number, on, street, deadline } = listing;
  const day = (date: string) => dayOf(date, locale);
  const stop = locale === "en" ? ", " : "、";
  const station = locale === "en" ? listing.stationEn : listing.station;
  return (
    <Section title={estate}>
      <dl className="site-facts">
        <dt>{words.why}</dt>
        <dd>
          <Figure comparison={comparison} />
        </dd>
        <dt>{words.causes}</dt>
        <dd>{causes.map((cause) => labels.cause[cause]).join(stop)}</dd>
        <dt>{words.order}</dt>
        <dd>{fill(words.order_text, { number, day: day(on) })}</dd>
        <dt>{words.bodies}</dt>
        <dd>{bodies.map((body) => labels.body[body]).join(stop)}</dd>
        <dt>{words.owners}</dt>
        <dd>{[street, station].join(stop)}</dd>
        <dt>{words.deadline}</dt>
        <dd>{fill(words.until, { day: day(deadline) })}</dd>
        <dt>{words.work}</dt>
        {work.length === 0 && <dd>{words.no_work}</dd>}
        {work.map(({ body, text, dueOn, doneOn }) => (
          <dd key={`${body} ${text}`}>
            {`${labels.body[body]}${locale === "en" ? ": " : "："}${text}`}
            <span className="site-hint">
              {` · ${doneOn === null ? fill(words.due, { day: day(dueOn) }) : fill(words.done, { day: day(doneOn) })}`}
            </span>
          </dd>
        ))}
      </dl>
      <Call label={words.call} number={listing.dutyPhone} />
    </Section>
  );
}

/** One figure: what it counts, of when, against what, and from where. */
function Figure({ comparison }: Pick<PublishedListing, "comparison">) {
  const words = useListedWords();
  const labels = useListingLabels();
  const locale = useLocale();
  const { measure, from, to, count, before, change, source } = comparison;
  const of = {
    measure: labels.measure[measure],
    from: dayOf(from, locale),
    to: dayOf(addDays(to, -1), locale),
  };
  const percent = Math.abs((change ?? 0) * 100).toFixed(1);
  return (
    <>
      {count === null ? fill(words.small, of) : fill(words.figure, { ...of, count: String(count) })}
      {before !== null && change !== null && (
        <>
          {locale === "en" ? "; " : "；"}
          {fill(words.before, {
            before: String(before),
            change: fill(change > 0 ? words.up : words.down, { percent }),
          })}
        </>
      )}
      <span className="site-hint"> · {fill(words.source, { source })}</span>
    </>
  );
}
