import { useQuery } from "@tanstack/react-query";
import { mayLoadWorkdays } from "@wanjia/domain/workdays/policy";
import { WORKDAYS_LIMITS } from "@wanjia/domain/workdays/terms";
import { App, Button, Card, Form, Input, InputNumber, Upload } from "antd";
import { useState } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { useMust } from "../shell/form-fields.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { useSession } from "../shell/session.tsx";
import { useWorkdayWords } from "./words.ts";

type Draft = Parameters<typeof client.workdays.load>[0];

/** How far the announced days reach, what was loaded, and a way to load the next year. */
export function WorkdaysCard() {
  const words = useWorkdayWords();
  const may = mayLoadWorkdays(useSession().role);
  const [open, setOpen] = useState(false);
  const { data } = useQuery(api.workdays.standing.queryOptions());
  if (data === undefined) return null;
  return (
    <Card title={words("title")} size="small">
      <p>{words("through", { day: formatDay(data.through, currentLocale()) })}</p>
      {data.years.map(({ year, holidays, makeUpDays, source }) => (
        <p key={year}>
          {words("loaded", { year, off: holidays.length, work: makeUpDays.length, source })}
        </p>
      ))}
      {may && <Button onClick={() => setOpen(true)}>{words("load")}</Button>}
      {open && (
        <LoadForm year={Number(data.through.slice(0, 4)) + 1} onClose={() => setOpen(false)} />
      )}
    </Card>
  );
}

function LoadForm({ year, onClose }: { year: number; onClose: () => void }) {
  const words = useWorkdayWords();
  const { message } = App.useApp();
  const must = useMust();
  const field = (name: keyof Draft) => {
    const label = words(`form.${name}`);
    return { name, label, rules: must(label) };
  };
  return (
    <FormDrawer<Draft>
      title={words("load")}
      hint={words("form.hint")}
      submit={words("form.submit")}
      initial={{ year }}
      onClose={onClose}
      onSubmit={async (draft) => {
        const { through } = await client.workdays.load(draft);
        await queryClient.invalidateQueries({ queryKey: api.workdays.key() });
        message.success(words("form.saved", { day: formatDay(through, currentLocale()) }));
      }}
    >
      <Form.Item {...field("year")}>
        <InputNumber min={2000} max={2200} precision={0} />
      </Form.Item>
      <Form.Item {...field("source")}>
        <Input autoComplete="off" maxLength={WORKDAYS_LIMITS.sourceLength} />
      </Form.Item>
      <Form.Item {...field("days")} extra={words("form.days_hint")}>
        <Input.TextArea
          autoSize={{ minRows: 8, maxRows: 20 }}
          maxLength={WORKDAYS_LIMITS.textLength}
        />
      </Form.Item>
      <FromFile />
    </FormDrawer>
  );
}

/** Puts a file's lines where they can be read before they are loaded. */
function FromFile() {
  const words = useWorkdayWords();
  const form = Form.useFormInstance<Draft>();
  return (
    <Upload
      accept=".txt,.csv,text/plain"
      showUploadList={false}
      beforeUpload={(file) => {
        void file.text().then((text) => form.setFieldValue("days", text));
        return false;
      }}
    >
      <Button>{words("form.file")}</Button>
    </Upload>
  );
}
