import { checkWeek, weekLoad } from "@wanjia/domain/planning/roster";
import { clockText } from "@wanjia/domain/planning/settling";
import { RULES } from "@wanjia/domain/planning/terms";
import { type Stretch, WEEK_LAYOUTS, type WeekLayout, WEEKS } from "@wanjia/domain/planning/usual";
import { Button, Form, Radio, Select } from "antd";
import type { client } from "../shell/api.ts";
import { FormDrawer } from "../shell/FormDrawer.tsx";
import { usePlanningLabels, usePlanningWords } from "./words.ts";

type Member = Awaited<ReturnType<typeof client.planning.roster>>["members"][number];

interface Values {
  readonly layout: WeekLayout | "own";
  readonly week: readonly Partial<Stretch>[];
}

const STEP = 30;
const NEW_STRETCH: Stretch = { weekday: 1, from: 14 * 60, to: 17 * 60 + 30 };
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

function weekOf({ layout, week }: Values): Stretch[] {
  if (layout !== "own") return WEEKS[layout].map((stretch) => ({ ...stretch }));
  return (week ?? []).map((stretch) => ({ ...NEW_STRETCH, ...stretch }));
}

/** Hours, evenings and weekend days of a week, each with how many there may be. */
export function WeekLoadText({ week }: { week: readonly Stretch[] }) {
  const words = usePlanningWords();
  const { minutes, evenings, weekendDays } = weekLoad(week);
  return words("roster.load", {
    hours: minutes / 60,
    mostHours: RULES.minutesPerWeek / 60,
    evenings,
    mostEvenings: RULES.eveningsPerWeek,
    weekendDays,
    mostWeekendDays: RULES.weekendDaysPerWeek,
  });
}

/** A member's week: one of the layouts, or stretches of his own; what the rules say of it at once. */
export function WeekForm({
  member,
  onSave,
  onClose,
}: {
  member: Member;
  onSave: (week: Stretch[]) => Promise<void>;
  onClose: () => void;
}) {
  const words = usePlanningWords();
  const times = Array.from(
    { length: (RULES.latest - RULES.earliest) / STEP + 1 },
    (_, i) => RULES.earliest + i * STEP,
  ).map((value) => ({ value, label: clockText(value) }));
  return (
    <FormDrawer<Values>
      title={words("roster.member", { name: member.name })}
      submit={words("roster.save")}
      initial={{ layout: member.usual ? "mixed" : "own", week: member.week }}
      onSubmit={(values) => onSave(values.layout === "mixed" ? [] : weekOf(values))}
      onClose={onClose}
    >
      <Form.Item name="layout" label={words("roster.layout")}>
        <Radio.Group
          className="roster-layouts"
          options={[
            ...WEEK_LAYOUTS.map((value) => ({ value, label: words(`roster.${value}`) })),
            { value: "own", label: words("roster.free") },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => {
          const values = getFieldsValue(true) as Values;
          return (
            <>
              {values.layout === "own" && (
                <Form.List name="week">
                  {(fields, { add, remove }) => (
                    <div className="roster-week">
                      {fields.map(({ key, name }) => (
                        <div key={key} className="roster-stretch">
                          <Form.Item name={[name, "weekday"]} noStyle>
                            <Select
                              aria-label={words("roster.weekday")}
                              options={WEEKDAYS.map((value) => ({
                                value,
                                label: words("roster.on", { day: words(`weekday.${value}`) }),
                              }))}
                            />
                          </Form.Item>
                          <Form.Item name={[name, "from"]} noStyle>
                            <Select aria-label={words("roster.from")} options={times} />
                          </Form.Item>
                          <Form.Item name={[name, "to"]} noStyle>
                            <Select aria-label={words("roster.to")} options={times} />
                          </Form.Item>
                          <Button onClick={() => remove(name)}>{words("roster.remove")}</Button>
                        </div>
                      ))}
                      <Button onClick={() => add(NEW_STRETCH)}>{words("roster.add")}</Button>
                    </div>
                  )}
                </Form.List>
              )}
              <WeekSaid week={weekOf(values)} />
            </>
          );
        }}
      </Form.Item>
    </FormDrawer>
  );
}

function WeekSaid({ week }: { week: readonly Stretch[] }) {
  const labels = usePlanningLabels();
  const checked = checkWeek(week, RULES);
  return (
    <div role="status">
      <p>
        <WeekLoadText week={week} />
      </p>
      {!checked.ok && (
        <p className="desk-notice" data-tone="again">
          {labels(`refusals.${checked.refusal.code}`)}
        </p>
      )}
    </div>
  );
}
