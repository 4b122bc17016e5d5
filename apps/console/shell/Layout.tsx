import { useTranslation, type Locale } from "@wanjia/ui/language/language";
import { locales, localeNames } from "@wanjia/ui/language/language";
import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Drawer, Dropdown, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { Link, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { useOrganisationLabels } from "../organisation/labels.ts";
import { WorkdaysNotice } from "../workdays/WorkdaysNotice.tsx";
import { modes, useMode } from "./Appearance.tsx";
import { areaOf, areasFor, type Area } from "./areas.ts";
import { isTyping } from "./keyboard.ts";
import { changeLocale, currentLocale } from "./language.ts";
import { useFocusOnNewPage } from "./new-page.ts";
import { useSession } from "./session.tsx";
import { useNarrow } from "./use-media.ts";
import { useShellWords } from "./words.ts";

export function Layout({ onSignOut }: { onSignOut: () => void }) {
  const words = useShellWords();
  const narrow = useNarrow();
  const session = useSession();
  const location = useLocation();
  const going = useNavigation().state !== "idle";
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  const areas = areasFor(session.role);
  useShortcuts(areas, () => setHelp(true));
  useFocusOnNewPage(location.pathname);

  return (
    <div className="desk">
      <a className="desk-skip" href="#desk-main">
        {words("app.skip")}
      </a>
      <header className="desk-bar">
        {narrow && (
          <Button
            type="text"
            icon={<Icon name="list" />}
            aria-label={words("nav.open")}
            aria-expanded={drawer}
            onClick={() => setDrawer(true)}
          />
        )}
        <Link className="desk-brand" to="/">
          <Icon name="house" />
          {words("app.name")}
        </Link>
        <Unit />
        <span className="desk-bar-gap" />
        <LanguageSwitch />
        {!narrow && (
          <Button
            type="text"
            icon={<Icon name="info" />}
            aria-label={words("help.open")}
            title={words("help.open")}
            onClick={() => setHelp(true)}
          />
        )}
        <UserMenu onSignOut={onSignOut} />
      </header>
      {narrow ? (
        <Drawer
          open={drawer}
          placement="left"
          size={280}
          title={words("nav.label")}
          onClose={() => setDrawer(false)}
          styles={{ body: { padding: 0 } }}
        >
          <Navigation areas={areas} onGo={() => setDrawer(false)} />
        </Drawer>
      ) : (
        <Navigation areas={areas} />
      )}
      <main className="desk-main" id="desk-main" aria-busy={going} tabIndex={-1}>
        <WorkdaysNotice />
        <Outlet />
      </main>
      <HelpDialog areas={areas} open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** The bureau, and how far this session sees. */
function Unit() {
  const session = useSession();
  const { i18n } = useTranslation();
  const english = i18n.language === "en";
  const name = (unit: { name: string; nameEn: string }) => (english ? unit.nameEn : unit.name);
  const seat = session.beats[0] ?? session.stations[0];
  return (
    <span className="desk-unit">
      {[name(session.bureau), seat && name(seat)].filter(Boolean).join(" · ")}
    </span>
  );
}

function LanguageSwitch() {
  const other: Locale = locales.find((locale) => locale !== currentLocale()) ?? "en";
  return (
    <Button type="text" lang={other} onClick={() => void changeLocale(other)}>
      {localeNames[other]}
    </Button>
  );
}

function UserMenu({ onSignOut }: { onSignOut: () => void }) {
  const labels = useOrganisationLabels();
  const words = useShellWords();
  const session = useSession();
  const narrow = useNarrow();
  const { mode, setMode } = useMode();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectedKeys: [mode],
        items: [
          {
            key: "who",
            type: "group",
            label: `${session.member.name} · ${labels(`role.${session.role}`)}`,
          },
          {
            key: "appearance",
            type: "group",
            label: words("user.appearance"),
            children: modes.map((choice) => ({
              key: choice,
              label: words(`user.${choice}`),
              onClick: () => setMode(choice),
            })),
          },
          { type: "divider" },
          { key: "sign-out", label: words("user.sign_out"), onClick: onSignOut },
        ],
      }}
    >
      <Button
        type="text"
        icon={<Icon name="person" />}
        aria-haspopup="menu"
        aria-label={words("user.menu", { name: session.member.name })}
      >
        {narrow ? null : session.member.name}
      </Button>
    </Dropdown>
  );
}

const GROUPS = ["work", "base", "oversight"] as const;

function Navigation({ areas, onGo }: { areas: readonly Area[]; onGo?: () => void }) {
  const words = useShellWords();
  const here = areaOf(useLocation().pathname);
  return (
    <nav className="desk-nav" aria-label={words("nav.label")}>
      {GROUPS.map((group) => {
        const own = areas.filter((area) => area.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group}>
            <h2>{words(`nav.${group}`)}</h2>
            <ul>
              {own.map((area) => (
                <li key={area.key}>
                  <Link
                    to={area.path}
                    aria-current={area === here ? "page" : undefined}
                    onClick={onGo}
                  >
                    <Icon name={area.icon} size={1.125} />
                    {words(`nav.${area.key}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

/**
 * `?` shows the keys; `g` and then a letter goes to a page. Heard before the page hears it: after `g` a
 * letter is no command of the list.
 */
function useShortcuts(areas: readonly Area[], onHelp: () => void): void {
  const navigate = useNavigate();
  const waiting = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") {
        event.preventDefault();
        onHelp();
        return;
      }
      if (event.key === "g") {
        waiting.current = event.timeStamp;
        return;
      }
      const area = areas.find(({ shortcut }) => shortcut === event.key);
      if (area && waiting.current > 0 && event.timeStamp - waiting.current < 1500) {
        event.preventDefault();
        event.stopPropagation();
        void navigate(area.path);
      }
      waiting.current = 0;
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [areas, navigate, onHelp]);
}

function HelpDialog({
  areas,
  open,
  onClose,
}: {
  areas: readonly Area[];
  open: boolean;
  onClose: () => void;
}) {
  const words = useShellWords();
  const inList = [
    [["/"], words("help.search")],
    [["j", "k"], words("help.move")],
    [["Home", "End"], words("help.first_last")],
    [["Enter"], words("help.open_row")],
    [["x"], words("help.choose")],
    [["p", "n"], words("help.pages")],
  ] as const;
  return (
    <Modal
      open={open}
      title={words("help.title")}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{words("help.close")}</Button>}
    >
      <h3>{words("help.list")}</h3>
      <Keys rows={inList} />
      <h3>{words("help.record")}</h3>
      <Keys
        rows={[
          [["1", "2", "3"], words("help.steps")],
          [["u"], words("help.up")],
          [["Esc"], words("help.escape")],
        ]}
      />
      <h3>{words("help.anywhere")}</h3>
      <Keys
        rows={[
          [["?"], words("help.this")],
          ...areas.map((area) => [["g", area.shortcut], words(`nav.${area.key}`)] as const),
        ]}
      />
    </Modal>
  );
}

function Keys({ rows }: { rows: readonly (readonly [readonly string[], string])[] }) {
  return (
    <dl className="desk-keys">
      {rows.map(([keys, meaning]) => (
        <div key={keys.join(" ")} style={{ display: "contents" }}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
