import { useMutation, useQuery } from "@tanstack/react-query";
import type { MessageDetail } from "@wanjia/contract/answers";
import { printNumber } from "@wanjia/domain/matters/number";
import type { MessageStep } from "@wanjia/domain/answers/terms";
import { App } from "antd";
import { Link, useParams } from "react-router";
import { natureOf, useMatterLabels } from "../matters/labels.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { readFailure } from "../shell/failure.ts";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { NotFound } from "../shell/NotFound.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { StepButtons } from "../shell/StepButtons.tsx";
import { MessageChip, useStanding } from "./parts.tsx";
import { Preview } from "./Preview.tsx";
import { labelKey, useAnswerLabels, useAnswerWords } from "./words.ts";
import "./answers.css";
import "../matters/matters.css";

export function MessageScreen() {
  const { id = "" } = useParams();
  const message = useQuery(api.answers.get.queryOptions({ input: { id } }));
  if (message.isError && !message.data) {
    const failure = readFailure(message.error);
    if (failure.kind === "refused" && failure.status === 404) return <NotFound />;
  }
  return <Loaded query={message}>{(found) => <One message={found} />}</Loaded>;
}

function One({ message }: { message: MessageDetail }) {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  const standing = useStanding();
  const { text, channel, purpose } = message;
  return (
    <Page
      title={`${labels(labelKey("purpose", purpose))} · ${labels(labelKey("channel", channel))}`}
      back={{ to: "/answers", label: words("title") }}
      lead={
        <span className="matter-lead">
          <MessageChip message={message} />
          <span>{standing(message)}</span>
        </span>
      }
    >
      <Steps message={message} />
      <Card title={words("text")}>
        {text === null ? (
          <p className="desk-lead">{words("text_gone")}</p>
        ) : (
          <Preview mode={channel} text={text} matter={message} />
        )}
      </Card>
      <Card>
        <MessageFacts message={message} />
      </Card>
    </Page>
  );
}

function Steps({ message }: { message: MessageDetail }) {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  const { message: toast } = App.useApp();
  const { id, steps } = message;
  const taken = useMutation({
    mutationFn: (step: MessageStep) => client.answers.step({ id, step }),
    onSuccess: async (after, step) => {
      toast.success(words("done", { step: labels(labelKey("step", step)) }));
      queryClient.setQueryData(api.answers.get.queryOptions({ input: { id } }).queryKey, after);
      await queryClient.invalidateQueries({ queryKey: api.answers.list.key() });
    },
  });
  if (steps.length === 0) return null;
  return (
    <Card>
      <FormProblem error={taken.error} />
      <StepButtons
        main={steps}
        more={[]}
        name={(step) => labels(labelKey("step", step))}
        moreLabel=""
        loading={taken.isPending ? taken.variables : undefined}
        danger={(step) => step === "cancel"}
        onPress={(step) => taken.mutate(step)}
      />
    </Card>
  );
}

function MessageFacts({ message }: { message: MessageDetail }) {
  const words = useAnswerWords();
  const labels = useAnswerLabels();
  const matters = useMatterLabels();
  const locale = currentLocale();
  const { matterId, number, place, madeAt, sentAt, attempts, reply, repliedAt } = message;
  return (
    <Facts
      items={[
        {
          label: words("facts.matter"),
          value: (
            <Link to={`/matters/${matterId}`}>
              {printNumber(number)} {natureOf(matters, { ...message, grade: null })}
            </Link>
          ),
        },
        { label: words("facts.place"), value: place ?? "—" },
        { label: words("facts.made"), value: formatInstant(madeAt, locale) },
        {
          label: words("facts.sent"),
          value: sentAt === null ? "—" : formatInstant(sentAt, locale),
        },
        { label: words("facts.attempts"), value: attempts },
        ...(reply === null || repliedAt === null
          ? []
          : [
              {
                label: words("facts.reply"),
                value: `${labels(labelKey("reply", reply))} · ${formatInstant(repliedAt, locale)}`,
              },
            ]),
      ]}
    />
  );
}
