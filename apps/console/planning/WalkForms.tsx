import type { WalkView } from "@wanjia/contract/planning";
import {
  buildingsOf,
  clockText,
  moved,
  REFUSE_REASONS,
  type RefuseReason,
  swappable,
} from "@wanjia/domain/planning/settling";
import { Button, Form, Radio, Select } from "antd";
import { useState } from "react";
import { client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { usePlanningLabels, usePlanningWords } from "./words.ts";

interface Changing {
  readonly walk: WalkView;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<unknown>;
}

export function RefuseDrawer({ walk: { id, version }, onClose, onChanged }: Changing) {
  const words = usePlanningWords();
  const labels = usePlanningLabels();
  return (
    <FormDrawer<{ reason: RefuseReason }>
      title={words("refuse.title")}
      hint={words("refuse.hint")}
      submit={words("refuse.action")}
      initial={{ reason: "other_duty" }}
      onSubmit={({ reason }) => client.planning.refuse({ id, version, reason }).then(onChanged)}
      onClose={onClose}
    >
      <Form.Item name="reason" label={words("refuse.reason")}>
        <Radio.Group
          options={REFUSE_REASONS.map((value) => ({ value, label: labels(`reason.${value}`) }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}

export function ReorderDrawer({ walk, onClose, onChanged }: Changing) {
  const words = usePlanningWords();
  const [order, setOrder] = useState(() => buildingsOf(walk));
  const { id, version } = walk;
  return (
    <FormDrawer
      title={words("reorder.title")}
      hint={words("reorder.hint")}
      submit={words("reorder.submit")}
      onSubmit={() =>
        client.planning
          .reorder({ id, version, buildings: order.map(({ building }) => building) })
          .then(onChanged)
      }
      onClose={onClose}
    >
      <ol className="day-order">
        {order.map(({ building, name }, i) => (
          <li key={building}>
            <span>{name}</span>
            <Button
              aria-label={words("reorder.up", { name })}
              disabled={i === 0}
              onClick={() => setOrder(moved(order, i, i - 1))}
            >
              ↑
            </Button>
            <Button
              aria-label={words("reorder.down", { name })}
              disabled={i === order.length - 1}
              onClick={() => setOrder(moved(order, i, i + 1))}
            >
              ↓
            </Button>
          </li>
        ))}
      </ol>
    </FormDrawer>
  );
}

export function SwapDrawer({
  walk,
  walks,
  onClose,
  onChanged,
}: Changing & { readonly walks: readonly WalkView[] }) {
  const words = usePlanningWords();
  const { id, version } = walk;
  const others = swappable(walk, walks);
  return (
    <FormDrawer<{ withId: string }>
      title={words("swap.title")}
      hint={words("swap.hint")}
      submit={words("swap.submit")}
      initial={others[0] ? { withId: others[0].id } : {}}
      onSubmit={({ withId }) => client.planning.swap({ id, version, withId }).then(onChanged)}
      onClose={onClose}
    >
      <Form.Item name="withId" label={words("swap.with")}>
        <Select
          options={others.map((other) => ({
            value: other.id,
            label: `${other.teamName} ${clockText(other.from)} – ${clockText(other.to)}`,
          }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}
