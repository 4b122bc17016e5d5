import type { RecheckDoor } from "@wanjia/contract/oversight";
import { CAME, FOUND, type RecheckAnswer, SPOKE } from "@wanjia/domain/oversight/terms";
import { App, Form, Radio } from "antd";
import { api, client, queryClient } from "../shell/api.ts";
import { formatPeriod } from "../shell/format.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { currentLocale } from "../shell/language.ts";
import { useOversightLabels, useOversightWords } from "./words.ts";

/** The same questions at every door; what was written about it, the asker doesn't know. */
export function AnswerForm({ door, onClose }: { door: RecheckDoor; onClose: () => void }) {
  const words = useOversightWords();
  const labels = useOversightLabels();
  const { message } = App.useApp();
  const { id, place, from, to, answer } = door;
  const must = [{ required: true, message: words("answer.required") }];
  const yesNo = [true, false].map((value) => ({
    value,
    label: words(value ? "answer.yes" : "answer.no"),
  }));
  return (
    <FormDrawer<Partial<RecheckAnswer>>
      title={words("answer.title")}
      hint={words("answer.hint", { place, days: formatPeriod(from, to, currentLocale()) })}
      submit={words("answer.submit")}
      initial={answer ?? {}}
      onClose={onClose}
      onSubmit={async ({ found, came, spoke, gasCheck, gridWorker }) => {
        await client.oversight.answer({
          id,
          found: found ?? "home",
          came: came ?? null,
          spoke: spoke ?? null,
          gasCheck: gasCheck ?? null,
          gridWorker: gridWorker ?? null,
        });
        await queryClient.invalidateQueries({ queryKey: api.oversight.key() });
        message.success(words("answer.saved"));
      }}
    >
      <Form.Item name="found" label={words("answer.found")} rules={must}>
        <Radio.Group options={FOUND.map((value) => ({ value, label: labels(`found.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["found"]}>
        {({ getFieldValue }) =>
          getFieldValue("found") === "home" && (
            <>
              <Form.Item name="gasCheck" label={words("answer.gas")}>
                <Radio.Group options={yesNo} />
              </Form.Item>
              <Form.Item name="came" label={words("answer.came")} rules={must}>
                <Radio.Group
                  vertical
                  options={CAME.map((value) => ({ value, label: labels(`came.${value}`) }))}
                />
              </Form.Item>
              <Form.Item noStyle dependencies={["came"]}>
                {() =>
                  getFieldValue("came") === "yes" && (
                    <Form.Item name="spoke" label={words("answer.spoke")} rules={must}>
                      <Radio.Group
                        vertical
                        options={SPOKE.map((value) => ({ value, label: labels(`spoke.${value}`) }))}
                      />
                    </Form.Item>
                  )
                }
              </Form.Item>
              <Form.Item name="gridWorker" label={words("answer.grid")}>
                <Radio.Group options={yesNo} />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
    </FormDrawer>
  );
}
