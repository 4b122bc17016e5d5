import type { StockItem } from "@wanjia/domain/campaigns/terms";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Input, InputNumber } from "antd";
import { en } from "./messages.en.ts";
import { freeCode, removeAt, replaceAt } from "./view-model.ts";
import { useCampaignWords } from "./words.ts";
import { zhCN } from "./messages.zh-CN.ts";

const PRESETS = ["anti_fraud", "fire_safety", "theft_prevention"] as const;
const USUAL_STOCK = 1000;

/** What is handed out, and how many there are. */
export function StockEditor({
  kind,
  items,
  onChange,
}: {
  kind: "leaflets" | "devices";
  items: readonly StockItem[];
  onChange: (items: readonly StockItem[]) => void;
}) {
  const words = useCampaignWords();
  const presets =
    kind === "leaflets" ? PRESETS.filter((code) => items.every((item) => item.code !== code)) : [];
  const change = (at: number, item: StockItem) => onChange(replaceAt(items, at, item));
  return (
    <div className="desk-stack">
      <h3>{words(`field.${kind}`)}</h3>
      <p className="desk-lead">{words(`materials.${kind}_lead`)}</p>
      <ul className="desk-edit-list" data-columns="stock">
        {items.map((item, at) => {
          const label = words("materials.item", { at: at + 1 });
          return (
            // oxlint-disable-next-line react/no-array-index-key -- codes change while they are typed
            <li key={at}>
              <Input
                aria-label={`${label} ${words("field.item_name")}`}
                placeholder={words("field.item_name")}
                value={item.name}
                maxLength={100}
                onChange={(event) => change(at, { ...item, name: event.target.value })}
              />
              <Input
                aria-label={`${label} ${words("field.name_en")}`}
                placeholder={words("field.name_en")}
                value={item.nameEn}
                maxLength={100}
                onChange={(event) => change(at, { ...item, nameEn: event.target.value })}
              />
              <Input
                aria-label={`${label} ${words("field.code")}`}
                placeholder={words("field.code")}
                title={words("materials.code_hint")}
                value={item.code}
                maxLength={40}
                onChange={(event) => change(at, { ...item, code: event.target.value })}
              />
              <InputNumber
                aria-label={`${label} ${words("field.stock")}`}
                min={0}
                precision={0}
                value={item.stock}
                onChange={(stock) => change(at, { ...item, stock: stock ?? 0 })}
              />
              <Button
                type="text"
                icon={<Icon name="close" size={1} />}
                aria-label={`${words("materials.remove")} ${item.name}`}
                onClick={() => onChange(removeAt(items, at))}
              />
            </li>
          );
        })}
      </ul>
      <div className="desk-actions">
        <Button
          icon={<Icon name="add" size={1} />}
          onClick={() =>
            onChange([...items, { code: freeCode(items), name: "", nameEn: "", stock: 0 }])
          }
        >
          {words("materials.add")}
        </Button>
        {presets.map((code) => (
          <Button
            key={code}
            type="dashed"
            onClick={() =>
              onChange([
                ...items,
                {
                  code,
                  name: zhCN.materials.preset[code],
                  nameEn: en.materials.preset[code],
                  stock: USUAL_STOCK,
                },
              ])
            }
          >
            {words(`materials.preset.${code}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
