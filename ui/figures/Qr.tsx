import { useEffect, useState } from "react";
import "./figure.css";

interface Drawn {
  readonly path: string;
  readonly size: number;
}

/** Clear space around the square, in its own dots, without which cameras don't find it. */
const MARGIN = 3;

/** A text as a square for cameras; drawn here, sent nowhere. */
export function Qr({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    let current = true;
    void import("qrcode").then(({ default: qrcode }) => {
      const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
      let path = "";
      for (let row = 0; row < modules.size; row += 1) {
        for (let column = 0; column < modules.size; column += 1) {
          if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
        }
      }
      if (current) setDrawn({ path, size: modules.size });
    });
    return () => {
      current = false;
    };
  }, [text]);
  const size = drawn?.size ?? 1;
  return (
    <svg
      className="w-qr"
      role="img"
      aria-label={label}
      viewBox={`${-MARGIN} ${-MARGIN} ${size + 2 * MARGIN} ${size + 2 * MARGIN}`}
      shapeRendering="crispEdges"
    >
      <rect x={-MARGIN} y={-MARGIN} width="100%" height="100%" fill="#fff" />
      {drawn && <path d={drawn.path} fill="#000" />}
    </svg>
  );
}
