import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** Draws into an element and keeps its size; answers what takes it away again. */
export function draw(element: HTMLElement, option: EChartsCoreOption): () => void {
  const chart = init(element, null, { renderer: "svg" });
  // Paper is narrower than the screen it was drawn for: with its size said, a sheet can scale it.
  chart.on("rendered", () => {
    const size = `0 0 ${chart.getWidth()} ${chart.getHeight()}`;
    element.querySelector("svg")?.setAttribute("viewBox", size);
  });
  chart.setOption({ animation: false, ...option });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(element);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}
