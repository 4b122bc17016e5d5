/** What the charts draw: zero base line, direct labels, one colour for one meaning. */
import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "@wanjia/ui/theme/tokens";
import { type Ageing, type Board, cellOf, type Part, shareOf, shareText } from "./view-model.ts";

const BAR_HEIGHT = 28;
const NO_FIGURE = "•";

function text(palette: Palette) {
  return { color: palette.ink, fontFamily: "inherit", fontSize: 12 };
}

/** Coverage as bars from zero to a hundred, in the order of names. */
export function coverageChart(
  rows: readonly Part[],
  names: readonly string[],
  palette: Palette,
): { option: EChartsCoreOption; height: number } {
  return {
    height: rows.length * BAR_HEIGHT + 48,
    option: {
      grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
      xAxis: {
        type: "value",
        min: 0,
        max: 100,
        splitLine: { lineStyle: { color: palette.line } },
        axisLabel: { ...text(palette), formatter: "{value}%" },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: names,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: palette.line } },
        axisLabel: { ...text(palette), width: 160, overflow: "truncate" },
      },
      series: [
        {
          type: "bar",
          barWidth: 16,
          itemStyle: { color: palette.met },
          label: { show: true, position: "right", ...text(palette) },
          data: rows.map((row) => {
            const cell = cellOf(row.cells, "K06");
            const label = shareText(cell) ?? NO_FIGURE;
            return { value: shareOf(cell) ?? 0, label: { formatter: label } };
          }),
        },
      ],
    },
  };
}

/** Attempts and household visits by day, each line labelled at its end. */
export function daysChart(
  days: Board["days"],
  names: { readonly attempts: string; readonly visits: string },
  palette: Palette,
): EChartsCoreOption {
  const line = (name: string, color: string, values: (number | null)[]): object => ({
    type: "line",
    name,
    showSymbol: values.length < 32,
    symbolSize: 5,
    lineStyle: { color, width: 2 },
    itemStyle: { color },
    endLabel: { show: true, formatter: "{a}", ...text(palette) },
    data: values,
  });
  return {
    grid: { left: 8, right: 96, top: 16, bottom: 8, containLabel: true },
    xAxis: {
      type: "category",
      data: days.map(({ day }) => day.slice(5)),
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: text(palette),
    },
    yAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: text(palette),
    },
    series: [
      line(
        names.attempts,
        palette.ended,
        days.map(({ attempts }) => attempts),
      ),
      line(
        names.visits,
        palette.met,
        days.map(({ householdVisits }) => householdVisits),
      ),
    ],
  };
}

/** The share still open by days since registration, as steps, with its band dashed. */
export function ageingChart(
  curve: Ageing["kinds"][number]["curve"],
  names: { readonly days: string; readonly open: string },
  palette: Palette,
): EChartsCoreOption {
  const line = (at: "open" | "low" | "high", name: string): object => ({
    type: "line",
    step: "end",
    name,
    showSymbol: false,
    lineStyle:
      at === "open"
        ? { color: palette.primary, width: 2 }
        : { color: palette.ended, width: 1, type: "dashed" },
    ...(name === "" ? {} : { endLabel: { show: true, formatter: "{a}", ...text(palette) } }),
    data: [[0, 100], ...curve.map((step) => [step.day, 100 * step[at]])],
  });
  return {
    grid: { left: 8, right: 128, top: 16, bottom: 24, containLabel: true },
    xAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      name: names.days,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: text(palette),
      splitLine: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: text(palette),
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 100,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text(palette), formatter: "{value}%" },
    },
    series: [line("high", ""), line("low", ""), line("open", names.open)],
  };
}
