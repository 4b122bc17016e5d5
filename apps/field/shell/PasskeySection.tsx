import { useEffect, useState } from "react";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { PinPad } from "./PinScreens.tsx";
import type { PasskeyProblem } from "./session.ts";
import { Sheet } from "./Sheet.tsx";
import { look } from "./sight.ts";
import { useWork } from "./work.tsx";

/** Setting up the phone’s own unlock instead of the PIN, where the phone can do that. */
export function PasskeySection() {
  const { t } = useTranslation("shell");
  const { session, store } = useWork();
  const [has, setHas] = useState<boolean | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const read = async () => {
      const { vault } = await look(store.db);
      setHas(vault?.byPasskey ? true : (await session.canUsePasskeys()) ? false : null);
    };
    void read();
  }, [session, store, asking]);
  if (has === null) return null;
  return (
    <section className="card">
      <h2>{t("passkey.title")}</h2>
      <p className="muted small">{t("passkey.hint")}</p>
      {has ? (
        <Button block onClick={() => void session.removePasskey().then(() => setHas(false))}>
          {t("passkey.remove")}
        </Button>
      ) : (
        <Button block icon="lock" onClick={() => setAsking(true)}>
          {t("passkey.setUp")}
        </Button>
      )}
      {asking && <SetUpSheet onClose={() => setAsking(false)} />}
    </section>
  );
}

function SetUpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { session } = useWork();
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const entered = async (pin: string) => {
    setBusy(true);
    const met = await session.setUpPasskey(pin);
    setBusy(false);
    setProblem(met);
    if (met === null) onClose();
  };
  return (
    <Sheet title={t("passkey.setUp")} onClose={onClose}>
      <p>{t("passkey.pinFirst")}</p>
      <div role="alert" className="gate-said">
        {problem && <p className="problem">{t(`passkey.problem.${problem}`)}</p>}
      </div>
      <PinPad label={t("pin.field")} busy={busy} onPin={(pin) => void entered(pin)} />
    </Sheet>
  );
}
