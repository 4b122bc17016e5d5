import { useQuery } from "@tanstack/react-query";
import type { RoutingRuleRow, RoutingTableRow, RoutingTrial } from "@wanjia/contract/routing";
import { mayEditRouting } from "@wanjia/domain/routing/policy";
import { App, Button, Segmented } from "antd";
import { useMemo, useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { type Column, DataTable } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { localSource } from "../shell/local-source.ts";
import { Card, Page } from "../shell/Page.tsx";
import { useFailureSentence } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { Gaps } from "./Gaps.tsx";
import { RuleFields } from "./RuleFields.tsx";
import { useConditions, useTally, useTarget } from "./sayings.ts";
import { Trial } from "./Trial.tsx";
import { ruleInput, type RuleValues, ruleValues } from "./view-model.ts";
import { useRoutingWords } from "./words.ts";
import "./routing.css";

const refresh = () => queryClient.invalidateQueries({ queryKey: api.routing.key() });

/** Who is responsible for what, where: the table that is on, and the one that is being written. */
export function RoutingScreen() {
  const words = useRoutingWords();
  const tables = useQuery(api.routing.tables.queryOptions());
  return (
    <Page title={words("title")} lead={words("lead")}>
      <Loaded query={tables}>{(data) => <Tables {...data} />}</Loaded>
    </Page>
  );
}

type Answer = Awaited<ReturnType<typeof client.routing.tables>>;

function Tables({ on, draft, before }: Answer) {
  const words = useRoutingWords();
  const locale = currentLocale();
  const edits = mayEditRouting(useSession().role);
  const [chosen, choose] = useState<"draft" | "on">("draft");
  const [trial, setTrial] = useState<RoutingTrial>();
  const [editing, setEditing] = useState<RoutingRuleRow | "new">();
  const shown = (chosen === "draft" ? (draft ?? on) : on) ?? null;
  const isDraft = draft !== null && shown === draft;
  return (
    <>
      <Card>
        <p>
          {on === null || on.onAt === null
            ? words("state.none")
            : words("state.on", {
                version: on.version,
                when: formatInstant(on.onAt, locale),
                count: on.rules.length,
              })}
        </p>
        {draft !== null && <Draft draft={draft} edits={edits} onTried={setTrial} />}
        {before.length > 0 && (
          <p className="desk-lead">
            {words("state.before", {
              versions: before
                .map(({ version, onAt }) =>
                  words("state.before_one", { version, when: formatInstant(onAt, locale) }),
                )
                .join(" · "),
            })}
          </p>
        )}
      </Card>
      {draft !== null && trial !== undefined && <Trial trial={trial} />}
      {draft !== null && on !== null && (
        <Segmented
          aria-label={words("show.label")}
          value={chosen}
          onChange={choose}
          options={[
            { value: "draft", label: words("show.draft") },
            { value: "on", label: words("show.on") },
          ]}
        />
      )}
      <Rules
        table={shown}
        onAdd={edits ? () => setEditing("new") : null}
        onOpen={edits && (isDraft || draft === null) ? setEditing : null}
      />
      <Gaps rules={shown?.rules ?? []} />
      {editing !== undefined && (
        <RuleForm
          rule={editing === "new" ? null : editing}
          onClose={() => setEditing(undefined)}
          onChanged={() => {
            setTrial(undefined);
            choose("draft");
          }}
        />
      )}
    </>
  );
}

/** What a draft is for: it is tried, looked at, switched on or given up. */
function Draft({
  draft,
  edits,
  onTried,
}: {
  draft: RoutingTableRow;
  edits: boolean;
  onTried: (trial: RoutingTrial | undefined) => void;
}) {
  const words = useRoutingWords();
  const tallied = useTally();
  const { message, modal } = App.useApp();
  const sentence = useFailureSentence();
  const { version, tried } = draft;
  const tryOut = async () => {
    try {
      onTried(await client.routing.tryOut());
    } catch (error) {
      message.error(sentence(error));
    }
    await refresh();
  };
  const ask = (what: "on" | "discard", act: () => Promise<unknown>, said: string) =>
    modal.confirm({
      title: words(`act.${what}_ask`, { version }),
      content: words(`act.${what}_hint`),
      okText: words(`act.${what}`),
      onOk: async () => {
        try {
          await act();
          onTried(undefined);
          message.success(said);
        } catch (error) {
          message.error(sentence(error));
        }
        await refresh();
      },
    });
  return (
    <>
      <p>{words("state.draft", { version })}</p>
      {tried !== null && (
        <p>
          {words("trial.tried", {
            when: formatInstant(tried.at, currentLocale()),
            tally: tallied(tried.tally),
          })}
        </p>
      )}
      {edits && (
        <div className="desk-actions">
          <Button type={tried === null ? "primary" : "default"} onClick={() => void tryOut()}>
            {words("act.try")}
          </Button>
          <Button
            type={tried === null ? "default" : "primary"}
            disabled={tried === null}
            onClick={() =>
              ask("on", () => client.routing.switchOn(), words("act.on_done", { version }))
            }
          >
            {words("act.on")}
          </Button>
          <Button
            danger
            onClick={() => ask("discard", () => client.routing.discard(), words("act.discarded"))}
          >
            {words("act.discard")}
          </Button>
        </div>
      )}
    </>
  );
}

function Rules({
  table,
  onAdd,
  onOpen,
}: {
  table: RoutingTableRow | null;
  onAdd: (() => void) | null;
  onOpen: ((rule: RoutingRuleRow) => void) | null;
}) {
  const words = useRoutingWords();
  const conditions = useConditions();
  const target = useTarget();
  const columns = useMemo(
    () =>
      [
        {
          key: "number",
          title: words("rule"),
          width: 110,
          render: ({ number }) => words("number", { number }),
        },
        { key: "when", title: words("where"), phone: "title", render: conditions },
        { key: "to", title: words("to"), render: (rule) => target(rule.target) },
        { key: "basis", title: words("basis"), render: ({ basis }) => basis || "—" },
      ] satisfies Column<RoutingRuleRow>[],
    [words, conditions, target],
  );
  const source = useMemo(() => {
    const rules = table?.rules ?? [];
    return localSource<RoutingRuleRow>(["routing-rules", JSON.stringify(rules)], {
      load: () => Promise.resolve(rules),
      text: (rule) => `${conditions(rule)} ${target(rule.target)} ${rule.basis}`,
    });
  }, [table, conditions, target]);
  const add = onAdd && <Button onClick={onAdd}>{words("add")}</Button>;
  return (
    <DataTable
      label={words("title")}
      columns={columns}
      filters={[{ kind: "text", name: "q", label: words("search") }]}
      source={source}
      rowKey={({ number }) => String(number)}
      {...(onOpen ? { onOpen } : {})}
      actions={add}
      empty={{ title: words("empty"), hint: words("empty_hint") }}
    />
  );
}

function RuleForm({
  rule,
  onClose,
  onChanged,
}: {
  rule: RoutingRuleRow | null;
  onClose: () => void;
  onChanged: () => void;
}) {
  const words = useRoutingWords();
  const { message } = App.useApp();
  const sentence = useFailureSentence();
  const done = async (said: string) => {
    onChanged();
    await refresh();
    message.success(said);
  };
  const remove = async (number: number) => {
    try {
      await client.routing.removeRule({ number });
    } catch (error) {
      message.error(sentence(error));
      return;
    }
    onClose();
    await done(words("form.removed"));
  };
  return (
    <FormDrawer<RuleValues>
      title={rule === null ? words("form.new") : words("form.edit", { number: rule.number })}
      hint={words("form.hint")}
      submit={words("form.save")}
      initial={rule === null ? { to: "partner" } : ruleValues(rule)}
      onClose={onClose}
      onSubmit={async (values) => {
        await client.routing.saveRule(ruleInput(rule?.number ?? null, values));
        await done(words("form.saved"));
      }}
    >
      {rule !== null && (
        <p>
          <Button danger onClick={() => void remove(rule.number)}>
            {words("form.remove")}
          </Button>
        </p>
      )}
      <RuleFields />
    </FormDrawer>
  );
}
