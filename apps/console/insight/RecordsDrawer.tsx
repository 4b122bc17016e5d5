import { useInfiniteQuery } from "@tanstack/react-query";
import { indicatorById } from "@wanjia/domain/insight/dictionary";
import { printNumber } from "@wanjia/domain/matters/number";
import { Button, Drawer } from "antd";
import { Link } from "react-router";
import { client } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Problem } from "../shell/Problem.tsx";
import { isInDays, languageOf } from "./view-model.ts";
import { useInsightWords } from "./words.ts";
import { useUnits } from "../organisation/data.ts";

type Records = Awaited<ReturnType<typeof client.insight.records>>;
type Row = Records["items"][number];
export type RecordsOf = Omit<
  Parameters<typeof client.insight.records>[0],
  "cursor" | "size" | "sort"
>;

/** The records behind a figure; they add up to it. */
export function RecordsDrawer({ of, onClose }: { of: RecordsOf | null; onClose: () => void }) {
  const words = useInsightWords();
  const language = languageOf(currentLocale());
  const name = of === null ? "" : (indicatorById(of.indicator)?.label[language] ?? "");
  return (
    <Drawer
      open={of !== null}
      onClose={onClose}
      title={words("records.title", { name })}
      size="min(44rem, 100vw)"
      destroyOnHidden
    >
      {of !== null && <RecordsList of={of} />}
    </Drawer>
  );
}

function RecordsList({ of }: { of: RecordsOf }) {
  const words = useInsightWords();
  const units = useUnits();
  const locale = currentLocale();
  const found = useInfiniteQuery({
    queryKey: ["insight", "records", of],
    queryFn: ({ pageParam }) =>
      client.insight.records({
        ...of,
        size: 100,
        ...(pageParam === "" ? {} : { cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: (last: Records) => last.next,
  });
  if (found.error) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <p className="desk-waiting">…</p>;
  const rows = found.data.pages.flatMap(({ items }) => items);
  const { sum = 0, hidden = 0 } = found.data.pages[0] ?? {};
  const closed = hidden > 0 && <p role="note">{words("records.hidden", { n: hidden })}</p>;
  if (rows.length === 0) return closed || <p>{words("records.none")}</p>;
  const inDays = isInDays(of.indicator);
  return (
    <>
      <p className="figure-scope">{words(inDays ? "records.measured" : "records.sum", { sum })}</p>
      {closed}
      <div className="figure-scroll">
        <table className="figure-table">
          <thead>
            <tr>
              <th>{words("records.what")}</th>
              <th>{words("records.where")}</th>
              <th>{words("records.when")}</th>
              <th className="figure-number">{words(inDays ? "records.days" : "records.amount")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <RecordLink row={row} />
                </th>
                <td>
                  {[row.stationName, row.beatName].map(units.said).filter(Boolean).join(" · ")}
                </td>
                <td>{row.at === null ? "" : formatInstant(row.at, locale)}</td>
                <td className="figure-number">{row.amount}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.hasNextPage && (
        <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {words("records.more")}
        </Button>
      )}
    </>
  );
}

function RecordLink({ row }: { row: Row }) {
  const words = useInsightWords();
  const kind = words(`records.${row.kind}`);
  switch (row.kind) {
    case "visit":
      return <Link to={`/visits/${row.id}`}>{row.title ?? kind}</Link>;
    case "matter":
      return (
        <Link to={`/matters/${row.id}`}>{row.title === null ? kind : printNumber(row.title)}</Link>
      );
    case "mediation":
      return <Link to={`/mediations/${row.id}`}>{row.title ?? kind}</Link>;
    case "item":
      return <Link to={`/property/${row.id}`}>{row.title ?? kind}</Link>;
    case "meeting":
      return <Link to={`/property/meetings/${row.id}`}>{row.title ?? kind}</Link>;
    case "place":
    case "station":
    case "officer":
    case "village":
      return <>{row.title ?? kind}</>;
  }
}
