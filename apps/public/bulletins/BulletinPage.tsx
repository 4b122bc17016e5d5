import { cellLabel } from "@wanjia/contract/bulletin-labels";
import type { PublicBoards, PublicBulletin } from "@wanjia/contract/bulletins";
import { localDate } from "@wanjia/domain/shared/instant";
import { Button } from "@wanjia/ui/form/Button";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Section, useTitle } from "../plate/parts.tsx";
import { dayOf } from "../receipts/dates.ts";
import { Unanswered, useSaid } from "../receipts/said.tsx";
import { fill, useLocale, type Locale } from "../shell/language.ts";
import "./bulletins.css";
import { useBulletinLabels, useBulletinWords, useMatterLabels } from "./words.ts";

/** The boards there are, or one of them: what was said in a month and what was done. */
export function BulletinPage({
  communityId,
  month,
}: {
  communityId: string | undefined;
  month: string | undefined;
}) {
  return communityId === undefined ? <Boards /> : <Board communityId={communityId} month={month} />;
}

function Boards() {
  const words = useBulletinWords();
  const locale = useLocale();
  const { said, again } = useSaid<PublicBoards>("/bulletins");
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
        <Section title={words.which}>
          <ul className="site-links">
            {said.value.items.map(({ communityId, community, station, stationEn, latest }) => (
              <li key={communityId}>
                <a href={`/board/${communityId}`}>
                  <span>
                    {community}
                    <span className="site-hint bulletin-under">
                      {`${locale === "en" ? stationEn : station} · ${monthOf(latest, locale, words.month)}`}
                    </span>
                  </span>
                  <Icon name="forward" size={1} />
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function monthOf(month: string, locale: Locale, pattern: string): string {
  const [year = "", number = ""] = month.split("-");
  const name = dayOf(`${month}-01`, "en").split(" ")[1] ?? "";
  return fill(pattern, { year, month: locale === "en" ? name : String(Number(number)) });
}

function Board({ communityId, month }: { communityId: string; month: string | undefined }) {
  const words = useBulletinWords();
  const query = month === undefined ? "" : `?month=${encodeURIComponent(month)}`;
  const { said, again } = useSaid<PublicBulletin>(
    `/bulletins/${encodeURIComponent(communityId)}${query}`,
  );
  if (said?.ok !== true) {
    return (
      <>
        <h1>{words.title}</h1>
        <Unanswered said={said} again={again} />
        <a href="/board">{words.to_list}</a>
      </>
    );
  }
  return <Sheet bulletin={said.value} communityId={communityId} />;
}

function Sheet({ bulletin, communityId }: { bulletin: PublicBulletin; communityId: string }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const matters = useMatterLabels();
  const locale = useLocale();
  const { community, month, months, entries, figures, correction, edition } = bulletin;
  const title = fill(words.board, { community });
  const issuer =
    locale === "en"
      ? `${bulletin.bureauEn} · ${bulletin.stationEn}`
      : `${bulletin.bureau} · ${bulletin.station}`;
  const published = fill(words.published, {
    day: dayOf(localDate(bulletin.publishedAt), locale),
  });
  const earlier = months.filter((one) => one !== month);
  useTitle(title);
  return (
    <>
      <h1>{title}</h1>
      <p className="site-lead">
        <strong>{monthOf(month, locale, words.month)}</strong>
        {` · ${issuer} · ${published}`}
      </p>
      {correction !== null && (
        <Section title={fill(words.correction, { edition: String(edition) })}>
          <p>{correction}</p>
        </Section>
      )}
      {entries.length > 0 && (
        <Section title={words.entries}>
          <ol className="bulletin-entries" lang="zh-CN">
            {entries.map(({ said, did, result, reason }) => (
              <li key={said}>
                <p>
                  <span className="bulletin-who">{words.said}</span>
                  {said}
                </p>
                <p>
                  <span className="bulletin-who">{words.did}</span>
                  {did}
                </p>
                <p className="site-hint">
                  {labels.result[result]}
                  {reason !== null &&
                    ` · ${fill(words.reason, { reason: matters.reason[reason] })}`}
                </p>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Counts title={words.heard} column={figures.heard} />
      <Counts title={words.ended} column={figures.ended} />
      <p className="site-hint">{words.small}</p>
      <p>{words.disagree}</p>
      <Button block onClick={() => print()}>
        {words.print}
      </Button>
      <nav className="bulletin-months" aria-label={words.months}>
        {earlier.map((one) => (
          <a key={one} href={`/board/${communityId}/${one}`}>
            {monthOf(one, locale, words.month)}
          </a>
        ))}
        <a href="/board">{words.to_list}</a>
      </nav>
    </>
  );
}

function Counts({ title, column }: { title: string; column: PublicBulletin["figures"]["heard"] }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const matters = useMatterLabels();
  const text = ({ count, below }: (typeof column)["total"]): string =>
    count !== null
      ? String(count)
      : below === null
        ? words.hidden
        : fill(words.below, { n: String(below) });
  return (
    <Section title={title}>
      {column.rows.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <table className="bulletin-counts">
          <thead>
            <tr>
              <th scope="col">{words.sort}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {column.rows.map((cell) => (
              <tr key={cell.key}>
                <th scope="row">
                  {cellLabel(cell.key, matters, (reason) => fill(words.unsolved, { reason }))}
                </th>
                <td>{text(cell)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{labels.total}</th>
              <td>{text(column.total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </Section>
  );
}
