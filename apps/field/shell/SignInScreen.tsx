import { useState } from "react";
import { TextField } from "@wanjia/ui/form/fields";
import { Button } from "@wanjia/ui/form/Button";
import { useTranslation } from "@wanjia/ui/language/language";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import type { Notice, Session, SignInProblem } from "./session.ts";
import type { Sight } from "./sight.ts";

export function SignInScreen({
  session,
  sight,
  notice,
}: {
  session: Session;
  sight: Sight;
  notice: Notice | null;
}) {
  const { t } = useTranslation("shell");
  const renews = sight.vault !== null;
  return (
    <main className="gate">
      <div className="gate-top">
        <LanguageSwitch />
      </div>
      <h1>{renews ? t("pin.renewTitle") : t("app")}</h1>
      {notice && (
        <p className="notice" role="status">
          {t(`gone.${notice}`)}
        </p>
      )}
      {!renews && <p className="muted">{t("signIn.intro")}</p>}
      <SignInForm
        session={session}
        login={sight.owner?.login ?? ""}
        onCancel={renews ? () => void session.start() : undefined}
      />
    </main>
  );
}

export function SignInForm({
  session,
  login: known,
  onDone,
  onCancel,
}: {
  session: Session;
  login: string;
  onDone?: (() => void) | undefined;
  onCancel?: (() => void) | undefined;
}) {
  const { t } = useTranslation("shell");
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const submit = async () => {
    if (busy || login.trim() === "" || password === "") return;
    setBusy(true);
    setProblem(null);
    const met = await session.signIn(login.trim(), password);
    setBusy(false);
    setProblem(met);
    if (!met) onDone?.();
  };
  return (
    <form
      className="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t("signIn.login")}
        name="login"
        autoComplete="username"
        value={login}
        onValue={setLogin}
      />
      <TextField
        label={t("signIn.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
      />
      <div role="alert">
        {problem && (
          <p className="problem">{problemText(problem, (key, values) => t(key, values ?? {}))}</p>
        )}
      </div>
      <div className="gate-foot">
        <Button
          look="main"
          type="submit"
          block
          disabled={busy || login.trim() === "" || password === ""}
        >
          {busy ? t("signIn.working") : t("signIn.action")}
        </Button>
        {onCancel && (
          <Button look="quiet" block onClick={onCancel}>
            {t("back")}
          </Button>
        )}
      </div>
    </form>
  );
}

function problemText(
  problem: SignInProblem,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  switch (problem.kind) {
    case "offline":
      return navigator.onLine ? t("signIn.unreachable") : t("signIn.offline");
    case "old_browser":
      return t("signIn.oldBrowser");
    case "not_for_phone":
      return t("signIn.notForPhone");
    case "other_member":
      return t("signIn.otherMember", { name: problem.name });
    case "refused":
      return problem.detail || t("signIn.unreachable");
  }
}
