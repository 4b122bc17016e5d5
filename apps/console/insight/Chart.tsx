import { useEffect, useRef } from "react";
import type { EChartsCoreOption } from "echarts/core";

/**
 * A drawing of what a table beside it says in full; hence hidden from screen readers. The library
 * comes in a chunk of its own, when a chart is first looked at.
 */
export function Chart({ option, height }: { option: EChartsCoreOption; height: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let dispose = (): void => {};
    let gone = false;
    void import("./echarts.ts").then(({ draw }) => {
      if (!gone) dispose = draw(element, option);
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [option]);
  return <div ref={box} className="figure-chart" style={{ height }} aria-hidden="true" />;
}
