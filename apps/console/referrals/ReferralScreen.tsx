import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReferralRow } from "@wanjia/contract/referrals";
import { printNumber } from "@wanjia/domain/matters/number";
import { awaitsBody, bodyOutcomes } from "@wanjia/domain/matters/referral";
import { MATTER_LIMITS, type MatterOutcome, UNSOLVED_REASONS } from "@wanjia/domain/matters/terms";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { labelKey, subtypeKey, useMatterLabels } from "../matters/labels.ts";
import { needsReason } from "../matters/view-model.ts";
import { FreeText } from "../privacy/FreeText.tsx";
import { api, client, queryClient } from "../shell/api.ts";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { Loaded } from "../shell/Loaded.tsx";
import { Card, Facts, Page } from "../shell/Page.tsx";
import { FormProblem } from "../shell/Problem.tsx";
import { ReferralDue, ReferralState } from "./chips.tsx";
import { useReferralLabels } from "./labels.ts";
import { useReferralWords } from "./words.ts";

type Order = Parameters<typeof client.referrals.step>[0]["step"];

export function ReferralScreen() {
  const { id = "" } = useParams();
  const referral = useQuery(api.referrals.get.queryOptions({ input: { id } }));
  return <Loaded query={referral}>{(found) => <Referral referral={found} />}</Loaded>;
}

async function takeStep({ id }: ReferralRow, step: Order): Promise<void> {
  const changed = await client.referrals.step({ id, step });
  queryClient.setQueryData(api.referrals.get.queryOptions({ input: { id } }).queryKey, changed);
  await queryClient.invalidateQueries({ queryKey: api.referrals.list.key() });
}

function Referral({ referral }: { referral: ReferralRow }) {
  const words = useReferralWords();
  const labels = useReferralLabels();
  const matters = useMatterLabels();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  const { kind, subtype, outcome, dueAt } = referral;
  return (
    <Page
      title={`${matters(labelKey("kind", kind))} · ${matters(subtypeKey(kind, subtype))}`}
      back={{ to: "/referrals", label: words("title") }}
      lead={
        <span className="matter-lead">
          <span className="matter-number">{printNumber(referral.number)}</span>
          <ReferralState state={referral.state} />
          {dueAt !== null && awaitsBody(referral.state) && (
            <ReferralDue referral={referral} now={now} />
          )}
        </span>
      }
    >
      <Next referral={referral} />
      <Card>
        <Facts
          items={[
            { label: labels("place"), value: referral.place },
            { label: labels("problem"), value: referral.text },
            {
              label: labels("basis"),
              value: [matters(`basis.${referral.basis}`), referral.law].filter(Boolean).join(" "),
            },
            { label: labels("station"), value: referral.stationName },
            { label: labels("phone"), value: referral.dutyPhone },
            { label: labels("sent"), value: formatInstant(referral.sentAt, locale) },
            ...(dueAt === null
              ? []
              : [{ label: labels("due"), value: formatInstant(dueAt - 1, locale) }]),
            ...(outcome === null
              ? []
              : [{ label: labels("result"), value: matters(labelKey("outcome", outcome)) }]),
            ...(referral.said === "" ? [] : [{ label: labels("said"), value: referral.said }]),
          ]}
        />
        <p className="desk-lead">{labels(referral.contact ? "contact" : "no_contact")}</p>
      </Card>
    </Page>
  );
}

function Next({ referral }: { referral: ReferralRow }) {
  const words = useReferralWords();
  const labels = useReferralLabels();
  const { message } = App.useApp();
  const [open, setOpen] = useState<"return" | "answer">();
  const take = useMutation({
    mutationFn: () => takeStep(referral, { type: "accept" }),
    onSuccess: () => message.success(labels("done")),
  });
  const { state, arbitrated } = referral;
  if (!awaitsBody(state)) return null;
  return (
    <Card title={words("next")}>
      {arbitrated && <p>{labels("arbitrated")}</p>}
      <FormProblem error={take.error} />
      <div className="desk-actions">
        {state === "sent" && (
          <Button type="primary" loading={take.isPending} onClick={() => take.mutate()}>
            {labels("accept")}
          </Button>
        )}
        {state === "sent" && !arbitrated && (
          <Button onClick={() => setOpen("return")}>{labels("return")}</Button>
        )}
        {state === "accepted" && (
          <Button type="primary" onClick={() => setOpen("answer")}>
            {labels("answer")}
          </Button>
        )}
      </div>
      {open !== undefined && (
        <FormDrawer<Record<string, string>>
          title={labels(open)}
          submit={labels(open)}
          onClose={() => setOpen(undefined)}
          onSubmit={async (values) => {
            await takeStep(referral, orderOf(open, values));
            message.success(labels("done"));
          }}
        >
          {open === "return" ? (
            <Text name="reason" label={labels("return_reason")} />
          ) : (
            <AnswerFields referral={referral} />
          )}
        </FormDrawer>
      )}
    </Card>
  );
}

function orderOf(open: "return" | "answer", values: Record<string, string>): Order {
  const { reason, outcome, text } = values;
  if (open === "return") return { type: "return_assignment", reason: reason ?? "" };
  const order = { type: "resolve", outcome, text } as Order;
  return needsReason(outcome as MatterOutcome) ? ({ ...order, reason } as Order) : order;
}

function Text({ name, label }: { name: string; label: string }) {
  const mustSay = useMustSay();
  return (
    <Form.Item name={name} label={label} rules={mustSay(label)}>
      <FreeText rows={4} maxLength={MATTER_LIMITS.reasonLength} showCount />
    </Form.Item>
  );
}

function AnswerFields({ referral }: { referral: ReferralRow }) {
  const labels = useReferralLabels();
  const matters = useMatterLabels();
  const outcome: unknown = Form.useWatch("outcome");
  const must = useMust();
  return (
    <>
      <Form.Item name="outcome" label={labels("outcome")} rules={must(labels("outcome"), "choose")}>
        <Select
          options={bodyOutcomes(referral).map((value) => ({
            value,
            label: matters(labelKey("outcome", value)),
          }))}
        />
      </Form.Item>
      {needsReason(outcome as MatterOutcome | undefined) && (
        <Form.Item
          name="reason"
          label={labels("unsolved")}
          rules={must(labels("unsolved"), "choose")}
        >
          <Select
            options={UNSOLVED_REASONS.map((value) => ({
              value,
              label: matters(labelKey("reason", value)),
            }))}
          />
        </Form.Item>
      )}
      <Text name="text" label={labels("text")} />
    </>
  );
}
