import { useQuery } from "@tanstack/react-query";
import { IMPORT_FIELDS, type ImportField } from "@wanjia/domain/places/import";
import { DIVISION_FIELDS } from "@wanjia/domain/places/import-divisions";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Progress, Radio, Select, Upload } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { useUnits } from "../organisation/data.ts";
import { api, API_URL, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatCount } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem, Problem, useFailureSentence } from "../shell/Problem.tsx";
import { useShellWords } from "../shell/words.ts";
import { uploadFile } from "./upload.ts";
import {
  fileColumns,
  fileSize,
  importPercent,
  importStep,
  rowsWithProblems,
  withColumn,
  type Mapping,
} from "./view-model.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";
import "./import.css";

type Import = Awaited<ReturnType<typeof client.places.import>>;
type Area = { stationId?: string; beatId?: string };

const POLL_MS = 1000;
const PREVIEW_WAIT_MS = 300;

function ImportPage({ lead, children }: { lead?: string; children: ReactNode }) {
  const words = usePlaceWords();
  return (
    <Page
      title={words("wizard.title")}
      back={{ to: "/imports", label: words("imports.title") }}
      {...(lead ? { lead } : {})}
    >
      {children}
    </Page>
  );
}

/** `/imports/new`: the file is looked at before anything of it is kept. */
export function NewImportScreen() {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const sentence = useFailureSentence();
  const [kind, setKind] = useState<"addresses" | "divisions">("addresses");
  const [percent, setPercent] = useState<number>();
  const [error, setError] = useState<unknown>();
  const send = async (file: File) => {
    setError(undefined);
    setPercent(0);
    try {
      const { id } = await uploadFile(file, kind, setPercent);
      await queryClient.invalidateQueries({ queryKey: api.places.imports.key() });
      await navigate(`/imports/${id}`);
    } catch (caught) {
      setError(caught);
    } finally {
      setPercent(undefined);
    }
  };
  const failure = error ? readFailure(error) : undefined;
  const column = failure?.kind === "refused" ? failure.params["column"] : undefined;
  return (
    <ImportPage lead={words("imports.lead")}>
      <Card title={words("wizard.choose_title")}>
        <div className="desk-stack import-narrow">
          <Radio.Group
            aria-label={words("imports.kind")}
            value={kind}
            options={(["addresses", "divisions"] as const).map((value) => ({
              value,
              label: words(`imports.kinds.${value}`),
            }))}
            onChange={(event) => setKind(event.target.value as "addresses" | "divisions")}
          />
          {failure && (
            <div className="desk-problem" role="alert">
              <p className="desk-problem-title">{words("wizard.refused_title")}</p>
              {column !== undefined && (
                <p>
                  <strong>{words("wizard.refused_column", { column })}</strong>
                </p>
              )}
              <p>{sentence(error)}</p>
            </div>
          )}
          {percent === undefined ? (
            <Upload.Dragger
              accept=".csv,.txt,.xlsx,text/csv"
              maxCount={1}
              showUploadList={false}
              beforeUpload={(file) => {
                void send(file);
                return false;
              }}
            >
              <p>
                <Icon name="upload" size={2} />
              </p>
              <p>{words("wizard.drop")}</p>
              <p className="desk-lead">{words("wizard.drop_hint")}</p>
            </Upload.Dragger>
          ) : (
            <div role="status">
              <p>{words("wizard.uploading", { percent })}</p>
              <Progress
                percent={percent}
                showInfo={false}
                aria-label={words("wizard.progress_label")}
              />
            </div>
          )}
          <div className="desk-notice" data-tone="ended">
            <strong>{words("wizard.never_title")}</strong>
            <p>{words("wizard.never")}</p>
          </div>
        </div>
      </Card>
    </ImportPage>
  );
}

/** `/imports/:id`, wherever it stands. */
export function ImportScreen() {
  const { id = "" } = useParams();
  const shell = useShellWords();
  const found = useQuery(
    api.places.import.queryOptions({
      input: { id },
      staleTime: 0,
      refetchInterval: (query) =>
        query.state.data && importStep(query.state.data.state) === "progress" ? POLL_MS : false,
    }),
  );
  if (found.isError && !found.data) {
    return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) {
    return (
      <p className="desk-waiting" role="status">
        {shell("list.loading")}
      </p>
    );
  }
  const task = found.data;
  return (
    <ImportPage lead={`${task.fileName} · ${fileSize(task.bytes)}`}>
      <ImportBody task={task} onStarted={() => void found.refetch()} />
    </ImportPage>
  );
}

function ImportBody({ task, onStarted }: { task: Import; onStarted: () => void }) {
  switch (importStep(task.state)) {
    case "mapping":
      return <MappingStep task={task} onStarted={onStarted} />;
    case "progress":
      return <ProgressStep task={task} />;
    case "done":
      return <DoneStep task={task} />;
    case "refused":
    case "failed":
      return <RefusedStep task={task} />;
  }
}

function useFieldName(): (field: string) => string {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  return (field) => {
    if (IMPORT_FIELDS.some((known) => known === field)) {
      return labels(`importField.${field as ImportField}`);
    }
    const key =
      `wizard.field_of.${field}` as `wizard.field_of.${keyof typeof zhCN.wizard.field_of}`;
    const said = words(key);
    return said === key ? field : said;
  };
}

function useProblemName(): (code: string) => string {
  const labels = usePlaceLabels();
  return (code) => {
    const said = labels(`importProblem.${code}` as "importProblem.address-empty");
    return said === `importProblem.${code}` ? code : said;
  };
}

function MappingStep({ task, onStarted }: { task: Import; onStarted: () => void }) {
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
      <div
        className="desk-table-frame import-preview"
        tabIndex={0}
        role="region"
        aria-label={words("wizard.preview_lead", { count: rows.length })}
      >
        <table className="desk-table">
          <thead>
            <tr>
              <th scope="col" data-align="right">
                {words("wizard.row")}
              </th>
              <th scope="col">{words("field.kind")}</th>
              <th scope="col">{words("field.address")}</th>
              <th scope="col">{words("wizard.problem")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row} data-bad={row.problems.length > 0 || undefined}>
                <td data-align="right">{row.row}</td>
                <td>{row.kind ? labels(`kind.${row.kind}`) : ""}</td>
                <td>{row.fullText}</td>
                <td>
                  {row.problems
                    .map(({ field, code }) => `${fieldName(field)}：${problemName(code)}`)
                    .join("；")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function ProgressStep({ task }: { task: Import }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  const locale = currentLocale();
  return (
    <Card title={labels(`importState.${task.state}`)}>
      <div className="desk-stack import-narrow" role="status">
        <Progress percent={importPercent(task)} aria-label={words("wizard.progress_label")} />
        <p>{words("wizard.progress", { rows: formatCount(task.rowsRead, locale) })}</p>
        <p className="desk-lead">{words("wizard.leave")}</p>
      </div>
    </Card>
  );
}

function DoneStep({ task }: { task: Import }) {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const locale = currentLocale();
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: api.organisation.key() });
  }, []);
  return (
    <Card title={words("wizard.done_title")}>
      <div className="desk-stack">
        {task.result && (
          <Facts
            items={(["added", "changed", "unchanged", "repeated", "derived"] as const).map(
              (kind) => ({
                label: words(`wizard.done.${kind}`),
                value: `${formatCount(task.result?.[kind] ?? 0, locale)} ${words("wizard.done_unit")}`,
              }),
            )}
          />
        )}
        <div className="desk-actions">
          <Button
            type="primary"
            onClick={() =>
              void navigate(task.kind === "divisions" ? "/places/divisions" : "/places")
            }
          >
            {words("wizard.see")}
          </Button>
          <Button onClick={() => void navigate("/imports/new")}>{words("wizard.again")}</Button>
        </div>
      </div>
    </Card>
  );
}

function RefusedStep({ task }: { task: Import }) {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const fieldName = useFieldName();
  const problemName = useProblemName();
  const locale = currentLocale();
  const refused = task.state === "refused";
  return (
    <Card>
      <div className="desk-stack">
        <div className="desk-problem" role="alert">
          <p className="desk-problem-title">
            {refused
              ? words("wizard.refused", { count: formatCount(task.problems, locale) })
              : words("wizard.failed")}
          </p>
          <p>{words(refused ? "wizard.refused_hint" : "wizard.failed_hint")}</p>
        </div>
        <div className="desk-actions">
          {task.problems > 0 && (
            <Button
              type="primary"
              href={`${API_URL}/places/imports/${task.id}/problems.csv`}
              download
              icon={<Icon name="download" size={1} />}
            >
              {words("wizard.report")}
            </Button>
          )}
          <Button onClick={() => void navigate("/imports/new")}>
            {words("wizard.other_file")}
          </Button>
        </div>
        {task.firstProblems.length > 0 && (
          <>
            <h2>{words("wizard.first", { count: task.firstProblems.length })}</h2>
            <div
              className="desk-table-frame"
              tabIndex={0}
              role="region"
              aria-label={words("imports.problems")}
            >
              <table className="desk-table">
                <thead>
                  <tr>
                    <th scope="col" data-align="right">
                      {words("wizard.row")}
                    </th>
                    <th scope="col">{words("wizard.column")}</th>
                    <th scope="col">{words("wizard.problem")}</th>
                  </tr>
                </thead>
                <tbody>
                  {task.firstProblems.map(({ row, field, code }) => (
                    <tr key={`${row} ${field} ${code}`}>
                      <td data-align="right">{row}</td>
                      <td>{fieldName(field)}</td>
                      <td>{problemName(code)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
