import { Button, Modal } from "antd";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { client } from "../shell/api.ts";
import { idleState, shouldKeepAlive } from "./idle.ts";
import { useSessionWords } from "./words.ts";

const CHECK_EVERY_MS = 1000;

/** Signs an abandoned desk out, after saying so. */
export function IdleWatch({ onIdle }: { onIdle: () => void }) {
  const words = useSessionWords();
  const [secondsLeft, setSecondsLeft] = useState<number>();
  const touched = useRef(0);
  const told = useRef(0);
  const stay = useRef<() => void>(() => undefined);
  const leave = useEffectEvent(onIdle);

  useEffect(() => {
    touched.current = Date.now();
    told.current = Date.now();
    const touch = () => {
      const now = Date.now();
      if (idleState(now, touched.current).kind === "over") return;
      touched.current = now;
      if (shouldKeepAlive(now, told.current)) {
        told.current = now;
        void client.session.current().catch(() => undefined);
      }
    };
    stay.current = () => {
      touch();
      told.current = Date.now();
      setSecondsLeft(undefined);
      void client.session.current().catch(() => undefined);
    };
    const timer = setInterval(() => {
      const state = idleState(Date.now(), touched.current);
      setSecondsLeft(state.kind === "warning" ? state.secondsLeft : undefined);
      if (state.kind === "over") {
        clearInterval(timer);
        leave();
      }
    }, CHECK_EVERY_MS);
    const events = ["pointerdown", "keydown", "wheel"] as const;
    for (const event of events) document.addEventListener(event, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const event of events) document.removeEventListener(event, touch);
    };
  }, []);

  return (
    <Modal
      open={secondsLeft !== undefined}
      title={words("idle.title")}
      closable={false}
      footer={
        <Button type="primary" onClick={() => stay.current()}>
          {words("idle.stay")}
        </Button>
      }
    >
      <p role="timer">{words("idle.text", { seconds: secondsLeft ?? 0 })}</p>
    </Modal>
  );
}
