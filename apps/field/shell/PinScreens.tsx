import { useEffect, useRef, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { Icon } from "@wanjia/ui/icons/Icon";
import { timeText } from "@wanjia/ui/language/dates";
import { useTranslation } from "@wanjia/ui/language/language";
import { Sheet } from "./Sheet.tsx";
import type { Notice, Session, UnlockProblem } from "./session.ts";
import type { Sight } from "./sight.ts";
import { PIN_LENGTH, pinWeakness } from "./vault.ts";

/** Six dots and ten large keys; a keyboard works too. Says when six digits are there. */
export function PinPad({
  label,
  busy,
  onPin,
}: {
  label: string;
  busy: boolean;
  onPin: (pin: string) => void;
}) {
  const { t } = useTranslation("shell");
  const [pin, setPin] = useState("");
  const field = useRef<HTMLDivElement>(null);
  const press = (key: string) => {
    if (busy) return;
    const next = key === "erase" ? pin.slice(0, -1) : (pin + key).slice(0, PIN_LENGTH);
    if (next.length === PIN_LENGTH) {
      setPin("");
      onPin(next);
    } else setPin(next);
  };
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    // The screen before this one may have been read to its end.
    field.current?.closest(".gate")?.scrollIntoView();
  }, []);
  return (
    <div
      ref={field}
      className="pin"
      role="group"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) press(event.key);
        else if (event.key === "Backspace") press("erase");
      }}
    >
      <div className="pin-dots" data-busy={busy || undefined}>
        <span className="w-hidden" role="status">
          {t("pin.digits", { count: pin.length })}
        </span>
        {Array.from({ length: PIN_LENGTH }, (_, at) => (
          <span key={at} data-on={at < pin.length || busy || undefined} />
        ))}
      </div>
      <div className="pin-keys">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "erase"].map((key) =>
          key === "" ? (
            <span key="none" />
          ) : (
            <button
              key={key}
              type="button"
              disabled={busy}
              aria-label={key === "erase" ? t("pin.erase") : key}
              onClick={() => press(key)}
            >
              {key === "erase" ? <Icon name="back" /> : key}
            </button>
          ),
        )}
      </div>
    </div>
  );
}

export function ChoosePinScreen({ session, renews }: { session: Session; renews: boolean }) {
  const { t } = useTranslation("shell");
  const [first, setFirst] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shut, setShut] = useState(false);
  const entered = async (pin: string) => {
    const weakness = pinWeakness(pin);
    if (first === null) {
      setProblem(weakness && t(`pin.${weakness}`));
      if (!weakness) setFirst(pin);
    } else if (pin !== first) {
      setFirst(null);
      setProblem(t("pin.different"));
    } else {
      setBusy(true);
      const fits = await session.choosePin(pin);
      setBusy(false);
      setShut(!fits);
    }
  };
  if (shut) return <ShutScreen session={session} />;
  return (
    <main className="gate">
      <h1>{first === null ? t("pin.choose") : t("pin.repeat")}</h1>
      <p className="muted">{t("pin.chooseHint")}</p>
      <div role="alert" className="gate-said">
        {problem && <p className="problem">{problem}</p>}
      </div>
      <PinPad
        key={first ?? "first"}
        label={t("pin.field")}
        busy={busy}
        onPin={(pin) => void entered(pin)}
      />
      {renews && (
        <Button look="quiet" block onClick={() => void session.start()}>
          {t("back")}
        </Button>
      )}
    </main>
  );
}

/** The password is right, but the store was sealed under an older one. */
function ShutScreen({ session }: { session: Session }) {
  const { t } = useTranslation("shell");
  return (
    <main className="gate">
      <h1>{t("pin.renewTitle")}</h1>
      <p className="problem" role="alert">
        {t("pin.renewWrong")}
      </p>
      <div className="gate-foot">
        <Button look="main" block onClick={() => void session.renew()}>
          {t("back")}
        </Button>
        <EraseButton session={session} />
      </div>
    </main>
  );
}

function EraseButton({ session }: { session: Session }) {
  const { t } = useTranslation("shell");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="danger" block onClick={() => setAsking(true)}>
        {t("pin.wipe")}
      </Button>
      {asking && (
        <Sheet title={t("pin.wipe")} onClose={() => setAsking(false)}>
          <p>{t("pin.wipeSure")}</p>
          <Button look="main" block onClick={() => setAsking(false)}>
            {t("pin.wipeKeep")}
          </Button>
          <Button look="danger" block onClick={() => void session.erase()}>
            {t("pin.wipe")}
          </Button>
        </Sheet>
      )}
    </>
  );
}

export function UnlockScreen({
  session,
  sight,
  notice,
}: {
  session: Session;
  sight: Sight;
  notice: Notice | null;
}) {
  const { t } = useTranslation("shell");
  const [problem, setProblem] = useState<UnlockProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const entered = async (pin: string) => {
    setBusy(true);
    const met = await session.unlock(pin);
    setBusy(false);
    setProblem(met);
    if (met) navigator.vibrate?.(120);
  };
  const byPasskey = async () => {
    setBusy(true);
    setProblem(await session.unlockByPasskey());
    setBusy(false);
  };
  return (
    <main className="gate">
      <h1>{t("pin.unlockFor", { name: sight.owner?.name ?? "" })}</h1>
      {notice && (
        <p className="notice" role="status">
          {t(`gone.${notice}`)}
        </p>
      )}
      {sight.unsent > 0 && (
        <p className="muted">{t("status.unsentCount", { count: sight.unsent })}</p>
      )}
      <div role="alert" className="gate-said">
        {problem && (
          <p className="problem">
            {problem.kind === "wrong" && t("pin.wrong", { left: problem.left })}
            {problem.kind === "wait" && t("pin.wait", { time: timeText(problem.until) })}
            {problem.kind === "never" && t("pin.never")}
            {problem.kind === "full" && t("pin.full")}
            {problem.kind === "no_passkey" && t("passkey.notGiven")}
          </p>
        )}
      </div>
      <PinPad label={t("pin.field")} busy={busy} onPin={(pin) => void entered(pin)} />
      {sight.vault?.byPasskey && (
        <Button block icon="lock" disabled={busy} onClick={() => void byPasskey()}>
          {t("passkey.unlock")}
        </Button>
      )}
      <Button look="quiet" block onClick={() => void session.renew()}>
        {t("pin.forgot")}
      </Button>
    </main>
  );
}
