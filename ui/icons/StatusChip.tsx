import type { ReactNode } from "react";
import type { Tone } from "../theme/tokens.ts";
import { Icon, type IconName } from "./Icon.tsx";
import "./status-chip.css";

/** A state as colour, icon and word together: never one of them alone. */
export function StatusChip({
  tone,
  icon = tone === "primary" ? "info" : tone,
  children,
}: {
  tone: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className="w-chip" data-tone={tone}>
      <Icon name={icon} size={1} />
      <span>{children}</span>
    </span>
  );
}
