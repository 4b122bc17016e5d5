import { Icon } from "@wanjia/ui/icons/Icon";
import { applyAppearance, onSystemThemeChange } from "@wanjia/ui/theme/Theme";
import { lazy, Suspense, useEffect, useState } from "react";
import { HomePage } from "../plate/HomePage.tsx";
import { MissingPage, MisreadPage } from "../plate/NoPlatePages.tsx";
import { PlatePage } from "../plate/PlatePage.tsx";
import { screenOf, type Screen } from "../plate/view-model.ts";
import {
  LocaleProvider,
  loadWords,
  readSetting,
  rememberedLocale,
  rememberLocale,
  useWords,
  writeSetting,
  type Locale,
} from "./language.ts";
import { LargeProvider } from "./large.ts";
import { ReadAloud } from "./ReadAloud.tsx";
import "./site.css";

/** Loaded when somebody opens them: who only wants to check a plate waits for none of it. */
const TipPage = lazy(async () => ({ default: (await import("../tips/TipPage.tsx")).TipPage }));
const ComplaintPage = lazy(async () => ({
  default: (await import("../complaints/ComplaintPage.tsx")).ComplaintPage,
}));
const VisitPage = lazy(async () => ({
  default: (await import("../appointments/VisitPage.tsx")).VisitPage,
}));
const BulletinPage = lazy(async () => ({
  default: (await import("../bulletins/BulletinPage.tsx")).BulletinPage,
}));
const ListedPage = lazy(async () => ({
  default: (await import("../listings/ListedPage.tsx")).ListedPage,
}));
const SayPage = lazy(async () => ({ default: (await import("../matters/SayPage.tsx")).SayPage }));
const ReceiptPage = lazy(async () => ({
  default: (await import("../receipts/ReceiptPage.tsx")).ReceiptPage,
}));

const LARGE_KEY = "wanjia.large-text";
/** 20 px base and 60 px targets (domain.md §8.6: at least 18 pt, main targets 60×60). */
const LARGE_SCALE = 1.25;

export function Site() {
  const [locale, setLocale] = useState<Locale>(rememberedLocale);
  const [large, setLarge] = useState(() => readSetting(LARGE_KEY) === "yes");
  const screen = screenOf(location.pathname);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => {
    const apply = () => applyAppearance({ mode: "system", textScale: large ? LARGE_SCALE : 1 });
    apply();
    document.documentElement.dataset["large"] = large ? "yes" : "no";
    return onSystemThemeChange(apply);
  }, [large]);
  return (
    <LocaleProvider value={locale}>
      <LargeProvider value={large}>
        <Frame
          large={large}
          onLarge={() => {
            writeSetting(LARGE_KEY, large ? "no" : "yes");
            setLarge(!large);
          }}
          onLanguage={() => {
            const other = locale === "en" ? "zh-CN" : "en";
            rememberLocale(other);
            void loadWords(other).then(() => setLocale(other));
          }}
          screen={screen}
        />
      </LargeProvider>
    </LocaleProvider>
  );
}

function Frame({
  screen,
  large,
  onLarge,
  onLanguage,
}: {
  screen: Screen;
  large: boolean;
  onLarge: () => void;
  onLanguage: () => void;
}) {
  const words = useWords();
  return (
    <>
      <a className="site-skip" href="#content">
        {words.skip}
      </a>
      <header className="site-bar">
        <a className="site-brand" href="/">
          <Icon name="house" />
          {words.name}
        </a>
        {"speechSynthesis" in globalThis && <ReadAloud />}
        <button type="button" aria-pressed={large} onClick={onLarge}>
          {large ? words.usual : words.larger}
        </button>
        <button
          type="button"
          lang={words.language === "English" ? "en" : "zh-CN"}
          onClick={onLanguage}
        >
          {words.language}
        </button>
      </header>
      <main className="site-main" id="content" tabIndex={-1}>
        <Suspense fallback={<p role="status">{words.opening}</p>}>
          <Content screen={screen} />
        </Suspense>
      </main>
    </>
  );
}

function Content({ screen }: { screen: Screen }) {
  switch (screen.kind) {
    case "home":
      return <HomePage />;
    case "plate":
      return <PlatePage code={screen.code} />;
    case "misread":
      return <MisreadPage />;
    case "missing":
      return <MissingPage />;
    case "tip":
      return <TipPage />;
    case "complaint":
      return <ComplaintPage />;
    case "board":
      return <BulletinPage communityId={screen.communityId} month={screen.month} />;
    case "listed":
      return <ListedPage />;
    case "say":
      return <SayPage code={screen.code} />;
    case "receipt":
      return <ReceiptPage />;
    case "visit":
      return <VisitPage code={screen.code} />;
  }
}
