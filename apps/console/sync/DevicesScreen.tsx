import { DAY_MS } from "@wanjia/domain/shared/instant";
import { administersDevices } from "@wanjia/sync/policy";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { App, Button } from "antd";
import { useMemo } from "react";
import { api, client, queryClient } from "../shell/api.ts";
import { DataTable, type Column } from "../shell/DataTable.tsx";
import { formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { localSource } from "../shell/local-source.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { useSyncWords } from "./words.ts";

type Device = Awaited<ReturnType<typeof client.sync.devices>>["items"][number];

/** A phone's store ends itself after 7 days without contact (domain.md §8.4). */
const QUIET_AFTER_MS = 7 * DAY_MS;

const source = localSource<Device>(["sync", "device-list"], {
  load: async () => (await client.sync.devices({})).items,
  text: (device) => `${device.name} ${device.memberName}`,
  filters: { state: (device, value) => (device.revokedAt === null) === (value === "in_use") },
  sorts: {
    name: (device) => device.name,
    member: (device) => device.memberName,
    lastSeenAt: (device) => device.lastSeenAt,
  },
});

export function DevicesScreen() {
  const words = useSyncWords();
  const { message, modal } = App.useApp();
  const session = useSession();
  const locale = currentLocale();
  const all = administersDevices(session);
  const columns = useMemo<Column<Device>[]>(() => {
    const revoke = (device: Device) =>
      modal.confirm({
        title: words("devices.revoke_title"),
        content: words("devices.revoke_text", { name: device.name, member: device.memberName }),
        okText: words("devices.revoke"),
        okButtonProps: { danger: true },
        onOk: async () => {
          await client.sync.revoke({ id: device.id });
          await queryClient.invalidateQueries({ queryKey: api.sync.key() });
          message.success(words("devices.revoke_done"));
        },
      });
    return [
      {
        key: "name",
        title: words("devices.name"),
        sortable: true,
        phone: "title",
        render: (device) => device.name,
      },
      {
        key: "member",
        title: words("devices.member"),
        sortable: true,
        render: (device) => device.memberName,
      },
      {
        key: "lastSeenAt",
        title: words("devices.last_seen"),
        sortable: true,
        render: (device) => formatInstant(device.lastSeenAt, locale),
      },
      {
        key: "registeredAt",
        title: words("devices.registered"),
        phone: "hidden",
        render: (device) => formatInstant(device.registeredAt, locale),
      },
      {
        key: "state",
        title: words("devices.state"),
        render: (device) =>
          device.revokedAt !== null ? (
            <StatusChip tone="ended">{words("devices.revoked")}</StatusChip>
          ) : Date.now() - device.lastSeenAt > QUIET_AFTER_MS ? (
            <StatusChip tone="again">{words("devices.quiet")}</StatusChip>
          ) : (
            <StatusChip tone="met">{words("devices.in_use")}</StatusChip>
          ),
      },
      {
        key: "revoke",
        title: "",
        width: 100,
        render: (device) =>
          device.revokedAt === null && (
            <Button size="small" danger onClick={() => revoke(device)}>
              {words("devices.revoke")}
            </Button>
          ),
      },
    ];
  }, [words, locale, modal, message]);
  return (
    <Page title={words("devices.title")} lead={words(all ? "devices.lead" : "devices.lead_own")}>
      <DataTable
        label={words("devices.title")}
        columns={columns}
        filters={[
          {
            kind: "text",
            name: "q",
            label: words("devices.search"),
            placeholder: words("devices.search"),
          },
          {
            kind: "choice",
            name: "state",
            label: words("devices.state"),
            options: [
              { value: "in_use", label: words("devices.in_use") },
              { value: "revoked", label: words("devices.revoked") },
            ],
          },
        ]}
        source={source}
        rowKey={(device) => device.id}
        defaultSort="-lastSeenAt"
        empty={{ title: words("devices.empty"), hint: words("devices.empty_hint") }}
      />
    </Page>
  );
}
