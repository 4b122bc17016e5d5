import { DATA_REQUEST_KINDS, REQUEST_LIMITS } from "@wanjia/domain/privacy/terms";
import { toBase64Url } from "@wanjia/sync/bytes";
import { lookOf } from "@wanjia/sync/receipt-keys";
import { App, Form, Input, Radio } from "antd";
import { PlaceField } from "../places/PlaceSelect.tsx";
import { FreeText } from "../privacy/FreeText.tsx";
import { usePrivacyLabels } from "../privacy/words.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";
import { Earlier, Named } from "./Earlier.tsx";
import {
  ERRANDS,
  type Errand,
  isEarlier,
  namedBy,
  type PaperValues,
  stepOf,
  wishOf,
} from "./paper.ts";
import { useMust, useMustSay } from "../shell/form-fields.tsx";
import { ContactFields, SlipForm } from "./parts.tsx";
import { useIntakeWords } from "./words.ts";

/** What a resident wrote on paper or said by telephone: one form for all errands, with a receipt. */
export function PaperForm({ errand, onClose }: { errand: Errand; onClose: () => void }) {
  const words = useIntakeWords();
  const { message } = App.useApp();
  return (
    <SlipForm<PaperValues>
      title={words("title")}
      hint={
        <>
          {words("hint")} <BlankForm />
        </>
      }
      submit={({ errand: chosen = errand }) =>
        words(isEarlier(chosen) ? "submit_earlier" : "submit")
      }
      initial={{ origin: "paper", errand, from: "19:00", to: "21:00" }}
      about={(values) => (isEarlier(values.errand) ? null : words(`errands.${values.errand}`))}
      onSend={async (values, look) => {
        await send(values, look);
        if (isEarlier(values.errand)) message.success(words("noted"));
      }}
      onClose={onClose}
    >
      <What />
    </SlipForm>
  );
}

/** The form as residents get it, in their language, to print and lay out. */
export function BlankForm() {
  const words = useIntakeWords();
  return (
    <a
      href={currentLocale() === "en" ? "/plain/form?lang=en" : "/plain/form"}
      target="_blank"
      rel="noopener"
      className="intake-blank"
    >
      {words("blank")}
    </a>
  );
}

/** The earlier matter, as the server is told of it: never the receipt itself. */
async function named(text: string): Promise<{ look: string } | { number: string }> {
  const { by, value } = { by: "number", value: text, ...namedBy(text) };
  return by === "receipt" ? { look: toBase64Url(await lookOf(value)) } : { number: value };
}

async function send(values: PaperValues, look: string): Promise<void> {
  const { placeId, origin, kind, text = "", number = "" } = values;
  switch (values.errand) {
    case "data_request": {
      const of = number.trim() === "" ? {} : { number: number.trim() };
      await client.dataRequests.type({ origin, kind, text, look, ...of });
      await queryClient.invalidateQueries({ queryKey: api.dataRequests.key() });
      return;
    }
    case "consent":
      await client.dataRequests.typeWithdrawal({ named: await named(values.named) });
      await queryClient.invalidateQueries({ queryKey: api.matters.key() });
      return;
    case "callback":
    case "reopen":
    case "withdraw":
      await client.residents.onPaper({ named: await named(values.named), step: stepOf(values) });
      await queryClient.invalidateQueries({ queryKey: api.matters.key() });
      return;
    case "visit":
    case "no_visits":
      await client.appointments.take({ placeId, origin, look, wish: wishOf(values) });
      await queryClient.invalidateQueries({ queryKey: api.appointments.key() });
  }
}

function What() {
  const words = useIntakeWords();
  const must = useMust();
  const form = Form.useFormInstance<PaperValues>();
  const errand = Form.useWatch<Errand | undefined>("errand", form) ?? "visit";
  return (
    <>
      <p className="desk-notice" role="note">
        {words("sealed")}
      </p>
      <Form.Item name="origin" label={words("origin")} rules={must(words("origin"), "choose")}>
        <Radio.Group
          options={(["paper", "desk"] as const).map((value) => ({
            value,
            label: words(`origins.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="errand" label={words("errand")} rules={must(words("errand"), "choose")}>
        <Radio.Group
          vertical
          options={ERRANDS.map((value) => ({ value, label: words(`errands.${value}`) }))}
        />
      </Form.Item>
      {(errand === "visit" || errand === "no_visits") && (
        <Form.Item name="placeId" label={words("place")} rules={must(words("place"), "choose")}>
          <PlaceField doorsOnly />
        </Form.Item>
      )}
      {errand === "data_request" && <AboutData />}
      {errand === "visit" && <Visit />}
      {errand === "no_visits" && <p className="desk-lead">{words("no_visits_text")}</p>}
      {errand === "consent" && (
        <>
          <Named />
          <p className="desk-lead">{words("consent_text")}</p>
        </>
      )}
      {isEarlier(errand) && errand !== "consent" && <Earlier errand={errand} />}
    </>
  );
}

function AboutData() {
  const words = useIntakeWords();
  const labels = usePrivacyLabels();
  const must = useMust();
  const mustSay = useMustSay();
  return (
    <>
      <Form.Item name="kind" label={words("kind")} rules={must(words("kind"), "choose")}>
        <Radio.Group
          vertical
          options={DATA_REQUEST_KINDS.map((value) => ({
            value,
            label: labels(`request.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="text" label={words("text")} rules={mustSay(words("text"))}>
        <FreeText autoSize={{ minRows: 4 }} maxLength={REQUEST_LIMITS.textLength} showCount />
      </Form.Item>
      <Form.Item name="number" label={words("number")}>
        <Input autoComplete="off" maxLength={12} />
      </Form.Item>
    </>
  );
}

function Visit() {
  const words = useIntakeWords();
  const must = useMust();
  return (
    <>
      <Form.Item name="day" label={words("day")} rules={must(words("day"))}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="from" label={words("from")} rules={must(words("from"))}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="to" label={words("to")} rules={must(words("to"))}>
        <Input type="time" />
      </Form.Item>
      <ContactFields />
    </>
  );
}
