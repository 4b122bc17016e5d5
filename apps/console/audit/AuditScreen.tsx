import { ROLES } from "@wanjia/domain/organisation/terms";
import { Button, Drawer } from "antd";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { api, type client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Facts, Page } from "../shell/Page.tsx";
import type { MessageKey } from "../shell/messages.ts";
import { useNarrow } from "../shell/use-media.ts";
import { zhCN } from "./messages.zh-CN.ts";
import { auditInput, detailLines } from "./view-model.ts";
import { useAuditWords } from "./words.ts";

type Row = Awaited<ReturnType<typeof client.audit.list>>["items"][number];

/** Every action that the trail knows by name: `visit.recorded`. */
const ACTIONS = Object.entries(zhCN.action).flatMap(([subject, names]) =>
  Object.keys(names).map((name) => `${subject}.${name}`),
);

export function AuditScreen() {
  const words = useAuditWords();
  const labels = useOrganisationLabels();
  const narrow = useNarrow();
  const [open, setOpen] = useState<Row>();
  const [, setParams] = useSearchParams();
  const locale = currentLocale();
  const say = useMemo(
    () => ({
      actor: (row: Row) => row.actorName ?? words("system"),
      role: (row: Row) =>
        ROLES.some((role) => role === row.actorRole)
          ? labels(`role.${row.actorRole as (typeof ROLES)[number]}`)
          : words("system"),
      subject: (row: Row) => {
        const known = `subject.${row.subjectKind}` as `subject.${keyof typeof zhCN.subject}`;
        const said = words(known);
        return said === known ? row.subjectKind : said;
      },
      action: (code: string) => {
        const known = `action.${code}` as MessageKey<typeof zhCN>;
        const said = words(known);
        return said === known ? code : said;
      },
    }),
    [words, labels],
  );
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "at",
        title: words("field.at"),
        sortable: true,
        width: 210,
        phone: "title",
        render: (row) => formatInstant(row.at, locale),
      },
      { key: "actor", title: words("field.actor"), width: 130, render: say.actor },
      { key: "role", title: words("field.role"), width: 150, render: say.role },
      {
        key: "action",
        title: words("field.action"),
        width: 220,
        render: (row) => say.action(row.action),
      },
      { key: "subject", title: words("field.subject"), width: 130, render: say.subject },
      { key: "purpose", title: words("field.purpose"), render: (row) => row.purpose ?? "" },
    ],
    [words, say, locale],
  );
  return (
    <Page title={words("title")} lead={words("lead")}>
      <DataTable
        label={words("title")}
        columns={columns}
        filters={[
          {
            kind: "choice",
            name: "action",
            label: words("field.action"),
            options: ACTIONS.map((code) => ({ value: code, label: say.action(code) })),
          },
          { kind: "date", name: "from", label: words("field.from") },
          { kind: "date", name: "to", label: words("field.to") },
          {
            kind: "link",
            name: "subjectId",
            label: words("field.subject_id"),
            say: (value) => `…${value.slice(-8)}`,
          },
          {
            kind: "link",
            name: "actorId",
            label: words("field.actor"),
            say: (value) => `…${value.slice(-8)}`,
          },
        ]}
        source={api.audit.list}
        toInput={auditInput}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        defaultSort="-at"
        exportPath="/audit/export"
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
      <Drawer
        open={open !== undefined}
        title={words("details")}
        size={narrow ? "100%" : 440}
        onClose={() => setOpen(undefined)}
      >
        {open && (
          <div className="desk-form">
            <Facts
              items={[
                { label: words("field.at"), value: formatInstant(open.at, locale) },
                { label: words("field.actor"), value: `${say.actor(open)} · ${say.role(open)}` },
                {
                  label: words("field.action"),
                  value: (
                    <>
                      {say.action(open.action)}
                      <br />
                      <code>{open.action}</code>
                    </>
                  ),
                },
                {
                  label: words("field.subject"),
                  value: (
                    <>
                      {say.subject(open)}
                      <br />
                      <code>{open.subjectId}</code>
                    </>
                  ),
                },
                { label: words("field.purpose"), value: open.purpose ?? "—" },
                ...detailLines(open.detail).map(({ name, value }) => ({ label: name, value })),
              ]}
            />
            <div className="desk-actions">
              <Button
                onClick={() => {
                  setParams({ subjectId: open.subjectId });
                  setOpen(undefined);
                }}
              >
                {words("same_subject")}
              </Button>
              {open.actorId !== null && (
                <Button
                  onClick={() => {
                    setParams({ actorId: open.actorId ?? "" });
                    setOpen(undefined);
                  }}
                >
                  {words("same_actor")}
                </Button>
              )}
            </div>
          </div>
        )}
      </Drawer>
    </Page>
  );
}
