import { useQuery } from "@tanstack/react-query";
import {
  documentOf,
  type DocumentFill,
  FIELDS_OF,
  MEDIATION_DOCUMENTS,
  type MediationDocument,
} from "@wanjia/contract/mediation-documents";
import { matters as matterWords } from "@wanjia/contract/messages/matters.zh-CN";
import type { MediationDetail } from "@wanjia/contract/mediation";
import { Input } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { api } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { PaperPage } from "../shell/Paper.tsx";
import { labelKey, useMediationLabels } from "./labels.ts";
import { useMediationWords } from "./words.ts";
import "./mediation.css";

/** A paper of the case-file: what is typed beside it stands on it and is kept nowhere. */
export function DocumentScreen() {
  const { id = "", kind = "" } = useParams();
  const mediation = useQuery(api.mediation.get.queryOptions({ input: { id } }));
  const known = MEDIATION_DOCUMENTS.find((one) => one === kind);
  if (known === undefined) return <NotFound />;
  return <Loaded query={mediation}>{(found) => <Paper mediation={found} kind={known} />}</Loaded>;
}

function Paper({ mediation, kind }: { mediation: MediationDetail; kind: MediationDocument }) {
  const words = useMediationWords();
  const labels = useMediationLabels();
  const [fill, setFill] = useState<DocumentFill>({});
  const subtypes: Readonly<Record<string, string>> = matterWords.subtype.dispute;
  const blocks = documentOf(kind, mediation, fill, (one) => subtypes[one] ?? one);
  const name = labels(labelKey("document", kind));
  return (
    <PaperPage
      name={name}
      back={{ to: `/mediations/${mediation.id}`, label: words("title") }}
      file={`/mediations/${mediation.id}/documents/${kind}`}
      blocks={blocks}
      fill={{ fill }}
    >
      <section className="paper-fill" aria-label={words("documents.fill")}>
        <p className="desk-lead">
          {words(FIELDS_OF[kind].length === 0 ? "documents.nothing_to_fill" : "documents.not_kept")}
        </p>
        {FIELDS_OF[kind].map((field) => (
          <Field key={field} label={labels(labelKey("field", field))}>
            {(inputId) => (
              <Input.TextArea
                id={inputId}
                autoSize={{ minRows: 3, maxRows: 12 }}
                maxLength={3000}
                value={fill[field] ?? ""}
                onChange={({ target }) => setFill({ ...fill, [field]: target.value })}
              />
            )}
          </Field>
        ))}
      </section>
    </PaperPage>
  );
}
