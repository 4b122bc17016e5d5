import { useMutation } from "@tanstack/react-query";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Select, Upload } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, queryClient } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { Card, Page } from "../shell/Page.tsx";
import { useFailureSentence } from "../shell/Problem.tsx";
import { currentLocale } from "../shell/language.ts";
import { useSession } from "../shell/session.tsx";
import { sendList } from "./send-list.ts";
import { labelKey, usePropertyLabels, usePropertyWords } from "./words.ts";

/** A list into the station's items: all of it or nothing. */
export function ImportScreen() {
  const words = usePropertyWords();
  const { stations } = useSession();
  const [stationId, setStationId] = useState(stations[0]?.id ?? "");
  const sentence = useFailureSentence();
  const sending = useMutation({
    mutationFn: (file: File) => sendList(file, stationId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.property.key() }),
  });
  return (
    <Page
      title={words("import.title")}
      lead={words("import.lead")}
      back={{ to: "/property", label: words("title") }}
    >
      <Card>
        <div className="desk-stack">
          {stations.length > 1 && (
            <Field label={words("import.station")}>
              {(id) => (
                <Select
                  id={id}
                  value={stationId}
                  onChange={setStationId}
                  options={stations.map((one) => ({
                    value: one.id,
                    label: currentLocale() === "en" ? one.nameEn : one.name,
                  }))}
                />
              )}
            </Field>
          )}
          <div className="desk-notice" data-tone="ended">
            <strong>{words("import.columns_title")}</strong>
            <p>{words("import.columns")}</p>
          </div>
          <div className="desk-notice" data-tone="alarm">
            <strong>{words("import.never_title")}</strong>
            <p>{words("import.never")}</p>
          </div>
          <Upload.Dragger
            accept=".csv,.txt,.xlsx,text/csv"
            maxCount={1}
            showUploadList={false}
            disabled={sending.isPending}
            beforeUpload={(file) => {
              sending.mutate(file);
              return false;
            }}
          >
            <p>
              <Icon name="upload" size={2} />
            </p>
            <p>{words(sending.isPending ? "import.sending" : "import.choose")}</p>
          </Upload.Dragger>
          {sending.isError && (
            <div className="desk-problem" role="alert">
              <p className="desk-problem-title">{words("import.refused")}</p>
              <p>{sentence(sending.error)}</p>
            </div>
          )}
          {sending.data !== undefined && <Outcome {...sending.data} />}
        </div>
      </Card>
    </Page>
  );
}

function Outcome({ added, known, problems }: Awaited<ReturnType<typeof sendList>>) {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  if (problems.length > 0) {
    return (
      <div className="desk-problem" role="alert">
        <p className="desk-problem-title">{words("import.refused")}</p>
        <p>{words("import.bad")}</p>
        <ul>
          {problems.map(({ row, field }) => (
            <li key={`${row}/${field}`}>
              {words("import.bad_row", { row, field: labels(labelKey("field", field)) })}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="desk-notice" data-tone="met" role="status">
      <p>
        {words("import.done", { added })} {known > 0 && words("import.known", { known })}
      </p>
      <Link to="/property">{words("import.to_list")}</Link>
    </div>
  );
}
