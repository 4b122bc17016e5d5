import { localeNames, locales } from "@wanjia/ui/language/language";
import { prefer } from "./preferences.ts";
import { useLocale } from "./work.tsx";

export function LanguageSwitch() {
  const locale = useLocale();
  return (
    <div className="switch">
      {locales.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === locale}
          onClick={() => prefer({ locale: one })}
        >
          {localeNames[one]}
        </button>
      ))}
    </div>
  );
}
