import { useQueries } from "@tanstack/react-query";
import type { MatterRow } from "@wanjia/contract/matters";
import { printNumber } from "@wanjia/domain/matters/number";
import type { Id } from "@wanjia/domain/shared/id";
import { App, Form, Select } from "antd";
import { useMemo } from "react";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import type { Role } from "@wanjia/domain/organisation/terms";
import { useMatterWords } from "./words.ts";

/** Hands the chosen matters to one member, and says of each that was refused why. */
export function AssignForm({
  matters,
  onClose,
}: {
  matters: readonly MatterRow[];
  onClose: () => void;
}) {
  const words = useMatterWords();
  const roles = useOrganisationLabels();
  const { message, modal } = App.useApp();
  const { people, pending } = useHandlers(matters);
  const assign = async ({ to }: { to: Id }) => {
    const ids = matters.map(({ id }) => id);
    const { assigned, refused } = await client.matters.assignMany({ to, ids });
    await queryClient.invalidateQueries({ queryKey: api.matters.key() });
    if (refused.length === 0) {
      message.success(words("assign.done", { count: assigned.length }));
      return;
    }
    const numbers = new Map(matters.map(({ id, number }) => [id, printNumber(number)]));
    modal.warning({
      title: words("assign.some_refused", { done: assigned.length, count: refused.length }),
      okText: words("assign.seen"),
      content: (
        <ul>
          {refused.map(({ id, why }) => (
            <li key={id}>
              <span className="matter-number">{numbers.get(id)}</span> {why}
            </li>
          ))}
        </ul>
      ),
    });
  };
  return (
    <FormDrawer<{ to: Id }>
      title={words("assign.title", { count: matters.length })}
      hint={words("assign.hint")}
      submit={words("assign.submit")}
      onSubmit={assign}
      onClose={onClose}
    >
      <Form.Item
        name="to"
        label={words("assign.to")}
        rules={[{ required: true, message: words("assign.to_missing") }]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          loading={pending}
          notFoundContent={words("assign.nobody")}
          options={people.map(({ id, name, role }) => ({
            value: id,
            label: `${name} · ${roles(`role.${role as Role}`)}`,
          }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}

/** Whoever could take over at least one of them: asked once for each beat. */
function useHandlers(matters: readonly MatterRow[]) {
  const one = useMemo(
    () => [
      ...new Map(matters.map((matter) => [matter.beatId ?? matter.stationId, matter])).values(),
    ],
    [matters],
  );
  return useQueries({
    queries: one.map(({ id }) => api.matters.assignees.queryOptions({ input: { id } })),
    combine: (answers) => ({
      pending: answers.some(({ isPending }) => isPending),
      people: [
        ...new Map(
          answers.flatMap(({ data }) => data?.items ?? []).map((person) => [person.id, person]),
        ).values(),
      ],
    }),
  });
}
