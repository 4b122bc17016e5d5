import { useQuery } from "@tanstack/react-query";
import { matterPapersOf } from "@wanjia/contract/matter-documents";
import type { MatterDetail } from "@wanjia/contract/matters";
import { maySeeOutbox } from "@wanjia/domain/answers/policy";
import { App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { labelKey as matterKey, useMatterLabels } from "../matters/labels.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { MessageChip, useStanding } from "./parts.tsx";
import { Preview } from "./Preview.tsx";
import { labelKey, useAnswerLabels, useAnswerWords } from "./words.ts";
import "./answers.css";

/** What was sent to the resident of a matter, and the question how it went. */
export function MessagesOf({ matter }: { matter: MatterDetail }) {
  const { role } = useSession();
  return maySeeOutbox(role) ? <Messages matter={matter} /> : null;
}

function Messages({ matter }: { matter: MatterDetail }) {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  const matterLabels = useMatterLabels();
  const standing = useStanding();
  const locale = currentLocale();
  const matterId = matter.id;
  // The step that answered made one: the version says when to ask again.
  const found = useQuery({
    ...api.answers.list.queryOptions({ input: { matterId, size: 20 } }),
    queryKey: [...api.answers.list.key({ input: { matterId } }), matter.version],
  });
  return (
    <Card title={words("of_matter.title")}>
      <div className="matter-next">
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="desk-lead">{words("of_matter.none")}</p>
            ) : (
              <ul className="answer-list">
                {items.map((message) => (
                  <li key={message.id}>
                    <Link to={`/answers/${message.id}`}>
                      {labels(labelKey("purpose", message.purpose))} ·{" "}
                      {labels(labelKey("channel", message.channel))}
                    </Link>
                    <MessageChip message={message} />
                    <span className="desk-lead">
                      {standing(message) ?? formatInstant(message.madeAt, locale)}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        <ul className="answer-list" aria-label={words("papers")}>
          {matterPapersOf(matter).map((kind) => (
            <li key={kind}>
              <Link to={`/matters/${matterId}/papers/${kind}`}>
                {matterLabels(matterKey("matterPaper", kind))}
              </Link>
            </li>
          ))}
        </ul>
        <Ask matter={matter} />
      </div>
    </Card>
  );
}

function Ask({ matter }: { matter: MatterDetail }) {
  const words = useAnswerWords();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const outlook = useQuery({
    ...api.answers.outlook.queryOptions({ input: { matterId: matter.id } }),
    enabled: matter.state === "feedback_given",
  });
  const question = outlook.data?.question ?? null;
  if (question === null || question.reason !== null) return null;
  return (
    <>
      <div className="desk-actions">
        <Button onClick={() => setOpen(true)}>{words("ask.open")}</Button>
      </div>
      {open && (
        <FormDrawer
          title={words("ask.title")}
          hint={words("ask.hint")}
          submit={words("ask.send")}
          onClose={() => setOpen(false)}
          onSubmit={async () => {
            await client.answers.ask({ matterId: matter.id });
            await queryClient.invalidateQueries({ queryKey: api.answers.key() });
            message.success(words("ask.done"));
          }}
        >
          <Preview mode="sms" text={question.text} matter={matter} />
        </FormDrawer>
      )}
    </>
  );
}
