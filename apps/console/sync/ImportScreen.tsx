import { type Command } from "@wanjia/sync/protocol";
import { openUnsent, type UnsentWork } from "@wanjia/sync/export";
import { sealing, sha256 } from "@wanjia/sync/webcrypto";
import { App, Button, Form, Input, Upload } from "antd";
import { useState } from "react";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Card, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useVisitLabels, useVisitWords } from "../visits/words.ts";
import { sendWork, type Sent } from "./send-work.ts";
import { useSyncLabels, useSyncWords } from "./words.ts";

type OpenFailure = "not-an-export" | "wrong-passphrase" | "content-differs";

/** `/visits/import`: the passphrase and what it opens stay in this browser. */
export function ImportScreen() {
  const words = useSyncWords();
  const pages = useVisitWords();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [work, setWork] = useState<UnsentWork>();
  const [failure, setFailure] = useState<OpenFailure>();
  const [busy, setBusy] = useState(false);
  const locale = currentLocale();

  const open = async ({ passphrase }: { passphrase: string }) => {
    if (!file) return;
    setBusy(true);
    setFailure(undefined);
    const opened = await openUnsent(
      await file.text(),
      typedPassphrase(passphrase),
      sealing,
      sha256,
    ).finally(() => setBusy(false));
    if (opened.ok) setWork(opened.value);
    else setFailure(opened.refusal.code);
  };
  return (
    <Page
      title={words("import.title")}
      lead={words("import.lead")}
      back={{ to: "/visits", label: pages("title") }}
    >
      <Card>
        <div className="desk-form">
          {work ? (
            <>
              <p className="desk-notice">
                {work.commands.length === 0
                  ? words("import.nothing")
                  : words("import.found", {
                      count: work.commands.length,
                      at: formatInstant(work.exportedAt, locale),
                    })}
              </p>
              {work.commands.length > 0 && <Sending work={work} />}
              <Button
                onClick={() => {
                  setWork(undefined);
                  setFile(undefined);
                }}
              >
                {words("import.other")}
              </Button>
            </>
          ) : (
            <>
              <Upload
                accept=".json,.wanjia,application/json"
                maxCount={1}
                showUploadList={false}
                beforeUpload={(chosen) => {
                  setFile(chosen);
                  setFailure(undefined);
                  message.info(words("import.chosen", { name: chosen.name }));
                  return false;
                }}
              >
                <Button type={file ? "default" : "primary"}>
                  {file ? words("import.chosen", { name: file.name }) : words("import.choose")}
                </Button>
              </Upload>
              {failure && (
                <div className="desk-problem" role="alert">
                  <p>{words(`import.failure.${failure}`)}</p>
                </div>
              )}
              {file && (
                <Form
                  layout="vertical"
                  requiredMark={false}
                  onFinish={(values: { passphrase: string }) => void open(values)}
                >
                  <Form.Item
                    name="passphrase"
                    label={words("import.passphrase")}
                    rules={[{ required: true, message: words("import.passphrase_needed") }]}
                  >
                    <Input.Password autoComplete="off" />
                  </Form.Item>
                  <Button type="primary" htmlType="submit" loading={busy}>
                    {words("import.open")}
                  </Button>
                </Form>
              )}
            </>
          )}
        </div>
      </Card>
    </Page>
  );
}

/** The phone shows its passphrase as groups of capitals; small letters and spaces are as good. */
function typedPassphrase(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return /^[A-Z2-9]{16}$/.test(letters) ? (letters.match(/.{4}/g) ?? []).join("-") : typed;
}

function Sending({ work }: { work: UnsentWork }) {
  const words = useSyncWords();
  const labels = useSyncLabels();
  const visits = useVisitLabels();
  const [sent, setSent] = useState<Sent>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const locale = currentLocale();
  const total = work.commands.length;
  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await sendWork(work, Date.now(), setSent);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const typeName = (command: Command) =>
    command.type === "visits.record" || command.type === "visits.correct"
      ? words(`import.type.${command.type}`)
      : words("import.type.other");
  const why = (code: string, params: Readonly<Record<string, string | number>>) => {
    for (const say of [visits, labels]) {
      const key = `refusals.${code}`;
      const said = say(key as never, params);
      if (said !== key) return said;
    }
    return words("import.unknown", { code });
  };
  return (
    <div className="desk-stack">
      <FormProblem error={error} />
      {sent && sent.done === total ? (
        <p
          className="desk-notice"
          data-tone={sent.refused.length > 0 ? "again" : "met"}
          role="status"
        >
          {words("import.done", {
            accepted: sent.accepted,
            had: sent.had,
            refused: sent.refused.length,
          })}
        </p>
      ) : (
        <Button type="primary" loading={busy} onClick={() => void send()}>
          {busy
            ? words("import.sending", { done: sent?.done ?? 0, total })
            : words("import.send", { count: total })}
        </Button>
      )}
      {sent && sent.refused.length > 0 && (
        <section aria-label={words("import.refused_title")}>
          <h3>{words("import.refused_title")}</h3>
          <p className="desk-lead">{words("import.refused_hint")}</p>
          <ul className="desk-rows">
            {sent.refused.map(({ command, code, params }) => (
              <li key={command.id}>
                <strong>{typeName(command)}</strong>
                <span>{formatInstant(command.at, locale)}</span>
                <span style={{ gridColumn: "span 2" }}>{why(code, params)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
