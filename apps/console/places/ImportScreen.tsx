import { useQuery } from "@tanstack/react-query";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Radio, Upload } from "antd";
import { useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { api, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatCount } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Page } from "../shell/Page.tsx";
import { Problem, useFailureSentence } from "../shell/Problem.tsx";
import { useShellWords } from "../shell/words.ts";
import { DoneStep, RefusedStep } from "./import-outcome.tsx";
import { ImportProgress, type Import } from "./import-parts.tsx";
import { MappingStep } from "./MappingStep.tsx";
import { uploadFile } from "./upload.ts";
import { fileSize, importPercent, importStep } from "./view-model.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";
import "./import.css";

const POLL_MS = 1000;

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
            <ImportProgress percent={percent}>
              <p>{words("wizard.uploading", { percent })}</p>
            </ImportProgress>
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

function ProgressStep({ task }: { task: Import }) {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  return (
    <Card title={labels(`importState.${task.state}`)}>
      <ImportProgress percent={importPercent(task)} showNumber>
        <p>{words("wizard.progress", { rows: formatCount(task.rowsRead, currentLocale()) })}</p>
        <p className="desk-lead">{words("wizard.leave")}</p>
      </ImportProgress>
    </Card>
  );
}
