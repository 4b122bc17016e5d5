import { useEffect, type ReactNode } from "react";
import { Icon, type IconName } from "@wanjia/ui/icons/Icon";
import { useTranslation } from "@wanjia/ui/language/language";
import { WalkNotice } from "../planning/WalkNotice.tsx";
import { back, go, replace, usePlace } from "./navigation.tsx";
import { StatusButton } from "./StatusSheet.tsx";
import { UndoBar } from "./UndoBar.tsx";

/** One screen: its name and what is unsent at the top, the one main action at the bottom. */
export function Page({
  title,
  subtitle,
  backTo,
  foot,
  wide = false,
  children,
}: {
  title: string;
  subtitle?: string | undefined;
  /** Absent on the three screens of the bar at the bottom. */
  backTo?: readonly string[];
  foot?: ReactNode;
  /** Uses the whole width, without a margin. */
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation("shell");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="page">
      <header className="page-head">
        {backTo && (
          <button
            type="button"
            className="icon-button"
            aria-label={t("back")}
            onClick={() => back(backTo)}
          >
            <Icon name="back" />
          </button>
        )}
        <div className="page-title">
          <h1>{title}</h1>
          {subtitle && <p className="muted small">{subtitle}</p>}
        </div>
        <StatusButton />
      </header>
      <WalkNotice />
      <main className="page-body" data-wide={wide || undefined} tabIndex={0}>
        {children}
      </main>
      <UndoBar />
      {foot && <footer className="page-foot">{foot}</footer>}
      {!backTo && <Tabs />}
    </div>
  );
}

const tabs: readonly { path: readonly string[]; name: string; icon: IconName }[] = [
  { path: [], name: "today", icon: "building" },
  { path: ["matters"], name: "matters", icon: "list" },
  { path: ["settings"], name: "settings", icon: "settings" },
];

function Tabs() {
  const { t } = useTranslation("shell");
  const { path } = usePlace();
  return (
    <nav className="tabs">
      {tabs.map((tab) => (
        <a
          key={tab.name}
          href={`#/${tab.path.join("/")}`}
          aria-current={(path[0] ?? "") === (tab.path[0] ?? "") ? "page" : undefined}
          onClick={(event) => {
            event.preventDefault();
            if (tab.path.length === 0) replace([]);
            else if ((path[0] ?? "") === "") go(tab.path);
            else replace(tab.path);
          }}
        >
          <Icon name={tab.icon} />
          <span>{t(`tabs.${tab.name}`)}</span>
        </a>
      ))}
    </nav>
  );
}
