/**
 * The colours of the house, once. `theme.css` says the same to the browser, and `theme.test.ts`
 * holds the two together and measures their contrast. Charts take their colours from here.
 */

/** What a state means, everywhere. A tone is never shown without an icon and a word. */
export type Tone = "met" | "again" | "appointment" | "ended" | "open" | "alarm" | "primary";

export type Palette = Readonly<
  Record<Tone | "ink" | "muted" | "page" | "surface" | "line", string>
>;

export const light: Palette = {
  ink: "#1b2a41",
  muted: "#4a5a72",
  page: "#f4f6f9",
  surface: "#ffffff",
  line: "#c9d2de",
  primary: "#1f5fa8",
  met: "#2f7d5b",
  again: "#b7791f",
  appointment: "#6b4fa0",
  ended: "#64748b",
  open: "#e5e9f0",
  alarm: "#b42318",
};

export const dark: Palette = {
  ink: "#e8edf4",
  muted: "#adb9ca",
  page: "#0f1722",
  surface: "#182332",
  line: "#3a4a60",
  primary: "#7db2ee",
  met: "#6cc29a",
  again: "#e0b060",
  appointment: "#b9a3ea",
  ended: "#9aa8bb",
  open: "#2b394c",
  alarm: "#f28b80",
};

/** A tone dark (or light) enough to be read as text on its own soft ground. */
export const lightStrong: Readonly<Record<Tone, string>> = {
  primary: "#1a5290",
  met: "#22644a",
  again: "#7a4f0f",
  appointment: "#59408a",
  ended: "#475569",
  open: "#4a5a72",
  alarm: "#941c13",
};

export const darkStrong: Readonly<Record<Tone, string>> = {
  primary: "#a3caf5",
  met: "#8fd6b4",
  again: "#edc887",
  appointment: "#cdbdf2",
  ended: "#bcc7d6",
  open: "#c3cddb",
  alarm: "#f7aca4",
};

/** Soft ground of a tone: a chip, a tile. */
export const lightSoft: Readonly<Record<Tone, string>> = {
  primary: "#dfeaf7",
  met: "#d5ebe1",
  again: "#f8e6c6",
  appointment: "#e6def4",
  ended: "#dde3ea",
  open: "#ffffff",
  alarm: "#fbe0dd",
};

export const darkSoft: Readonly<Record<Tone, string>> = {
  primary: "#1d3554",
  met: "#1b3f33",
  again: "#47361a",
  appointment: "#362c52",
  ended: "#2a3545",
  open: "#182332",
  alarm: "#4d2522",
};
