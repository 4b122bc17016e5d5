import { theme, type ThemeConfig } from "antd";
import { dark, light, type Palette } from "@wanjia/ui/theme/tokens";

/** The house colours for antd. Everything else reads the CSS variables of `ui/theme/theme.css`. */
export function antdTheme(appearance: "light" | "dark", still: boolean): ThemeConfig {
  const palette = appearance === "dark" ? dark : light;
  return {
    algorithm: appearance === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.primary,
      colorInfo: palette.primary,
      colorLink: palette.primary,
      colorSuccess: palette.met,
      colorWarning: palette.again,
      colorError: palette.alarm,
      colorText: palette.ink,
      colorTextSecondary: palette.muted,
      colorTextTertiary: palette.muted,
      colorTextDescription: palette.muted,
      colorTextPlaceholder: palette.muted,
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      borderRadius: 6,
      controlHeight: 36,
      fontSize: 14,
      fontFamily: "inherit",
      motion: !still,
      motionDurationFast: "0.1s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.15s",
    },
    components: {
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        primaryColor: appearance === "dark" ? dark.page : light.surface,
      },
      Menu: { itemHeight: 40, itemBorderRadius: 6, activeBarBorderWidth: 0 },
      Layout: { headerBg: palette.surface, siderBg: palette.surface, bodyBg: palette.page },
      Form: { verticalLabelPadding: "0 0 4px" },
    },
  };
}

/** The colours that maps and charts draw with: they know no CSS variables. */
export function currentPalette(): Palette {
  return document.documentElement.dataset["theme"] === "dark" ? dark : light;
}
