import { useState, useSyncExternalStore } from "react";
import { ChoiceField } from "@wanjia/ui/form/fields";
import { Button } from "@wanjia/ui/form/Button";
import { localeNames, locales, localeOf, useTranslation } from "@wanjia/ui/language/language";
import { textScales } from "@wanjia/ui/theme/Theme";
import { CalendarSection } from "../planning/CalendarSection.tsx";
import { Page } from "./Page.tsx";
import { PasskeySection } from "./PasskeySection.tsx";
import { currentPreferences, onPreferences, prefer } from "./preferences.ts";
import { Sheet } from "./Sheet.tsx";
import { ExportButton } from "./StatusSheet.tsx";
import { look } from "./sight.ts";
import { useStatus, useStored, useWork } from "./work.tsx";

const sizeNames = ["standard", "large", "larger", "largest"] as const;
const modes = ["system", "light", "dark"] as const;

export function SettingsScreen() {
  const { t } = useTranslation("shell");
  const { session, owner } = useWork();
  const preferences = useSyncExternalStore(onPreferences, currentPreferences);
  const [leaving, setLeaving] = useState(false);
  return (
    <Page title={t("settings.title")}>
      <div className="stack">
        <section className="card">
          <h2>{t("settings.you")}</h2>
          <p>
            {owner.name} <span className="muted">{owner.login}</span>
          </p>
          <div className="row">
            <Button icon="lock" onClick={() => void session.lock()}>
              {t("settings.lock")}
            </Button>
            <Button onClick={() => void session.lock().then(() => session.renew())}>
              {t("settings.changePin")}
            </Button>
          </div>
        </section>
        <PasskeySection />
        <CalendarSection />
        <section className="card">
          <ChoiceField
            label={t("settings.textSize")}
            required
            options={textScales.map((scale, at) => ({
              value: String(scale),
              label: t(`settings.textSizes.${sizeNames[at]}`),
            }))}
            value={[String(preferences.textScale)]}
            onValue={([scale]) => prefer({ textScale: Number(scale) })}
          />
          <ChoiceField
            label={t("settings.mode")}
            required
            options={modes.map((mode) => ({ value: mode, label: t(`settings.modes.${mode}`) }))}
            value={[preferences.mode]}
            onValue={([mode]) => {
              const chosen = modes.find((one) => one === mode);
              if (chosen) prefer({ mode: chosen });
            }}
          />
          <ChoiceField
            label={t("settings.language")}
            required
            options={locales.map((locale) => ({ value: locale, label: localeNames[locale] }))}
            value={[preferences.locale]}
            onValue={([locale]) => prefer({ locale: localeOf(locale) })}
          />
        </section>
        <p className="muted small">{t("settings.privacy")}</p>
        <section className="apart">
          <Button look="danger" block onClick={() => setLeaving(true)}>
            {t("settings.signOut")}
          </Button>
          <p className="muted small">{t("settings.signOutHint")}</p>
        </section>
      </div>
      {leaving && <SignOutSheet onClose={() => setLeaving(false)} />}
    </Page>
  );
}

function SignOutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { session, store } = useWork();
  const status = useStatus();
  const sight = useStored(() => look(store.db), ["sight", status.unsent]);
  const unsent = sight?.unsent ?? 0;
  const tips = sight?.tips ?? 0;
  const may = sight !== undefined && tips === 0 && (unsent === 0 || sight.exported);
  return (
    <Sheet title={t("settings.signOut")} onClose={onClose}>
      <p>
        {tips > 0
          ? t("settings.signOutTips", { count: tips })
          : unsent === 0
            ? t("settings.signOutHint")
            : may
              ? t("settings.signOutExported", { count: unsent })
              : t("settings.signOutUnsent", { count: unsent })}
      </p>
      {unsent > 0 && <ExportButton />}
      <Button look="danger" block disabled={!may} onClick={() => void session.signOut()}>
        {t("settings.signOutSure")}
      </Button>
    </Sheet>
  );
}
