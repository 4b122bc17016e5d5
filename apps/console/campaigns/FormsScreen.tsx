import { mayCampaign } from "@wanjia/domain/campaigns/policy";
import { FORM_CODES, type FormCode } from "@wanjia/domain/visits/form-definition";
import { FORMS } from "@wanjia/domain/visits/forms";
import { App, Button, Drawer, Form, Input, Select } from "antd";
import { useMemo, useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatDay, formatInstant } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale, listComma, withName } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { useSession } from "../shell/session.tsx";
import { useNarrow } from "../shell/use-media.ts";
import { CampaignsPage } from "./CampaignsScreen.tsx";
import { useCampaignLabels, useCampaignWords } from "./words.ts";
import "./plan.css";

type Row = Awaited<ReturnType<typeof client.campaigns.forms>>["items"][number];

const source = localSource<Row>(["campaigns", "form-list"], {
  load: async () => (await client.campaigns.forms()).items,
  text: (form) => form.marks.formNo,
});

interface Values {
  code: FormCode;
  formNo: string;
  body: string;
  bodyEn: string;
  approvalNo?: string;
  expiresOn: string;
}

export function FormsScreen() {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const { message } = App.useApp();
  const session = useSession();
  const [adopting, setAdopting] = useState(false);
  const [shown, setShown] = useState<Row>();
  const locale = currentLocale();
  const mayAdopt = mayCampaign(session.role, "adopt_form");
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "code",
        title: words("forms.form"),
        phone: "title",
        render: (form) => labels(`form.${form.code}`),
      },
      {
        key: "version",
        title: words("forms.version", { version: "" }),
        align: "right",
        width: 90,
        render: (form) => form.version,
      },
      { key: "formNo", title: words("forms.form_no"), render: (form) => form.marks.formNo },
      {
        key: "body",
        title: words("forms.body"),
        render: (form) => form.marks.issuingBody[locale],
      },
      {
        key: "approval",
        title: words("forms.approval"),
        render: (form) => form.marks.approvalNo || "—",
      },
      {
        key: "expires",
        title: words("forms.expires"),
        render: (form) => formatDay(form.marks.expiresOn, locale),
      },
      {
        key: "adopted",
        title: words("forms.adopted_at"),
        phone: "hidden",
        render: (form) => formatInstant(form.adoptedAt, locale),
      },
    ],
    [words, labels, locale],
  );
  const adopt = (
    <Button type="primary" onClick={() => setAdopting(true)}>
      {words("forms.adopt")}
    </Button>
  );
  const required = (label: string) => [{ required: true, whitespace: true, message: label }];
  return (
    <CampaignsPage actions={mayAdopt && adopt}>
      <p className="desk-lead">{words("forms.lead")}</p>
      <DataTable
        label={words("tabs.forms")}
        columns={columns}
        source={source}
        rowKey={(form) => `${form.code} ${form.version}`}
        onOpen={setShown}
        empty={{
          title: words("forms.empty"),
          hint: words("forms.empty_hint"),
          action: mayAdopt && adopt,
        }}
      />
      {shown && <Preview form={shown} onClose={() => setShown(undefined)} />}
      {adopting && (
        <FormDrawer<Values>
          title={words("forms.adopt")}
          hint={words("forms.lead")}
          submit={words("forms.adopt")}
          initial={{ body: session.bureau.name, bodyEn: session.bureau.nameEn }}
          onClose={() => setAdopting(false)}
          onSubmit={async (values) => {
            await client.campaigns.adoptForm({
              code: values.code,
              marks: {
                formNo: values.formNo,
                issuingBody: { "zh-CN": values.body, en: values.bodyEn },
                approvalNo: values.approvalNo ?? "",
                expiresOn: values.expiresOn,
              },
            });
            await queryClient.invalidateQueries({ queryKey: api.campaigns.key() });
            message.success(words("forms.adopted"));
          }}
        >
          <Form.Item
            name="code"
            label={words("forms.form")}
            rules={[{ required: true, message: words("forms.form") }]}
          >
            <Select
              options={FORM_CODES.map((code) => ({ value: code, label: labels(`form.${code}`) }))}
            />
          </Form.Item>
          <Form.Item
            name="formNo"
            label={words("forms.form_no")}
            rules={required(words("forms.form_no"))}
          >
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item name="body" label={words("forms.body")} rules={required(words("forms.body"))}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item
            name="bodyEn"
            label={words("forms.body_en")}
            rules={required(words("forms.body_en"))}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="approvalNo" label={words("forms.approval")}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="expiresOn"
            label={words("forms.expires")}
            rules={[{ required: true, message: words("forms.expires") }]}
          >
            <Input type="date" />
          </Form.Item>
        </FormDrawer>
      )}
    </CampaignsPage>
  );
}

/** Every question with the reason for asking it. */
function Preview({ form, onClose }: { form: Row; onClose: () => void }) {
  const words = useCampaignWords();
  const labels = useCampaignLabels();
  const narrow = useNarrow();
  const locale = currentLocale();
  const definition = FORMS[form.code];
  return (
    <Drawer open title={labels(`form.${form.code}`)} size={narrow ? "100%" : 560} onClose={onClose}>
      <div className="desk-stack">
        <p className="desk-notice">{definition.opening[locale]}</p>
        {definition.sections.map((section) => (
          <section key={section.key} aria-label={section.title[locale]}>
            <h3>{section.title[locale]}</h3>
            <ul className="form-questions">
              {section.questions.map((question) => (
                <li key={question.key}>
                  <p>
                    {question.number} {question.label[locale]}
                    {question.required && ` · ${words("forms.required")}`}
                  </p>
                  {question.options && (
                    <p className="desk-lead">
                      {question.options.map((option) => option.label[locale]).join(listComma())}
                    </p>
                  )}
                  <p className="desk-lead">{withName(words("forms.why"), question.why[locale])}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Drawer>
  );
}
