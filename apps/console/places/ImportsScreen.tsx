import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import type { Tone } from "@wanjia/ui/theme/tokens";
import { Button } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { client } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatCount, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { Page } from "../shell/Page.tsx";
import { importStep, type ImportStep } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

type Row = Awaited<ReturnType<typeof client.places.imports>>["items"][number];

const TONES: Readonly<Record<ImportStep, Tone>> = {
  mapping: "again",
  progress: "primary",
  done: "met",
  refused: "ended",
  failed: "alarm",
};

const source = localSource<Row>(["places", "import-list"], {
  load: async () => (await client.places.imports({})).items,
  text: (row) => row.fileName,
  sorts: { createdAt: (row) => row.createdAt },
});

export function ImportsScreen() {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const navigate = useNavigate();
  const locale = currentLocale();
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "file",
        title: words("imports.file"),
        phone: "title",
        render: (row) => row.fileName,
      },
      {
        key: "kind",
        title: words("imports.kind"),
        render: (row) => words(`imports.kinds.${row.kind}`),
      },
      {
        key: "state",
        title: words("imports.state"),
        render: (row) => (
          <StatusChip tone={TONES[importStep(row.state)]}>
            {labels(`importState.${row.state}`)}
          </StatusChip>
        ),
      },
      {
        key: "rows",
        title: words("imports.rows"),
        align: "right",
        render: (row) => formatCount(row.rowsRead, locale),
      },
      {
        key: "problems",
        title: words("imports.problems"),
        align: "right",
        render: (row) => formatCount(row.problems, locale),
      },
      {
        key: "createdAt",
        title: words("imports.created"),
        sortable: true,
        render: (row) => formatInstant(row.createdAt, locale),
      },
    ],
    [words, labels, locale],
  );
  const add = (
    <Button type="primary" onClick={() => void navigate("/imports/new")}>
      {words("imports.new")}
    </Button>
  );
  return (
    <Page title={words("imports.title")} lead={words("imports.lead")} actions={add}>
      <DataTable
        label={words("imports.title")}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowHref={(row) => `/imports/${row.id}`}
        defaultSort="-createdAt"
        empty={{ title: words("imports.empty"), hint: words("imports.empty_hint"), action: add }}
      />
    </Page>
  );
}
