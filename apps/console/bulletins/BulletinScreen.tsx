import { useMutation, useQuery } from "@tanstack/react-query";
import { cellLabel } from "@wanjia/contract/bulletin-labels";
import type { BulletinDetail, EntryInput } from "@wanjia/contract/bulletins";
import { matters as mattersEn } from "@wanjia/contract/messages/matters.en";
import { matters as mattersZh } from "@wanjia/contract/messages/matters.zh-CN";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button, Form } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { useMatterLabels } from "../matters/labels.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale, listComma } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { EntriesForm } from "./EntriesForm.tsx";
import { TONES } from "./view-model.ts";
import { useBulletinLabels, useBulletinWords } from "./words.ts";
import "../insight/insight.css";
import "./bulletins.css";

type Step = Parameters<typeof client.bulletins.step>[0]["step"];

/** One community's board of a month: written, read, published, corrected. */
export function BulletinScreen() {
  const { communityId = "", month = "" } = useParams();
  const found = useQuery(api.bulletins.get.queryOptions({ input: { communityId, month } }));
  if (found.isError && !found.data) {
    const failure = readFailure(found.error);
    if (failure.kind === "refused" && failure.status === 404) return <NotFound />;
  }
  return (
    <Loaded query={found}>
      {(bulletin) => (
        <Bulletin key={`${bulletin.edition}/${bulletin.version}`} bulletin={bulletin} />
      )}
    </Loaded>
  );
}

async function takeStep({ communityId, month, version }: BulletinDetail, step: Step) {
  const input = { communityId, month };
  try {
    const after = await client.bulletins.step({ ...input, version, step });
    queryClient.setQueryData(api.bulletins.get.queryOptions({ input }).queryKey, after);
    await queryClient.invalidateQueries({ queryKey: api.bulletins.list.key() });
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === "refused" && failure.code === "stale-version") {
      await queryClient.invalidateQueries({ queryKey: api.bulletins.key() });
    }
    throw error;
  }
}

function Bulletin({ bulletin }: { bulletin: BulletinDetail }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const { message } = App.useApp();
  const [correcting, setCorrecting] = useState(false);
  const [sendingBack, setSendingBack] = useState(false);
  const [entries, setEntries] = useState<EntryInput[]>(bulletin.entries);
  const [correction, setCorrection] = useState(bulletin.correction ?? "");
  const { community, month, state, steps } = bulletin;
  const writing = steps.includes("write") || correcting;
  const corrects = correcting || (bulletin.edition > 1 && state === "draft");
  const unsaved =
    JSON.stringify(entries) !== JSON.stringify(bulletin.entries) ||
    correction !== (bulletin.correction ?? "");
  const taking = useMutation({
    mutationFn: (step: Step) => takeStep(bulletin, step),
    onSuccess: (_done, { type }) => message.success(words(`step.${DONE[type]}`)),
  });
  return (
    <Page
      title={`${community} · ${words("month_of", { year: month.slice(0, 4), n: Number(month.slice(5)) })}`}
      back={{ to: `/bulletins?month=${month}`, label: words("back") }}
      lead={<StatusChip tone={TONES[state]}>{labels(`state.${state}`)}</StatusChip>}
      actions={
        <>
          {writing && (
            <Button
              type={unsaved || bulletin.version === 0 ? "primary" : "default"}
              loading={taking.isPending}
              onClick={() =>
                taking.mutate({
                  type: "write",
                  entries,
                  ...(corrects && correction !== "" ? { correction } : {}),
                })
              }
            >
              {words("step.save")}
            </Button>
          )}
          {steps.includes("release") && (
            <Button
              type={unsaved ? "default" : "primary"}
              disabled={unsaved}
              title={unsaved ? words("step.unsaved") : ""}
              loading={taking.isPending}
              onClick={() => taking.mutate({ type: "release" })}
            >
              {words("step.release")}
            </Button>
          )}
          {steps.includes("publish") && (
            <Button
              type="primary"
              loading={taking.isPending}
              onClick={() => taking.mutate({ type: "publish" })}
            >
              {words("step.publish")}
            </Button>
          )}
          {steps.includes("send_back") && (
            <Button onClick={() => setSendingBack(true)}>{words("step.send_back")}</Button>
          )}
          {steps.includes("correct") && !correcting && (
            <Button onClick={() => setCorrecting(true)}>{words("step.correct")}</Button>
          )}
        </>
      }
    >
      <FormProblem error={taking.error} />
      <Card title={words("facts.title")}>
        <BulletinFacts bulletin={bulletin} />
      </Card>
      <Card title={words("entries.title")}>
        <p className="desk-lead">{words("entries.lead")}</p>
        {writing ? (
          <EntriesForm
            entries={entries}
            correction={corrects ? correction : null}
            onEntries={setEntries}
            onCorrection={setCorrection}
          />
        ) : (
          <Entries bulletin={bulletin} />
        )}
      </Card>
      <Figures figures={bulletin.figures} />
      {sendingBack && (
        <FormDrawer<{ why: string }>
          title={words("step.send_back")}
          submit={words("step.send_back")}
          onSubmit={({ why }) => takeStep(bulletin, { type: "send_back", why: why ?? "" })}
          onClose={() => setSendingBack(false)}
        >
          <Form.Item name="why" label={words("step.why")}>
            <FreeText autoSize={{ minRows: 3 }} />
          </Form.Item>
        </FormDrawer>
      )}
    </Page>
  );
}

const DONE = {
  write: "saved",
  release: "released",
  send_back: "send_back",
  publish: "published",
} as const;

function BulletinFacts({ bulletin }: { bulletin: BulletinDetail }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const locale = currentLocale();
  const { state, edition, writers, publishedAt, hangs, returned, over } = bulletin;
  return (
    <>
      {!over && <p>{words("facts.not_over")}</p>}
      {returned !== null && <p role="status">{words("facts.returned", { why: returned })}</p>}
      <Facts
        items={[
          { label: words("facts.state"), value: labels(`state.${state}`) },
          { label: words("facts.edition"), value: words("edition", { n: edition }) },
          { label: words("facts.writers"), value: writers.join(listComma()) || "—" },
          {
            label: words("facts.published"),
            value: publishedAt === null ? "—" : formatInstant(publishedAt, locale),
          },
          {
            label: words("facts.hangs"),
            value:
              hangs === null ? (
                words("facts.nothing_hangs")
              ) : (
                <a href={`/board/${bulletin.communityId}/${bulletin.month}`}>
                  {`${words("edition", { n: hangs })} · ${words("facts.public")}`}
                </a>
              ),
          },
        ]}
      />
    </>
  );
}

function Entries({ bulletin: { entries, correction } }: { bulletin: BulletinDetail }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const matters = useMatterLabels();
  if (entries.length === 0) return <p className="figure-empty">{words("entries.none")}</p>;
  return (
    <>
      {correction !== null && (
        <Facts items={[{ label: words("entries.correction"), value: correction }]} />
      )}
      {entries.map((entry, at) => (
        <Facts
          key={at}
          items={[
            { label: words("entries.said"), value: entry.said },
            { label: words("entries.did"), value: entry.did },
            {
              label: words("entries.result"),
              value: `${labels(`result.${entry.result}`)}${entry.reason === null ? "" : ` · ${matters(`reason.${entry.reason}`)}`}`,
            },
          ]}
        />
      ))}
    </>
  );
}

function Figures({ figures }: { figures: BulletinDetail["figures"] }) {
  const words = useBulletinWords();
  const labels = useBulletinLabels();
  const matters = currentLocale() === "en" ? mattersEn : mattersZh;
  const text = ({ count, below }: (typeof figures)["heard"]["total"]): string =>
    count !== null
      ? String(count)
      : below === null
        ? words("figures.hidden")
        : words("figures.below", { n: below });
  return (
    <Card title={words("figures.title")}>
      <p className="desk-lead">{words("figures.lead")}</p>
      <div className="bulletin-columns">
        {(["heard", "ended"] as const).map((name) => (
          <section key={name}>
            <h3>{words(`figures.${name}`)}</h3>
            {figures[name].rows.length === 0 ? (
              <p>{words("figures.nothing")}</p>
            ) : (
              <table className="figure-table">
                <thead>
                  <tr>
                    <th scope="col">{words("figures.sort")}</th>
                    <th scope="col" className="figure-number">
                      {words("figures.count")}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {[...figures[name].rows, figures[name].total].map((cell) => (
                    <tr key={cell.key}>
                      <th scope="row">
                        {cell.key === "total"
                          ? labels("total")
                          : cellLabel(cell.key, matters, (reason) =>
                              words("figures.unsolved", { reason }),
                            )}
                      </th>
                      <td className="figure-number">{text(cell)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}
