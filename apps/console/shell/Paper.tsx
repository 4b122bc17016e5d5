import { type Block, day } from "@wanjia/contract/documents";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { API_URL, headers } from "./api.ts";
import { Page } from "./Page.tsx";
import { useShellWords } from "./words.ts";
import "./paper.css";

/** A paper with its two ways out: the printer, and a file. `fill` is typed beside it and kept nowhere. */
export function PaperPage({
  name,
  back,
  file,
  blocks,
  fill,
  children,
}: {
  name: string;
  back: { readonly to: string; readonly label: string };
  /** Where the server answers with the same paper as .docx. */
  file: string;
  blocks: readonly Block[];
  fill?: object;
  children?: ReactNode;
}) {
  const words = useShellWords();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [large, setLarge] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      await saveFile(`${file}?large=${large}`, name, fill);
    } catch {
      message.error(words("paper.failed"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page
      title={name}
      back={back}
      actions={
        <>
          <Button type="primary" onClick={() => window.print()}>
            {words("paper.print")}
          </Button>
          <Button aria-pressed={large} onClick={() => setLarge(!large)}>
            {words("paper.large")}
          </Button>
          <Button loading={busy} onClick={() => void download()}>
            {words("paper.download")}
          </Button>
        </>
      }
    >
      <div className={children === undefined ? undefined : "paper-desk"}>
        {children}
        <article className="paper" data-large={large || undefined} lang="zh-CN" aria-label={name}>
          <Drawn blocks={blocks} />
        </article>
      </div>
    </Page>
  );
}

/** A paper on the screen, as it comes out of the printer. */
function Drawn({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => <Part key={index} block={block} />);
}

/** Fetches a paper and saves it under a name; what was typed in is posted. */
async function saveFile(path: string, name: string, body?: object): Promise<void> {
  const answer = await fetch(
    `${API_URL}${path}`,
    body === undefined
      ? { headers: headers() }
      : {
          method: "POST",
          headers: { ...headers(), "content-type": "application/json" },
          body: JSON.stringify(body),
        },
  );
  if (!answer.ok) throw new Error(`${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.docx`;
  link.click();
  URL.revokeObjectURL(address);
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "title":
      return <h2>{block.text}</h2>;
    case "number":
      return <p className="paper-number">{block.text}</p>;
    case "addressee":
      return <p className="paper-addressee">{block.text}：</p>;
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
    case "seal":
      return (
        <div className="paper-seal">
          <p>{block.of}（印章）</p>
          <p>{day(block.on)}</p>
        </div>
      );
  }
}
