import { printNumber } from "@wanjia/domain/matters/number";
import {
  mayCommand,
  mayExport,
  mayIssueReceipt,
  mayRaise,
  seesOnlyOwn,
} from "@wanjia/domain/matters/policy";
import type { WorkList } from "@wanjia/domain/matters/clock-terms";
import { MATTER_KINDS, MATTER_STATES } from "@wanjia/domain/matters/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { MatterRow } from "@wanjia/contract/matters";
import { useUnitFilters } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useNarrow, useRoomy } from "../shell/use-media.ts";
import { useSession } from "../shell/session.tsx";
import type { ListInput } from "../shell/url-state.ts";
import { labelKey, natureOf, useMatterLabels } from "./labels.ts";
import { NextDeadline, StateChip } from "./chips.tsx";
import { Found } from "./Found.tsx";
import { AssignForm } from "./AssignForm.tsx";
import { PaperForm } from "../intake/PaperForm.tsx";
import { RaiseForm } from "./RaiseForm.tsx";
import { WorkLinks } from "./WorkLinks.tsx";
import { listInput } from "./view-model.ts";
import { useMatterWords } from "./words.ts";

/** The ways into the list that only links from elsewhere use. */
const LINKS = ["placeId", "visitId", "campaignId", "handlerId", "subtype", "outcome"] as const;

export function MattersScreen() {
  const words = useMatterWords();
  const session = useSession();
  // The records behind a figure come in the order of its day (server/matters/read-model.ts).
  const [params] = useSearchParams();
  const ordered = ["dateOf", "work", "words"].some((name) => params.has(name));
  const columns = useColumns(!ordered, params.get("words") ?? "");
  const filters = useFilters();
  const { id } = session.member;
  const [raising, setRaising] = useState(false);
  const [typing, setTyping] = useState(false);
  const [handingOn, setHandingOn] = useState<readonly MatterRow[]>();
  const toInput = useCallback((input: ListInput) => listInput(input, id), [id]);
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        <>
          {!seesOnlyOwn(session.role) && <Link to="/hazards/lots">{words("lots.title")}</Link>}
          {mayIssueReceipt(session.role) && (
            <Button onClick={() => setTyping(true)}>{words("paper")}</Button>
          )}
          {mayRaise(session.role) && (
            <Button
              type="primary"
              icon={<Icon name="add" size={1} />}
              onClick={() => setRaising(true)}
            >
              {words("raise.title")}
            </Button>
          )}
        </>
      }
    >
      <WorkLinks />
      <DataTable
        label={words("title")}
        columns={columns}
        filters={filters}
        source={api.matters.list}
        toInput={toInput}
        rowKey={(row) => row.id}
        rowHref={(row) => `/matters/${row.id}`}
        {...(mayExport(session.role) ? { exportPath: "/matters/export" } : {})}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
        {...(mayCommand(session.role, "assign")
          ? {
              bulk: (chosen: readonly MatterRow[]) => (
                <Button onClick={() => setHandingOn(chosen)}>
                  {words("assign.many", { count: chosen.length })}
                </Button>
              ),
            }
          : {})}
      />
      {handingOn && <AssignForm matters={handingOn} onClose={() => setHandingOn(undefined)} />}
      {typing && <PaperForm errand="reopen" onClose={() => setTyping(false)} />}
      {raising && (
        <RaiseForm placeId={params.get("placeId") ?? undefined} onClose={() => setRaising(false)} />
      )}
    </Page>
  );
}

function useColumns(sortable: boolean, typed: string): readonly Column<MatterRow>[] {
  const labels = useMatterLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  const narrow = useNarrow();
  const roomy = useRoomy();
  return useMemo(() => {
    const all = [
      {
        key: "number",
        title: labels("column.number"),
        width: 112,
        phone: "line",
        render: (row) => <span className="matter-number">{printNumber(row.number)}</span>,
      },
      {
        key: "text",
        title: labels("column.text"),
        phone: "title",
        render: (row) => (
          <span className="matter-snippet">
            <Found text={row.text} typed={typed} />
          </span>
        ),
      },
      {
        key: "kind",
        title: labels("column.kind"),
        width: 172,
        render: (row) => {
          const nature = natureOf(labels, row);
          return (
            <span className="matter-nature" title={nature}>
              {nature}
            </span>
          );
        },
      },
      {
        key: "state",
        title: labels("column.state"),
        width: 150,
        render: (row) => <StateChip matter={row} />,
      },
      {
        key: "due",
        title: labels("column.due"),
        width: 184,
        sortable,
        render: (row) => <NextDeadline matter={row} now={now} />,
      },
      {
        key: "place",
        title: labels("column.place"),
        render: (row) => (
          <span className="matter-place">
            <Found text={row.place ?? "—"} typed={typed} />
          </span>
        ),
      },
      {
        key: "responsible",
        title: labels("column.responsible"),
        width: 80,
        render: (row) => row.responsibleName ?? "—",
      },
      {
        key: "registered",
        title: labels("column.registered"),
        width: 150,
        sortable,
        phone: "hidden",
        render: (row) => formatDay(localDate(row.registeredAt), locale, now),
      },
    ] satisfies Column<MatterRow>[];
    return narrow || roomy ? all : all.filter(({ key }) => key !== "registered");
  }, [labels, locale, now, sortable, typed, narrow, roomy]);
}

function useFilters(): readonly Filter[] {
  const labels = useMatterLabels();
  const words = useMatterWords();
  const units = useUnitFilters(words("filter.station"), words("filter.beat"));
  return useMemo(() => {
    const choice = (
      name: string,
      label: string,
      options: readonly { value: string; label: string }[],
    ): Filter => ({ kind: "choice", name, label, options });
    const say = () => words("filter.chosen");
    return [
      {
        kind: "text",
        name: "words",
        label: words("filter.words"),
        placeholder: words("filter.words_hint"),
      },
      { kind: "flag", name: "mine", label: words("filter.mine") },
      {
        kind: "link",
        name: "work",
        label: words("work.chosen"),
        say: (value) => words(`work.${value as WorkList}`),
      },
      choice(
        "progress",
        words("filter.progress"),
        (["open", "ended"] as const).map((value) => ({ value, label: words(`filter.${value}`) })),
      ),
      choice(
        "due",
        words("filter.due"),
        (["overdue", "today", "soon"] as const).map((value) => ({
          value,
          label: words(`filter.${value}`),
        })),
      ),
      choice(
        "kind",
        labels("column.kind"),
        MATTER_KINDS.map((value) => ({ value, label: labels(labelKey("kind", value)) })),
      ),
      choice(
        "state",
        labels("column.state"),
        MATTER_STATES.map((value) => ({ value, label: labels(labelKey("state", value)) })),
      ),
      ...units,
      { kind: "date", name: "from", label: words("filter.from") },
      { kind: "date", name: "to", label: words("filter.to") },
      {
        kind: "link",
        name: "dateOf",
        label: words("filter.date_of"),
        say: (value: string) => words(`filter.date_${value as "closed"}`),
      },
      ...LINKS.map((name): Filter => {
        const label = {
          placeId: words("filter.place"),
          visitId: words("filter.visit"),
          campaignId: words("filter.campaign"),
          handlerId: words("filter.handler"),
          subtype: labels("column.subtype"),
          outcome: labels("column.outcome"),
        }[name];
        return {
          kind: "link",
          name,
          label,
          say: name === "outcome" ? (value) => labels(labelKey("outcome", value)) : say,
        };
      }),
    ];
  }, [labels, words, units]);
}
