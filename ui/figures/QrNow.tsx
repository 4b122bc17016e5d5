import { create } from "qrcode";
import { useMemo } from "react";
import "./figure.css";

/** Clear space around the square, in its own dots, without which cameras don't find it. */
const MARGIN = 3;

/** A text as a square for cameras; drawn here, sent nowhere. */
export function QrNow({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: "M" });
    let dots = "";
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) dots += `M${column} ${row}h1v1h-1z`;
      }
    }
    return { path: dots, size: modules.size };
  }, [text]);
  return (
    <svg
      className="w-qr"
      role="img"
      aria-label={label}
      viewBox={`${-MARGIN} ${-MARGIN} ${size + 2 * MARGIN} ${size + 2 * MARGIN}`}
      shapeRendering="crispEdges"
    >
      <rect x={-MARGIN} y={-MARGIN} width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
