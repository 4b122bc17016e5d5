import { useEffect, useRef, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { Icon } from "@wanjia/ui/icons/Icon";
import { dayText, timeText, momentText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { go } from "./navigation.tsx";
import { SignInForm } from "./SignInScreen.tsx";
import { Sheet } from "./Sheet.tsx";
import { bytesText, toneOf, type StorageState } from "./status.ts";
import { offerUndo } from "./undo.ts";
import { useLocale, useNow, useStatus, useStored, useWork } from "./work.tsx";

const unknownStorage: StorageState = { persisted: null, usedBytes: null, freeBytes: null };

function useStorage(): StorageState {
  const [storage, setStorage] = useState(unknownStorage);
  useEffect(() => {
    const look = async () => {
      const persisted = (await navigator.storage?.persisted?.()) ?? null;
      const estimate = await navigator.storage?.estimate?.();
      const used = estimate?.usage ?? null;
      const quota = estimate?.quota ?? null;
      setStorage({
        persisted,
        usedBytes: used,
        freeBytes: used === null || quota === null ? null : quota - used,
      });
    };
    void look().catch(() => undefined);
  }, []);
  return storage;
}

function useTone() {
  const { driver } = useWork();
  const status = useStatus();
  const storage = useStorage();
  const now = useNow();
  const times = driver
    .entries()
    .filter(({ state }) => state !== "refused")
    .map(({ command }) => command.at);
  const tone = toneOf(status, storage, times.length > 0 ? Math.min(...times) : null, now);
  return { status, storage, tone, now };
}

const icons = { sent: "sent", waiting: "cloud", alarm: "alarm" } as const;

/** The status line: at the top of every screen, always true, opens its details. */
export function StatusButton() {
  const { t } = useTranslation("shell");
  const locale = useLocale();
  const { status, tone, now } = useTone();
  const [open, setOpen] = useState(false);
  const time =
    status.lastSync === null
      ? t("status.never")
      : dayText(status.lastSync, locale) === dayText(now, locale)
        ? t("status.synced", { time: timeText(status.lastSync) })
        : t("status.synced", { time: dayText(status.lastSync, locale) });
  return (
    <>
      <button
        type="button"
        className="status"
        data-tone={tone === "alarm" ? "alarm" : tone === "waiting" ? "again" : "met"}
        onClick={() => setOpen(true)}
      >
        <Icon name={status.phase === "offline" && tone !== "alarm" ? "offline" : icons[tone]} />
        <span className="status-text">
          <span className="status-count">
            {status.unsent > 0
              ? t("status.unsent", { count: status.unsent })
              : tone === "alarm"
                ? t("status.alarm")
                : t("status.allSent")}
          </span>
          <span className="status-time">{time}</span>
        </span>
      </button>
      {open && <StatusSheet onClose={() => setOpen(false)} />}
    </>
  );
}

function StatusSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const locale = useLocale();
  const { driver, session, owner } = useWork();
  // Who says "now" has nothing to take back: what was just tapped goes along.
  const sendNow = (): void => {
    offerUndo(null);
    void driver.releaseHeld().then(() => driver.resume());
  };
  const { status, storage } = useTone();
  const [signingIn, setSigningIn] = useState(false);
  const full = status.storageFull;
  return (
    <Sheet title={t("status.title")} onClose={onClose}>
      <p className="lead">
        {status.unsent > 0
          ? t("status.unsentCount", { count: status.unsent })
          : status.refused > 0
            ? t("status.onlyRefused", { count: status.refused })
            : t("status.noneUnsent")}
      </p>
      {status.phase !== "idle" && <p className="muted">{t(`status.phase.${status.phase}`)}</p>}
      <Alarms />
      <dl className="facts">
        <dt>{t("status.lastSync")}</dt>
        <dd>
          {status.lastSync === null ? t("status.never") : momentText(status.lastSync, locale)}
        </dd>
        <dt>{t("status.receipts")}</dt>
        <dd>{t("status.receiptsCount", { count: status.receipts })}</dd>
        <dt>{t("status.refused")}</dt>
        <dd>
          {status.refused > 0
            ? t("status.refusedCount", { count: status.refused })
            : t("status.refusedNone")}
        </dd>
        <dt>{t("status.storage")}</dt>
        <dd>
          {full
            ? t("status.full")
            : storage.persisted === true
              ? t("status.persisted")
              : t("status.notPersisted")}
          {storage.usedBytes !== null && storage.freeBytes !== null && (
            <>
              {" "}
              {t("status.quota", {
                used: bytesText(storage.usedBytes),
                free: bytesText(storage.freeBytes),
              })}
            </>
          )}
        </dd>
      </dl>
      {status.phase === "signed_out" && !signingIn && (
        <Button look="main" block onClick={() => setSigningIn(true)}>
          {t("status.signInAgain")}
        </Button>
      )}
      {signingIn && (
        <SignInForm session={session} login={owner.login} onDone={() => setSigningIn(false)} />
      )}
      {!signingIn && (
        <div className="actions">
          {status.phase !== "signed_out" && (
            <Button look="main" block icon="upload" onClick={sendNow}>
              {t("status.sendNow")}
            </Button>
          )}
          {status.refused > 0 && (
            <Button
              block
              icon="edit"
              onClick={() => {
                onClose();
                go(["refused"]);
              }}
            >
              {t("status.refused")}
            </Button>
          )}
          <ExportButton />
        </div>
      )}
    </Sheet>
  );
}

function Alarms() {
  const { t } = useTranslation("shell");
  const { lacking, altered, faults, clockOff } = useStatus();
  const lines = [
    lacking > 0 && t("status.lacking", { count: lacking }),
    altered > 0 && t("status.altered", { count: altered }),
    faults > 0 && t("status.fault", { count: faults }),
    clockOff !== null && t("status.clock", { minutes: Math.abs(clockOff) }),
  ].filter((line) => line !== false);
  return lines.map((line) => (
    <p key={line} className="problem">
      {line}
    </p>
  ));
}

/** Makes the file and shows its password once; the file goes to the phone's downloads. */
export function ExportButton() {
  const { t } = useTranslation("shell");
  const { session, store } = useWork();
  const unsent = useStored(async () => (await store.outbox.entries()).length, ["unsent"]);
  const status = useStatus();
  const [made, setMade] = useState<{ passphrase: string; count: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  // It is shown once: in large letters it would come below the edge of the screen, unseen.
  useEffect(() => {
    notice.current?.scrollIntoView({ block: "end" });
  }, [made]);
  const count = Math.max(unsent ?? 0, status.unsent + status.refused);
  if (count === 0 && !made) return null;
  const make = async () => {
    setBusy(true);
    const { file, passphrase, count: exported } = await session.exportUnsent();
    const url = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `wanjia-unsent-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, "")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    setMade({ passphrase, count: exported });
    setBusy(false);
  };
  return (
    <div className="export">
      <Button block icon="download" disabled={busy} onClick={() => void make()}>
        {t("status.export")}
      </Button>
      <p className="muted small">{t("status.exportHint")}</p>
      {made && (
        <div role="status" className="notice" ref={notice}>
          <p>{t("status.exported", { count: made.count })}</p>
          <p>{t("status.exportCode")}</p>
          <p className="code" data-code={made.passphrase}>
            {made.passphrase}
          </p>
        </div>
      )}
    </div>
  );
}
