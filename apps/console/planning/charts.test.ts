import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutlookView } from "@wanjia/contract/planning";
import type { Palette } from "@wanjia/ui/theme/tokens";
import { curveChart } from "./charts.ts";

test("on the curve a day stands as far from the next as it is in the calendar", () => {
  const days = ["2026-11-15", "2026-11-22", "2026-11-30", "2026-12-15", "2026-12-31"];
  const outlook = {
    curves: [
      { layout: "mixed", points: days.map((endsOn) => ({ endsOn, hours: 100.4, coverage: 0.9 })) },
    ],
  } as unknown as OutlookView;
  const { xAxis, series } = curveChart(outlook, String, {} as Palette, (day) => `the ${day}`) as {
    xAxis: { type: string; max: number; axisLabel: { formatter: (value: number) => string } };
    series: { data: [number, number][] }[];
  };
  assert.equal(xAxis.type, "value");
  assert.deepEqual(
    series[0]?.data.map(([at]) => at),
    [0, 7, 15, 30, 46],
  );
  assert.equal(xAxis.max, 46);
  assert.equal(xAxis.axisLabel.formatter(15), "the 2026-11-30");
  assert.equal(series[0]?.data[0]?.[1], 100);
});

test("the longest name at a curve's end has room, and axes and lines keep to one frame", () => {
  const points = [{ endsOn: "2026-11-15", hours: 17, coverage: 0.9 }];
  const outlook = {
    curves: [
      { layout: "mixed", points },
      { layout: "evenings", points },
    ],
  } as unknown as OutlookView;
  const gridFor = (name: string) =>
    curveChart(outlook, () => name, {} as Palette, String)["grid"] as Record<string, unknown>;
  assert.equal(gridFor("只在晚上和周六")["right"], 7 * 12 + 16);
  assert.ok(Number(gridFor("Evenings and Saturday alone")["right"]) >= 27 * 6.5);
  assert.equal(gridFor("")["outerBoundsMode"], "none");
});
