import { mayManageOrganisation } from "@wanjia/domain/organisation/policy";
import { App, Button } from "antd";
import { useState, type ReactNode } from "react";
import { DataTable, type Column, type Filter } from "../shell/DataTable.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import type { localSource } from "../shell/local-source.ts";
import { newId } from "../shell/new-id.ts";
import { useSession } from "../shell/session.tsx";
import { organisationChanged } from "./data.ts";
import { OrganisationPage } from "./OrganisationPage.tsx";

/** A list of the organisation whose rows are added and changed in a drawer beside it. */
export function UnitList<Row extends { readonly id: string }, Values extends object>({
  label,
  columns,
  filters,
  source,
  says,
  initial,
  save,
  children,
}: {
  label: string;
  columns: readonly Column<Row>[];
  filters: readonly Filter[];
  source: ReturnType<typeof localSource<Row>>;
  /** Its words: the verbs for a new row and a known one, what an empty list and a saved row say. */
  says: { add: string; edit: string; empty: string; emptyHint: string; saved: string };
  initial: (row: Row | undefined) => Partial<Values>;
  /** `before` is the row as it was; a new one has none. */
  save: (values: Values, id: string, before: Row | undefined) => Promise<unknown>;
  /** The fields of the drawer. */
  children: ReactNode;
}) {
  const { message } = App.useApp();
  const manages = mayManageOrganisation(useSession().role);
  const [editing, setEditing] = useState<{ row: Row | undefined }>();
  const row = editing?.row;
  const title = row ? says.edit : says.add;
  const add = manages && (
    <Button type="primary" onClick={() => setEditing({ row: undefined })}>
      {says.add}
    </Button>
  );
  return (
    <OrganisationPage actions={add}>
      <DataTable
        label={label}
        columns={columns}
        filters={filters}
        source={source}
        rowKey={({ id }) => id}
        {...(manages ? { onOpen: (opened: Row) => setEditing({ row: opened }) } : {})}
        empty={{ title: says.empty, hint: says.emptyHint, action: add }}
      />
      {editing && (
        <FormDrawer<Values>
          title={title}
          submit={title}
          initial={initial(row)}
          onClose={() => setEditing(undefined)}
          onSubmit={async (values) => {
            await save(values, row?.id ?? newId(), row);
            await organisationChanged();
            message.success(says.saved);
          }}
        >
          {children}
        </FormDrawer>
      )}
    </OrganisationPage>
  );
}
