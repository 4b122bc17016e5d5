import { useTranslation } from "@wanjia/ui/language/language";
import { applyAppearance, onSystemThemeChange } from "@wanjia/ui/theme/Theme";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { antdTheme } from "./theme.ts";
import { useStill } from "./use-media.ts";

export type Mode = "light" | "dark" | "system";
export const modes: readonly Mode[] = ["light", "dark", "system"];

const STORAGE_KEY = "wanjia.appearance";

function remembered(): Mode {
  const kept = localStorage.getItem(STORAGE_KEY);
  return modes.find((mode) => mode === kept) ?? "system";
}

const ModeContext = createContext<{ mode: Mode; setMode: (mode: Mode) => void }>({
  mode: "system",
  setMode: () => undefined,
});

export function useMode() {
  return use(ModeContext);
}

function shownTheme(): "light" | "dark" {
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

/** Light or dark, and the language of antd's own words. */
export function Appearance({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [mode, setMode] = useState(remembered);
  const [shown, setShown] = useState<"light" | "dark">("light");
  useEffect(() => {
    const apply = () => {
      applyAppearance({ mode, textScale: 1 });
      setShown(shownTheme());
    };
    apply();
    localStorage.setItem(STORAGE_KEY, mode);
    return onSystemThemeChange(apply);
  }, [mode]);
  const settings = useMemo(() => ({ mode, setMode }), [mode]);
  const still = useStill();
  const theme = useMemo(() => antdTheme(shown, still), [shown, still]);
  return (
    <ModeContext value={settings}>
      <ConfigProvider
        locale={i18n.language === "en" ? enUS : zhCN}
        theme={theme}
        button={{ autoInsertSpace: false }}
      >
        <App component={false}>{children}</App>
      </ConfigProvider>
    </ModeContext>
  );
}
