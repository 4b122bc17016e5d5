import { useQuery } from "@tanstack/react-query";
import type { DataRequestDetail } from "@wanjia/contract/data-requests";
import { DATA_DECISIONS, type DataDecision, REQUEST_LIMITS } from "@wanjia/domain/privacy/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { App, Button, Form, Radio } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { api, client, queryClient } from "../shell/api.ts";
import { formatDay } from "../shell/format.ts";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FreeText } from "./FreeText.tsx";
import { RequestState } from "./RequestsScreen.tsx";
import { usePrivacyLabels, useRequestWords } from "./words.ts";
import "./privacy.css";

/** One request, and the answer to it. */
export function RequestScreen() {
  const { id = "" } = useParams();
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  const query = useQuery(api.dataRequests.get.queryOptions({ input: { id } }));
  const [deciding, setDeciding] = useState(false);
  const kind = query.data?.kind;
  return (
    <Page
      title={kind === undefined ? words("title") : labels(`request.${kind}`)}
      back={{ to: "/data-requests", label: words("back") }}
      actions={
        query.data?.decision === null && (
          <Button type="primary" onClick={() => setDeciding(true)}>
            {words("decide.title")}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(request) => (
          <>
            <Card title={words("asked")}>
              <p className="request-words">{request.text}</p>
            </Card>
            {request.answer !== null && (
              <Card title={words("answer")}>
                <p className="request-words">{request.answer}</p>
                <Outcome request={request} />
              </Card>
            )}
            <RequestFacts request={request} />
            {deciding && <Decide request={request} onClose={() => setDeciding(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function RequestFacts({ request }: { request: DataRequestDetail }) {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  const locale = currentLocale();
  const { subjectKind, number, stationName, origin, receivedAt, dueAt, handledBy } = request;
  return (
    <Card title={words("facts")}>
      <Facts
        items={[
          { label: words("column.state"), value: <RequestState row={request} /> },
          { label: words("column.subject"), value: labels(`subject.${subjectKind}`) },
          ...(number === null ? [] : [{ label: words("number"), value: number }]),
          ...(stationName === null ? [] : [{ label: words("column.station"), value: stationName }]),
          { label: words("column.origin"), value: labels(`requestOrigin.${origin}`) },
          {
            label: words("column.received"),
            value: formatDay(localDate(receivedAt), locale),
          },
          {
            label: words("column.due"),
            value: dueAt === null ? words("none") : formatDay(localDate(dueAt - 1), locale),
          },
          { label: words("handler"), value: words(`handlers.${handledBy}`) },
        ]}
      />
    </Card>
  );
}

/** What the decision let go and what stays, as the resident reads it. */
function Outcome({ request: { gone, kept } }: { request: DataRequestDetail }) {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  if (gone.length === 0 && kept.length === 0) return null;
  return (
    <>
      {gone.length > 0 && (
        <p>
          {words("gone", { what: gone.map((one) => labels(`gone.${one}`)).join(words("and")) })}
        </p>
      )}
      {kept.length > 0 && (
        <>
          <p>{words("kept")}</p>
          <ul>
            {kept.map((one) => (
              <li key={one}>{labels(`kept.${one}`)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface Values {
  readonly decision: DataDecision;
  readonly answer: string;
}

function Decide({ request, onClose }: { request: DataRequestDetail; onClose: () => void }) {
  const words = useRequestWords();
  const labels = usePrivacyLabels();
  const { message } = App.useApp();
  const { id, kind, version } = request;
  const must = useMust();
  const mustSay = useMustSay();
  return (
    <FormDrawer<Values>
      title={words("decide.title")}
      hint={words("decide.hint")}
      submit={words("decide.submit")}
      onClose={onClose}
      onSubmit={async ({ decision, answer }) => {
        await client.dataRequests.decide({ id, version, decision, answer });
        await queryClient.invalidateQueries({ queryKey: api.dataRequests.key() });
        message.success(words("decide.done"));
      }}
    >
      {(kind === "deletion" || kind === "correction") && (
        <p className="desk-notice" data-tone="again" role="status">
          {words(`decide.hint_${kind}`)}
        </p>
      )}
      <Form.Item
        name="decision"
        label={words("decide.decision")}
        rules={must(words("decide.decision"), "choose")}
      >
        <Radio.Group
          vertical
          options={DATA_DECISIONS.map((value) => ({ value, label: labels(`decision.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="answer"
        label={words("decide.answer")}
        rules={mustSay(words("decide.answer"))}
      >
        <FreeText
          autoSize={{ minRows: 6, maxRows: 16 }}
          maxLength={REQUEST_LIMITS.answerLength}
          showCount
        />
      </Form.Item>
    </FormDrawer>
  );
}
