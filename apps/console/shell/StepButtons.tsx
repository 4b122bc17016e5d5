import { Button, Dropdown } from "antd";

/** What may be done now: what moves it on as buttons, the rest in a menu. */
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
  return (
    <div className="desk-actions">
      {main.map((step, index) => (
        <Button
          key={step}
          type={index === 0 && primary(step) ? "primary" : "default"}
          loading={loading === step}
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
