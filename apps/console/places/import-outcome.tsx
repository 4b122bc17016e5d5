import { columnOf } from "@wanjia/domain/places/import-columns";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button } from "antd";
import { useEffect } from "react";
import { useNavigate } from "react-router";
import { api, API_URL, queryClient } from "../shell/api.ts";
import { formatCount } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Facts } from "../shell/Page.tsx";
import { FileRows, useFieldName, useProblemName, type Import } from "./import-parts.tsx";
import { usePlaceWords } from "./words.ts";

export function DoneStep({ task }: { task: Import }) {
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

export function RefusedStep({ task }: { task: Import }) {
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
            <FileRows
              label={words("imports.problems")}
              head={[words("wizard.row"), words("wizard.column"), words("wizard.problem")]}
            >
              {task.firstProblems.map(({ row, field, code }) => (
                <tr key={`${row} ${field} ${code}`}>
                  <td data-align="right">{row}</td>
                  <td>{columnOf(task, field) ?? fieldName(field)}</td>
                  <td>{problemName(code)}</td>
                </tr>
              ))}
            </FileRows>
          </>
        )}
      </div>
    </Card>
  );
}
