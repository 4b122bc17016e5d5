import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "../icons/Icon.tsx";
import "./form.css";

/** `main` is the one action of a screen; `quiet` sits beside it; `danger` stands apart. */
export function Button({
  look = "plain",
  icon,
  block = false,
  children,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & {
  look?: "main" | "plain" | "quiet" | "danger";
  icon?: IconName;
  block?: boolean;
}) {
  return (
    <button
      type="button"
      {...rest}
      className="w-button"
      data-look={look}
      data-block={block || undefined}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
