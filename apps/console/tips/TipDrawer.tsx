import { useMutation, useQuery } from "@tanstack/react-query";
import type { TipRow } from "@wanjia/contract/tips";
import { TIP_LIMITS } from "@wanjia/domain/tips/terms";
import { App, Button, Drawer, Form } from "antd";
import { useState } from "react";
import { FreeText } from "../privacy/FreeText.tsx";
import { api, client } from "../shell/api.ts";
import { useMustSay } from "../shell/form-fields.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Facts } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { useNarrow } from "../shell/use-media.ts";
import { tipsChanged } from "./KeepingCard.tsx";
import type { Opened, OpenedKey } from "./opened.ts";
import { sealedAnswer, textOf } from "./view-model.ts";
import { useTipLabels, useTipWords } from "./words.ts";

/** One tip: its text while two keepers hold it open, then its answer. */
export function TipDrawer({
  id,
  opened,
  onClose,
}: {
  id: string;
  opened: Opened;
  onClose: () => void;
}) {
  const words = useTipWords();
  const labels = useTipLabels();
  const locale = currentLocale();
  const narrow = useNarrow();
  const { data: tip } = useQuery(api.tips.get.queryOptions({ input: { id } }));
  if (tip === undefined) return null;
  const key = opened.keyFor(tip.keyId);
  return (
    <Drawer
      open
      title={words("tip.title", { category: labels(`category.${tip.category}`) })}
      size={narrow ? "100%" : 560}
      onClose={onClose}
      destroyOnHidden
    >
      <div className="tip-lines">
        <Facts
          items={[
            { label: words("column.state"), value: labels(`state.${tip.state}`) },
            { label: words("column.received"), value: formatInstant(tip.receivedAt, locale) },
            { label: words("column.answer"), value: words(tip.wantsAnswer ? "yes" : "no") },
          ]}
        />
        {tip.state !== "received" ? (
          <Answer tip={tip} />
        ) : key === undefined ? (
          <p>{words("tip.locked")}</p>
        ) : (
          <SealedText tip={tip} opened={key} />
        )}
      </div>
    </Drawer>
  );
}

function SealedText({ tip, opened }: { tip: TipRow; opened: OpenedKey }) {
  const words = useTipWords();
  const { message, modal } = App.useApp();
  const [text, setText] = useState<string | null>();
  const { openingId } = opened;
  const read = useMutation({
    mutationFn: async () => {
      const { sealed } = await client.tips.read({ id: tip.id, openingId });
      setText(await textOf(opened.key, sealed));
    },
  });
  const take = useMutation({
    mutationFn: async () => {
      await client.tips.takeOver({ id: tip.id, openingId });
      await tipsChanged();
      message.success(words("tip.taken"));
    },
  });
  if (text === undefined) {
    return (
      <>
        <FormProblem error={read.error} />
        <Button type="primary" loading={read.isPending} onClick={() => read.mutate()}>
          {words("tip.read")}
        </Button>
      </>
    );
  }
  if (text === null) return <p role="alert">{words("tip.unreadable")}</p>;
  return (
    <>
      <p className="tip-text" aria-label={words("tip.text")}>
        {text}
      </p>
      <p className="desk-lead">{words("tip.careful")}</p>
      <FormProblem error={take.error} />
      <div className="desk-actions">
        <Button
          onClick={() => {
            void navigator.clipboard
              .writeText(text)
              .then(() => message.success(words("tip.copied")));
          }}
        >
          {words("tip.copy")}
        </Button>
        <Button
          type="primary"
          loading={take.isPending}
          onClick={() => {
            modal.confirm({
              title: words("tip.take_title"),
              content: words("tip.take_text"),
              okText: words("tip.take"),
              cancelText: words("tip.back"),
              onOk: () => take.mutateAsync(),
            });
          }}
        >
          {words("tip.take")}
        </Button>
      </div>
    </>
  );
}

function Answer({ tip }: { tip: TipRow }) {
  const words = useTipWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ text: string }>();
  const send = useMutation({
    mutationFn: async ({ text }: { text: string }) => {
      await client.tips.answer({ id: tip.id, sealedAnswer: await sealedAnswer(tip, text) });
      await tipsChanged();
      form.resetFields();
      message.success(words("tip.answered"));
    },
  });
  const mustSay = useMustSay();
  if (!tip.wantsAnswer) return <p>{words("tip.not_wanted")}</p>;
  return (
    <Form form={form} layout="vertical" className="desk-form" onFinish={(one) => send.mutate(one)}>
      <FormProblem error={send.error} />
      <Form.Item
        name="text"
        label={words("tip.answer")}
        extra={words(tip.state === "answered" ? "tip.answer_again" : "tip.answer_hint")}
        rules={mustSay(words("tip.answer"))}
      >
        <FreeText autoSize={{ minRows: 4, maxRows: 12 }} maxLength={TIP_LIMITS.answerLength} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {words("tip.send")}
      </Button>
    </Form>
  );
}
