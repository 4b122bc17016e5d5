import type { AppointmentRow } from "@wanjia/contract/appointments";
import { mayAppoint } from "@wanjia/domain/appointments/policy";
import { APPOINTMENT_STATES, type AppointmentState } from "@wanjia/domain/appointments/terms";
import { localDate } from "@wanjia/domain/shared/instant";
import { Icon } from "@wanjia/ui/icons/Icon";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import { timeText } from "@wanjia/ui/language/dates";
import type { Tone } from "@wanjia/ui/theme/tokens";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { PaperForm } from "../intake/PaperForm.tsx";
import { today, useUnitFilters } from "../organisation/data.ts";
import { api, client, queryClient } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useSession } from "../shell/session.tsx";
import { useAppointmentLabels, useAppointmentWords } from "./words.ts";

const TONES: Readonly<Record<AppointmentState, Tone>> = {
  asked: "again",
  confirmed: "appointment",
  kept: "met",
  missed: "ended",
  cancelled: "ended",
};

/** Whoever comes without a question of his own sees what is ahead; days gone by are a filter away. */
export function AppointmentsScreen() {
  const [params] = useSearchParams();
  const [hasBegun, setBegun] = useState(false);
  if (!hasBegun && params.size > 0) setBegun(true);
  return hasBegun || params.size > 0 ? (
    <Appointments />
  ) : (
    <Navigate to={`?from=${today()}`} replace />
  );
}

/** Times that residents asked for or agreed to, the next one first. */
function Appointments() {
  const words = useAppointmentWords();
  const { role } = useSession();
  const [typing, setTyping] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const columns = useColumns(setProblem);
  const filters = useFilters();
  return (
    <Page
      title={words("title")}
      lead={words("lead")}
      actions={
        mayAppoint(role, "take_wish") && (
          <Button
            type="primary"
            icon={<Icon name="edit" size={1} />}
            onClick={() => setTyping(true)}
          >
            {words("paper")}
          </Button>
        )
      }
    >
      {problem !== undefined && <Problem error={problem} />}
      <DataTable
        label={words("title")}
        columns={columns}
        filters={filters}
        source={api.appointments.list}
        rowKey={({ id }) => id}
        empty={{ title: words("empty"), hint: words("empty_hint") }}
      />
      {typing && <PaperForm errand="visit" onClose={() => setTyping(false)} />}
    </Page>
  );
}

function useColumns(onProblem: (error: unknown) => void): readonly Column<AppointmentRow>[] {
  const words = useAppointmentWords();
  const labels = useAppointmentLabels();
  const locale = currentLocale();
  const { role } = useSession();
  const { message, modal } = App.useApp();
  return useMemo(() => {
    const take = async (row: AppointmentRow, step: "confirm" | "cancel") => {
      onProblem(undefined);
      try {
        await client.appointments.step({ id: row.id, step });
        message.success(words(step === "confirm" ? "confirmed" : "cancelled"));
      } catch (error) {
        onProblem(error);
      }
      await queryClient.invalidateQueries({ queryKey: api.appointments.key() });
    };
    const reveal = async (row: AppointmentRow) => {
      onProblem(undefined);
      try {
        const shown = await client.appointments.reveal({ id: row.id, purpose: "arrange_service" });
        modal.info({
          title: [shown.salutation, shown.phone].filter((one) => one !== null).join("  "),
          content: words("revealed"),
          okText: words("close"),
        });
      } catch (error) {
        onProblem(error);
      }
    };
    return [
      {
        key: "from",
        title: words("column.from"),
        sortable: true,
        phone: "title",
        width: 210,
        render: (row) =>
          words("window", {
            day: formatDay(localDate(row.from), locale),
            from: timeText(row.from),
            to: timeText(row.to),
          }),
      },
      { key: "place", title: words("column.place"), render: (row) => row.place },
      {
        key: "state",
        title: words("column.state"),
        width: 140,
        render: (row) => (
          <StatusChip tone={TONES[row.state]}>{labels(`state.${row.state}`)}</StatusChip>
        ),
      },
      {
        key: "origin",
        title: words("column.origin"),
        width: 110,
        phone: "hidden",
        render: (row) => labels(`origin.${row.origin}`),
      },
      {
        key: "phone",
        title: words("column.phone"),
        width: 190,
        render: (row) =>
          row.phone === null ? (
            words("no_phone")
          ) : (
            <div className="desk-actions">
              <span>{row.phone}</span>
              {mayAppoint(role, "reveal") && (
                <Button size="small" onClick={() => void reveal(row)}>
                  {words("reveal")}
                </Button>
              )}
            </div>
          ),
      },
      {
        key: "steps",
        title: words("column.steps"),
        width: 150,
        render: (row) =>
          mayAppoint(role, "decide") &&
          (row.state === "asked" || row.state === "confirmed") && (
            <div className="desk-actions">
              {row.state === "asked" && (
                <Button size="small" type="primary" onClick={() => void take(row, "confirm")}>
                  {words("confirm")}
                </Button>
              )}
              <Button
                size="small"
                onClick={() =>
                  modal.confirm({
                    title: words("cancel_title"),
                    content: words("cancel_text"),
                    okText: words("cancel_do"),
                    cancelText: words("cancel_keep"),
                    onOk: () => take(row, "cancel"),
                  })
                }
              >
                {words("cancel")}
              </Button>
            </div>
          ),
      },
    ];
  }, [words, labels, locale, role, message, modal, onProblem]);
}

function useFilters(): readonly Filter[] {
  const words = useAppointmentWords();
  const labels = useAppointmentLabels();
  const units = useUnitFilters(words("filter.station"), words("filter.beat"));
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "state",
        label: words("filter.state"),
        options: APPOINTMENT_STATES.map((value) => ({ value, label: labels(`state.${value}`) })),
      },
      ...units,
      { kind: "date", name: "from", label: words("filter.from") },
      { kind: "date", name: "to", label: words("filter.to") },
    ],
    [words, labels, units],
  );
}
