import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  dark,
  darkSoft,
  darkStrong,
  light,
  lightSoft,
  lightStrong,
  type Palette,
  type Tone,
} from "./tokens.ts";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");
const [lightCss, darkCss] = css.split(/:root\[data-theme=.dark.\]/) as [string, string];

const themes: {
  name: string;
  css: string;
  palette: Palette;
  strong: Record<Tone, string>;
  soft: Record<Tone, string>;
}[] = [
  { name: "light", css: lightCss, palette: light, strong: lightStrong, soft: lightSoft },
  { name: "dark", css: darkCss, palette: dark, strong: darkStrong, soft: darkSoft },
];

/** WCAG 2 relative luminance of a #rrggbb colour. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

for (const { name, css: block, palette, strong, soft } of themes) {
  test(`the ${name} style sheet says the same colours as the tokens`, () => {
    for (const [token, value] of Object.entries(palette)) {
      assert.match(block, new RegExp(`--${token}: ${value};`), token);
    }
    for (const tone of Object.keys(strong) as Tone[]) {
      assert.match(block, new RegExp(`--${tone}-strong: ${strong[tone]};`), tone);
      assert.match(block, new RegExp(`--${tone}-soft: ${soft[tone]};`), tone);
    }
  });

  test(`${name} text can be read: 4.5 to 1 on page, surface and every soft ground`, () => {
    for (const ground of [palette.page, palette.surface]) {
      assert.ok(contrast(palette.ink, ground) >= 7, `ink on ${ground}`);
      assert.ok(contrast(palette.muted, ground) >= 4.5, `muted on ${ground}`);
      assert.ok(contrast(palette.primary, ground) >= 4.5, `primary on ${ground}`);
      assert.ok(contrast(palette.alarm, ground) >= 4.5, `alarm on ${ground}`);
    }
    for (const tone of Object.keys(strong) as Tone[]) {
      assert.ok(contrast(strong[tone], soft[tone]) >= 4.5, `${tone} text on its soft ground`);
      assert.ok(contrast(strong[tone], palette.surface) >= 4.5, `${tone} text on the surface`);
      assert.ok(contrast(palette.ink, soft[tone]) >= 7, `ink on soft ${tone}`);
    }
  });

  test(`${name} states are seen beside the page: 3 to 1 for every edge that carries a meaning`, () => {
    for (const tone of ["met", "again", "appointment", "ended", "alarm"] as const) {
      assert.ok(contrast(palette[tone], palette.surface) >= 3, tone);
    }
  });
}
