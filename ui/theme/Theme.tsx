import "./theme.css";

export type Appearance = {
  readonly mode: "light" | "dark" | "system";
  /** 1 to 2: what every length in rem is multiplied with. */
  readonly textScale: number;
};

export const textScales = [1, 1.25, 1.5, 2] as const;

/** Puts the reader's choice of light and text size onto the document. */
export function applyAppearance({ mode, textScale }: Appearance): void {
  const root = document.documentElement;
  const dark =
    mode === "dark" ||
    (mode === "system" && globalThis.matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.dataset.text = textScale >= 1.5 ? "large" : "usual";
  root.style.setProperty("--text-scale", String(textScale));
}

/** Calls back when the device changes between light and dark; answers how to stop. */
export function onSystemThemeChange(changed: () => void): () => void {
  const query = globalThis.matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
