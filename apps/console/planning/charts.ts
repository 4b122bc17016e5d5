import type { OutlookView } from "@wanjia/contract/planning";
import { daysBetween, type LocalDate } from "@wanjia/domain/shared/instant";
import type { Palette } from "@wanjia/ui/theme/tokens";
import type { EChartsCoreOption } from "echarts/core";
import { curveRows } from "./view-model.ts";

type Curve = OutlookView["curves"][number];
type Layout = Curve["layout"];

/** Hours against the finishing day: a line for each layout of the week, named at its end. */
export function curveChart(
  outlook: OutlookView,
  nameOf: (layout: Layout) => string,
  palette: Palette,
  dayText: (day: string) => string,
): EChartsCoreOption {
  const text = { color: palette.ink, fontFamily: "inherit", fontSize: 12 };
  const colours: Readonly<Record<Layout, string>> = {
    mixed: palette.primary,
    office_hours: palette.ended,
    evenings: palette.appointment,
  };
  // As far apart as the days are: a curve over unequal steps would bend where nothing does.
  const days = curveRows(outlook).map(({ endsOn }) => endsOn);
  const at = (day: LocalDate): number => daysBetween(days[0] ?? day, day);
  const endOf = (points: Curve["points"]): number => points.at(-1)?.hours ?? 0;
  const above = (points: Curve["points"]): number =>
    outlook.curves.filter((other) => endOf(other.points) > endOf(points)).length;
  // Room for labels is said, not measured: the library would move the axes and leave the lines behind.
  const room = Math.max(0, ...outlook.curves.map(({ layout }) => widthOf(nameOf(layout))));
  return {
    grid: { left: 48, right: room + 16, top: 16, bottom: 28, outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      min: 0,
      max: Math.max(1, ...days.map(at)),
      splitLine: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: true, customValues: days.map(at) },
      axisLabel: {
        ...text,
        customValues: days.map(at),
        hideOverlap: true,
        formatter: (value: number) => dayText(days.find((day) => at(day) === value) ?? ""),
      },
    },
    yAxis: {
      type: "value",
      min: 0,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: text,
    },
    series: outlook.curves.map(({ layout, points }) => ({
      type: "line",
      name: nameOf(layout),
      symbolSize: 6,
      lineStyle: { color: colours[layout], width: 2 },
      itemStyle: { color: colours[layout] },
      // Lines that end alike would write over each other: the higher one's name goes up.
      endLabel: { show: true, formatter: "{a}", offset: [0, 14 * (above(points) - 1)], ...text },
      data: points.map(({ endsOn, hours }) => [at(endsOn), Math.round(hours)]),
    })),
  };
}

/** Pixels of a name in the size of the labels: a Chinese character is as wide as high, a letter about half. */
function widthOf(name: string): number {
  return Array.from(name).reduce((sum, letter) => sum + (letter > "\u2e7f" ? 12 : 6.5), 0);
}
