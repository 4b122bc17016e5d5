import { useQuery } from "@tanstack/react-query";
import {
  type Block,
  documentOf,
  type DocumentFill,
  FIELDS_OF,
  MEDIATION_DOCUMENTS,
  type MediationDocument,
} from "@wanjia/contract/mediation-documents";
import { matters as matterWords } from "@wanjia/contract/messages/matters.zh-CN";
import type { MediationDetail } from "@wanjia/contract/mediation";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { api, API_URL, headers } from "../shell/api.ts";
import { Field } from "../shell/Field.tsx";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Page } from "../shell/Page.tsx";
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
  const { message } = App.useApp();
  const [fill, setFill] = useState<DocumentFill>({});
  const [busy, setBusy] = useState(false);
  const subtypes: Readonly<Record<string, string>> = matterWords.subtype.dispute;
  const blocks = documentOf(kind, mediation, fill, (one) => subtypes[one] ?? one);
  const name = labels(labelKey("document", kind));
  const download = async () => {
    setBusy(true);
    try {
      await save(
        `${API_URL}/mediations/${mediation.id}/documents/${kind}`,
        { fill },
        `${name}.docx`,
      );
    } catch {
      message.error(words("documents.failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page
      title={name}
      back={{ to: `/mediations/${mediation.id}`, label: words("title") }}
      actions={
        <>
          <Button type="primary" onClick={() => window.print()}>
            {words("documents.print")}
          </Button>
          <Button loading={busy} onClick={() => void download()}>
            {words("documents.download")}
          </Button>
        </>
      }
    >
      <div className="paper-desk">
        <section className="paper-fill" aria-label={words("documents.fill")}>
          <p className="desk-lead">
            {words(
              FIELDS_OF[kind].length === 0 ? "documents.nothing_to_fill" : "documents.not_kept",
            )}
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
        <article className="paper" lang="zh-CN" aria-label={name}>
          {blocks.map((block, index) => (
            <Drawn key={index} block={block} />
          ))}
        </article>
      </div>
    </Page>
  );
}

/** Posts and saves what comes back under a name. */
async function save(url: string, body: object, name: string): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...headers(), "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function Drawn({ block }: { block: Block }) {
  switch (block.kind) {
    case "title":
      return <h2>{block.text}</h2>;
    case "number":
      return <p className="paper-number">{block.text}</p>;
    case "heading":
      return <h3>{block.text}</h3>;
    case "paragraph":
      return <p>{block.text}</p>;
    case "fields":
      return (
        <table>
          <tbody>
            {block.rows.map(([label, value], index) => (
              <tr key={index}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "lines":
      return (
        <section>
          <h3 className="paper-label">{block.label}：</h3>
          {block.text === null
            ? Array.from({ length: block.lines }, (_, index) => (
                <div key={index} className="paper-line" />
              ))
            : block.text.split("\n").map((line, index) => <p key={index}>{line}</p>)}
        </section>
      );
    case "checks":
      return (
        <p className="paper-checks">
          <strong>{block.label}：</strong>
          {block.options.map(([label, chosen]) => `${chosen ? "☑" : "□"}${label}`).join("　")}
        </p>
      );
    case "signatures":
      return (
        <div className="paper-signatures">
          {block.of.map((label) => (
            <p key={label}>
              <span>{label}：</span>
              <span className="paper-sign" />
              <span>　　年　　月　　日</span>
            </p>
          ))}
        </div>
      );
  }
}
