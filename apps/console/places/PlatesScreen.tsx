import { readPlateCode } from "@wanjia/domain/places/plate";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { API_URL } from "../shell/api.ts";
import { Card, Page } from "../shell/Page.tsx";
import { PlaceSelect } from "./PlaceSelect.tsx";
import { usePlaceWords } from "./words.ts";

export function PlatesScreen() {
  const words = usePlaceWords();
  const navigate = useNavigate();
  const [placeId, setPlaceId] = useState<string>();
  return (
    <Page title={words("plates.title")} lead={words("plates.lead")}>
      <Card title={words("plates.find_title")}>
        <div className="desk-form">
          <label htmlFor="plate-place">{words("plates.find")}</label>
          <PlaceSelect id="plate-place" value={placeId} onChange={setPlaceId} />
          <div className="desk-actions">
            <Button
              type="primary"
              disabled={placeId === undefined}
              onClick={() => void navigate(`/places/${placeId ?? ""}`)}
            >
              {words("plates.open")}
            </Button>
            <Button
              disabled={placeId === undefined}
              href={`${API_URL}/places/${placeId ?? ""}/plate-sheet`}
              target="_blank"
            >
              {words("plates.sheet")}
            </Button>
          </div>
          <p className="desk-lead">{words("plates.sheet_hint")}</p>
        </div>
      </Card>
      <Card title={words("plates.check_title")}>
        <Form<{ code: string }>
          layout="vertical"
          requiredMark={false}
          className="desk-form"
          onFinish={({ code }) => {
            const read = readPlateCode(code);
            if (read.ok) window.open(`/p/${read.value}`, "_blank", "noreferrer");
          }}
        >
          <Form.Item
            name="code"
            label={words("plates.check")}
            extra={words("plates.check_hint")}
            validateTrigger="onSubmit"
            rules={[
              {
                validator: async (_rule, value: unknown) => {
                  if (typeof value === "string" && readPlateCode(value).ok) return;
                  throw new Error(words("plates.check_bad"));
                },
              },
            ]}
          >
            <Input autoComplete="off" spellCheck={false} maxLength={60} />
          </Form.Item>
          <div>
            <Button htmlType="submit">{words("plates.check_action")}</Button>
          </div>
        </Form>
      </Card>
    </Page>
  );
}
