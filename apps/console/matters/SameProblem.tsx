import { useMutation, useQuery } from "@tanstack/react-query";
import type { MatterDetail, MatterRow } from "@wanjia/contract/matters";
import { printNumber } from "@wanjia/domain/matters/number";
import { App, Button } from "antd";
import { Link } from "react-router";
import { api } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { localDate } from "@wanjia/domain/shared/instant";
import { currentLocale } from "../shell/language.ts";
import { Card } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { StateChip } from "./chips.tsx";
import { useMatterWords } from "./words.ts";

/** One problem, many reporters: what was merged here or into what, and what may be the same. */
export function SameProblem({
  matter,
  onMerge,
}: {
  matter: MatterDetail;
  onMerge: (into: string) => Promise<unknown>;
}) {
  const words = useMatterWords();
  const { merged, reporters } = matter;
  const { id, placeId, kind, text } = matter;
  const subtype = matter.subtype as Parameters<typeof api.matters.similar.call>[0]["subtype"];
  const similar = useQuery({
    ...api.matters.similar.queryOptions({ input: { placeId, kind, subtype, text, except: id } }),
    enabled: matter.steps.includes("merge") && reporters.length === 0,
  });
  const candidates = matter.steps.includes("merge") ? (similar.data?.items ?? []) : [];
  if (merged === null && reporters.length === 0 && candidates.length === 0) return null;
  return (
    <Card title={words("same.title")}>
      {merged !== null && (
        <p>
          {words("same.merged")}{" "}
          <Link to={`/matters/${merged.into}`} className="matter-number">
            {printNumber(merged.number)}
          </Link>
          {words("same.merged_hint")}
        </p>
      )}
      {reporters.length > 0 && (
        <>
          <p className="desk-lead">{words("same.reporters", { count: reporters.length + 1 })}</p>
          <ul className="matter-same">
            {reporters.map((one) => (
              <li key={one.id}>
                <Link to={`/matters/${one.id}`} className="matter-number">
                  {printNumber(one.number)}
                </Link>
                <StateChip matter={one} />
              </li>
            ))}
          </ul>
        </>
      )}
      {candidates.length > 0 && <Candidates candidates={candidates} onMerge={onMerge} />}
    </Card>
  );
}

function Candidates({
  candidates,
  onMerge,
}: {
  candidates: readonly MatterRow[];
  onMerge: (into: string) => Promise<unknown>;
}) {
  const words = useMatterWords();
  const { message, modal } = App.useApp();
  const merge = useMutation({
    mutationFn: onMerge,
    onSuccess: () => message.success(words("same.done")),
  });
  const ask = (one: MatterRow) => {
    modal.confirm({
      title: words("same.ask", { number: printNumber(one.number) }),
      content: words("same.ask_hint"),
      okText: words("same.merge"),
      onOk: () => merge.mutate(one.id),
    });
  };
  return (
    <>
      <p className="desk-lead">{words("same.candidates")}</p>
      <FormProblem error={merge.error} />
      <ul className="matter-same">
        {candidates.map((one) => (
          <li key={one.id}>
            <Candidate row={one} />
            <Button
              onClick={() => ask(one)}
              loading={merge.isPending && merge.variables === one.id}
              aria-label={words("same.merge_into", { number: printNumber(one.number) })}
            >
              {words("same.merge")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A matter that may be the same, in two lines. */
export function Candidate({ row }: { row: MatterRow }) {
  return (
    <span className="matter-candidate">
      <span>
        <Link to={`/matters/${row.id}`} className="matter-number" target="_blank">
          {printNumber(row.number)}
        </Link>{" "}
        <StateChip matter={row} /> {formatDay(localDate(row.registeredAt), currentLocale())}
      </span>
      <span>{row.text}</span>
      <span className="desk-lead">{row.place ?? "—"}</span>
    </span>
  );
}
