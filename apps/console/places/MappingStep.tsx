import { useQuery } from "@tanstack/react-query";
import { IMPORT_FIELDS } from "@wanjia/domain/places/import-columns";
import { DIVISION_FIELDS } from "@wanjia/domain/places/import-divisions";
import { Button, Select } from "antd";
import { useEffect, useState } from "react";
import { useUnits } from "../organisation/data.ts";
import { api, client } from "../shell/api.ts";
import { Card } from "../shell/Page.tsx";
import { FormProblem, Problem } from "../shell/Problem.tsx";
import { FileRows, useFieldName, useProblemName, type Import } from "./import-parts.tsx";
import { fileColumns, fileSize, rowsWithProblems, withColumn, type Mapping } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";
import { listBreak, withName } from "../shell/language.ts";

type Area = { stationId?: string; beatId?: string };

const PREVIEW_WAIT_MS = 300;

/** What each column holds, what then becomes of the first rows, and the start. */
export function MappingStep({ task, onStarted }: { task: Import; onStarted: () => void }) {
  const words = usePlaceWords();
  const units = useUnits();
  const fieldName = useFieldName();
  const [mapping, setMapping] = useState<Mapping>(task.mapping);
  const [area, setArea] = useState<Area>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const fields: readonly string[] = task.kind === "divisions" ? DIVISION_FIELDS : IMPORT_FIELDS;
  const options = fields.map((field) => ({ value: field, label: fieldName(field) }));
  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await client.places.startImport({ id: task.id, mapping: { ...mapping }, ...area });
      onStarted();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Card title={words("wizard.mapping_title")}>
        <p className="desk-lead">{words("wizard.mapping_lead")}</p>
        <ul className="import-columns">
          {fileColumns(task.header, task.sample, mapping).map((column) => (
            <li key={column.index}>
              <div>
                <strong id={`column-${column.index}`}>{column.header}</strong>
                <div className="desk-lead import-sample">{column.samples.join(" · ") || "—"}</div>
              </div>
              <Select
                aria-labelledby={`column-${column.index}`}
                allowClear
                showSearch={{ optionFilterProp: "label" }}
                placeholder={words("wizard.skip")}
                value={column.field ?? null}
                options={options}
                onChange={(field: string | null | undefined) =>
                  setMapping(withColumn(mapping, column.index, field ?? undefined))
                }
              />
            </li>
          ))}
        </ul>
      </Card>
      {task.kind === "addresses" && (
        <Card title={words("wizard.default_title")}>
          <p className="desk-lead">{words("wizard.default_lead")}</p>
          <div className="desk-actions">
            <Select
              className="desk-filter"
              aria-label={words("field.station")}
              placeholder={words("field.station")}
              allowClear
              popupMatchSelectWidth={false}
              value={area.stationId ?? null}
              options={units.stationOptions}
              onChange={(stationId: string | null | undefined) =>
                setArea(stationId ? { stationId } : {})
              }
            />
            <Select
              className="desk-filter"
              aria-label={words("field.beat")}
              placeholder={words("field.beat")}
              allowClear
              popupMatchSelectWidth={false}
              value={area.beatId ?? null}
              options={units.beats
                .filter((beat) => area.stationId === undefined || beat.stationId === area.stationId)
                .map((beat) => ({ value: beat.id, label: units.beatName(beat.id) }))}
              onChange={(beatId: string | null | undefined) => {
                const { beatId: _before, ...rest } = area;
                setArea(beatId ? { ...rest, beatId } : rest);
              }}
            />
          </div>
        </Card>
      )}
      <Preview id={task.id} mapping={mapping} area={area} />
      <FormProblem error={error} />
      <div className="desk-actions">
        <Button type="primary" loading={busy} onClick={() => void start()}>
          {words("wizard.start")}
        </Button>
        <span className="desk-lead">
          {words("wizard.start_hint", { size: fileSize(task.bytes) })}
        </span>
      </div>
    </>
  );
}

function Preview({ id, mapping, area }: { id: string; mapping: Mapping; area: Area }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const fieldName = useFieldName();
  const problemName = useProblemName();
  const [asked, setAsked] = useState({ mapping, area });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ mapping, area }), PREVIEW_WAIT_MS);
    return () => clearTimeout(timer);
  }, [mapping, area]);
  const found = useQuery(
    api.places.previewImport.queryOptions({
      input: { id, mapping: { ...asked.mapping }, ...asked.area },
      placeholderData: (before) => before,
    }),
  );
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data?.rows ?? [];
  const bad = rowsWithProblems(rows);
  return (
    <Card title={words("wizard.preview_title")}>
      <p className="desk-lead" role="status">
        {words("wizard.preview_lead", { count: rows.length })}{" "}
        {rows.length > 0 &&
          (bad === 0 ? words("wizard.preview_good") : words("wizard.preview_bad", { count: bad }))}
      </p>
      <FileRows
        className="import-preview"
        label={words("wizard.preview_lead", { count: rows.length })}
        head={[
          words("wizard.row"),
          words("field.kind"),
          words("field.address"),
          words("wizard.problem"),
        ]}
      >
        {rows.map((row) => (
          <tr key={row.row} data-bad={row.problems.length > 0 || undefined}>
            <td data-align="right">{row.row}</td>
            <td>{row.kind ? labels(`kind.${row.kind}`) : ""}</td>
            <td>{row.fullText}</td>
            <td>
              {row.problems
                .map(({ field, code }) => withName(fieldName(field), problemName(code)))
                .join(listBreak())}
            </td>
          </tr>
        ))}
      </FileRows>
    </Card>
  );
}
