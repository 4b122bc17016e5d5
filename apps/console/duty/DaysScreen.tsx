import type { DayRow } from "@wanjia/contract/duty";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import type { Tone } from "@wanjia/ui/theme/tokens";
import { useMemo, useState } from "react";
import { useUnits } from "../organisation/data.ts";
import { api } from "../shell/api.ts";
import { type Column, DataTable, type Filter } from "../shell/DataTable.tsx";
import { formatDay, formatInstant } from "../shell/format.ts";
import { currentLocale } from "../shell/language.ts";
import { Page } from "../shell/Page.tsx";
import { useSession } from "../shell/session.tsx";
import { type Standing, standingOf } from "./view-model.ts";
import { useDutyWords } from "./words.ts";

const TONES: Readonly<Record<Standing, Tone>> = {
  signed: "met",
  running: "open",
  unsigned: "again",
  too_old: "ended",
};

/** The days of the last month, the latest first. */
export function DaysScreen() {
  const words = useDutyWords();
  return (
    <Page title={words("days.title")} lead={words("days.lead")}>
      <DataTable
        label={words("days.title")}
        columns={useColumns()}
        filters={useFilters()}
        source={api.duty.days}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/days/${id}`}
        empty={{ title: words("days.empty"), hint: words("days.empty_hint") }}
      />
    </Page>
  );
}

function useColumns(): readonly Column<DayRow>[] {
  const words = useDutyWords();
  const units = useUnits();
  const locale = currentLocale();
  const [now] = useState(() => Date.now());
  return useMemo(
    () => [
      {
        key: "day",
        title: words("days.day"),
        sortable: true,
        phone: "title",
        render: (row) => formatDay(row.day, locale),
      },
      {
        key: "station",
        title: words("days.station"),
        render: (row) => units.stationName(row.stationId),
      },
      {
        key: "cameIn",
        title: words("days.came_in"),
        align: "right",
        width: 120,
        render: (row) => String(row.cameIn),
      },
      {
        key: "untouched",
        title: words("days.untouched"),
        align: "right",
        width: 140,
        render: (row) => String(row.untouched),
      },
      {
        key: "state",
        title: words("days.state"),
        width: 320,
        render: (row) => {
          const standing = standingOf(row.day, row.signedAt !== null, now);
          return (
            <span>
              <StatusChip tone={TONES[standing]}>{words(`days.${standing}`)}</StatusChip>{" "}
              {row.signedAt !== null &&
                words("days.signed_by", {
                  name: row.signedByName ?? "—",
                  time: formatInstant(row.signedAt, locale),
                })}
            </span>
          );
        },
      },
    ],
    [words, units, locale, now],
  );
}

function useFilters(): readonly Filter[] {
  const words = useDutyWords();
  const { scope } = useSession();
  const { stationOptions } = useUnits();
  return useMemo(
    () => [
      {
        kind: "choice",
        name: "state",
        label: words("days.filter_state"),
        options: (["unsigned", "signed"] as const).map((value) => ({
          value,
          label: words(`days.${value}`),
        })),
      },
      ...(scope === "bureau"
        ? [
            {
              kind: "choice",
              name: "stationId",
              label: words("days.station"),
              options: stationOptions,
            } as const,
          ]
        : []),
    ],
    [words, scope, stationOptions],
  );
}
