import { Button, Dropdown } from "antd";
import { useRef } from "react";
import { isFirst, usePageKeys } from "./keyboard.ts";

/** What may be done now: what moves it on as buttons, the rest in a menu. The keys 1, 2, 3 press them. */
export function StepButtons<Step extends string>({
  main,
  more,
  name,
  moreLabel,
  loading,
  primary = () => true,
  danger = () => false,
  onPress,
}: {
  main: readonly Step[];
  more: readonly Step[];
  name: (step: Step) => string;
  moreLabel: string;
  /** The step that is on its way. */
  loading: string | undefined;
  /** Whether the first one may be the page's main action. */
  primary?: (step: Step) => boolean;
  danger?: (step: Step) => boolean;
  onPress: (step: Step) => void;
}) {
  const part = useRef<HTMLDivElement>(null);
  usePageKeys((event) => {
    const step = main[Number(event.key) - 1];
    if (step === undefined || loading !== undefined || !isFirst(part, "[data-steps]")) return;
    event.preventDefault();
    onPress(step);
  });
  return (
    <div className="desk-actions" ref={part} data-steps="">
      {main.map((step, index) => (
        <Button
          key={step}
          type={index === 0 && primary(step) ? "primary" : "default"}
          loading={loading === step}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => onPress(step)}
        >
          {name(step)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: more.map((step) => ({
              key: step,
              label: name(step),
              danger: danger(step),
              onClick: () => onPress(step),
            })),
          }}
        >
          <Button aria-haspopup="menu">{moreLabel}</Button>
        </Dropdown>
      )}
    </div>
  );
}
