import { Component, useSyncExternalStore, type ReactNode } from "react";
import { I18nextProvider, useTranslation } from "@wanjia/ui/language/language";
import { Button } from "@wanjia/ui/form/Button";
import type { i18n } from "i18next";
import { ChoosePinScreen, UnlockScreen } from "./PinScreens.tsx";
import { Routes } from "./routes.tsx";
import type { Session } from "./session.ts";
import { SignInScreen } from "./SignInScreen.tsx";
import { takeOver } from "./start.ts";
import { WorkProvider } from "./work.tsx";

export function App({ session, language }: { session: Session; language: i18n }) {
  return (
    <I18nextProvider i18n={language}>
      <Fault>
        <Stage session={session} />
      </Fault>
    </I18nextProvider>
  );
}

function Stage({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  switch (state.at) {
    case "starting":
      return <main className="gate" aria-busy="true" />;
    case "elsewhere":
      return <ElsewhereScreen />;
    case "sign_in":
      return <SignInScreen session={session} sight={state.sight} notice={state.notice} />;
    case "choose_pin":
      return <ChoosePinScreen session={session} renews={state.renews} />;
    case "locked":
      return <UnlockScreen session={session} sight={state.sight} notice={state.notice} />;
    case "open":
      return (
        <WorkProvider session={session} work={state.work}>
          <Routes />
        </WorkProvider>
      );
  }
}

function ElsewhereScreen() {
  const { t } = useTranslation("shell");
  return (
    <main className="gate">
      <h1>{t("elsewhere.title")}</h1>
      <p>{t("elsewhere.text")}</p>
      <div className="gate-foot">
        <Button look="main" block onClick={() => void takeOver()}>
          {t("elsewhere.action")}
        </Button>
      </div>
    </main>
  );
}

/** A fault in one screen must not take the officer's other screens away. */
class Fault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <FaultScreen /> : this.props.children;
  }
}

function FaultScreen() {
  const { t } = useTranslation("shell");
  return (
    <main className="gate">
      <h1>{t("fault.title")}</h1>
      <p>{t("fault.text")}</p>
      <div className="gate-foot">
        <Button
          look="main"
          block
          onClick={() => {
            location.hash = "#/";
            location.reload();
          }}
        >
          {t("fault.again")}
        </Button>
      </div>
    </main>
  );
}
