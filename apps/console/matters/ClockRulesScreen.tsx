import type { ClockRuleRow } from "@wanjia/contract/clock-rules";
import { CLOCK_SUBJECTS } from "@wanjia/domain/matters/clocks";
import { mayEditClockRules } from "@wanjia/domain/matters/policy";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { client, queryClient } from "../shell/api.ts";
import { type Column, DataTable } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { WorkdaysCard } from "../workdays/WorkdaysCard.tsx";
import { ClockRuleFields } from "./ClockRuleFields.tsx";
import { labelKey, useMatterLabels } from "./labels.ts";
import {
  type Limit,
  limitsOf,
  ruleDraft,
  ruleKey,
  type RuleValues,
  ruleValues,
} from "./view-model.ts";
import { useMatterWords } from "./words.ts";
import "./matters.css";

const KEY = ["matters", "clock-rule-list"] as const;

/** Every time limit: how long, by what text, what it allows, and what is going to change. */
export function ClockRulesScreen() {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const { message } = App.useApp();
  const edits = mayEditClockRules(useSession().role);
  const [editing, setEditing] = useState<Limit>();
  const source = useSource();
  const columns = useColumns();
  const done = async (say: string) => {
    await queryClient.invalidateQueries({ queryKey: [KEY] });
    message.success(say);
  };
  return (
    <Page title={words("rules.title")} lead={words("rules.lead")}>
      <WorkdaysCard />
      <DataTable
        label={words("rules.title")}
        columns={columns}
        filters={[
          { kind: "text", name: "q", label: words("rules.search") },
          {
            kind: "choice",
            name: "subject",
            label: words("rules.subject"),
            options: CLOCK_SUBJECTS.map((value) => ({
              value,
              label: labels(`clockSubject.${value}`),
            })),
          },
        ]}
        source={source}
        rowKey={({ id }) => id}
        {...(edits ? { onOpen: setEditing } : {})}
        empty={{ title: words("rules.empty"), hint: words("rules.empty_hint") }}
      />
      {editing && (
        <FormDrawer<RuleValues>
          title={labels(labelKey("clockRule", ruleKey(editing.id)))}
          hint={words("rules.hint")}
          submit={words("rules.new_version")}
          initial={ruleValues(editing)}
          onClose={() => setEditing(undefined)}
          onSubmit={async (values) => {
            const saved = await client.matters.saveClockRule(ruleDraft(editing, values));
            await done(words("rules.saved", { day: formatDay(saved.from, currentLocale()) }));
          }}
        >
          {editing.planned !== null && (
            <Withdraw
              rule={editing.planned}
              onDone={async () => {
                setEditing(undefined);
                await done(words("rules.withdrawn"));
              }}
            />
          )}
          <ClockRuleFields rule={editing.now} />
        </FormDrawer>
      )}
    </Page>
  );
}

function useSource() {
  const labels = useMatterLabels();
  return useMemo(
    () =>
      localSource<Limit>(KEY, {
        load: async () => {
          const answer = await client.matters.clockRules();
          return limitsOf(answer.items, answer.today);
        },
        text: ({ id, now }) => `${labels(labelKey("clockRule", ruleKey(id)))} ${now.source}`,
        filters: { subject: ({ now }, value) => now.subject === value },
      }),
    [labels],
  );
}

function Withdraw({ rule, onDone }: { rule: ClockRuleRow; onDone: () => Promise<void> }) {
  const words = useMatterWords();
  const { id, version } = rule;
  return (
    <p>
      <Button
        danger
        onClick={() => void client.matters.withdrawClockRule({ id, version }).then(onDone)}
      >
        {words("rules.withdraw")}
      </Button>
    </p>
  );
}

/** What may be long: as much of it as the column holds, the whole for the mouse that rests on it. */
function Cut({ text }: { text: string }) {
  return (
    <span className="matter-cut" title={text}>
      {text}
    </span>
  );
}

function useColumns(): readonly Column<Limit>[] {
  const words = useMatterWords();
  const labels = useMatterLabels();
  const organisation = useOrganisationLabels();
  return useMemo(() => {
    const locale = currentLocale();
    const length = ({ unit, amount }: Pick<ClockRuleRow, "unit" | "amount">) =>
      labels(`clockUnit.${unit}`, { amount, count: amount });
    return [
      {
        key: "rule",
        title: words("rules.rule"),
        phone: "title",
        render: ({ id, now }) => (
          <>
            {labels(labelKey("clockRule", ruleKey(id)))}
            {now.reference && <span className="matter-aside">{words("rules.reference")}</span>}
          </>
        ),
      },
      {
        key: "amount",
        title: words("rules.amount"),
        width: 190,
        render: ({ now, planned }) => (
          <>
            {length(now)}
            {planned !== null && (
              <span className="matter-aside">
                {words("rules.planned", {
                  day: formatDay(planned.from, locale),
                  amount: length(planned),
                })}
              </span>
            )}
          </>
        ),
      },
      {
        key: "source",
        title: words("rules.source"),
        render: ({ now }) => <Cut text={`${labels(`clockBasis.${now.basis}`)} · ${now.source}`} />,
      },
      {
        key: "pauses",
        title: words("rules.pauses"),
        phone: "hidden",
        render: ({ now }) => (
          <Cut
            text={
              now.pauses.length === 0
                ? words("rules.none")
                : now.pauses.map((reason) => labels(`pause.${reason}`)).join(listComma())
            }
          />
        ),
      },
      {
        key: "extension",
        title: words("rules.extension"),
        width: 170,
        phone: "hidden",
        render: ({ now: { extension } }) => (
          <Cut
            text={
              extension === null
                ? words("rules.none")
                : `${length(extension)}${words("rules.extension_by", {
                    who: extension.by.map((role) => organisation(`role.${role}`)).join(listComma()),
                  })}`
            }
          />
        ),
      },
      {
        key: "from",
        title: words("rules.from"),
        width: 130,
        render: ({ now }) => now.from,
      },
    ] satisfies Column<Limit>[];
  }, [words, labels, organisation]);
}
