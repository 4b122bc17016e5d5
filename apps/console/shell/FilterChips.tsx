import { Icon } from "@wanjia/ui/icons/Icon";
import { Button } from "antd";
import type { ChangeList, Filter } from "./table.ts";
import { withoutFilters, withoutFilterValue, type ListState } from "./url-state.ts";
import { useShellWords } from "./words.ts";

function sayFilterValue(filter: Filter, value: string, yes: string): string {
  switch (filter.kind) {
    case "choice":
      return filter.options.find((option) => option.value === value)?.label ?? value;
    case "flag":
      return yes;
    case "link":
      return filter.say(value);
    case "date":
    case "text":
      return value;
  }
}

/** What the list is filtered by, each with a cross. */
export function FilterChips({
  filters,
  state,
  change,
}: {
  filters: readonly Filter[];
  state: ListState;
  change: ChangeList;
}) {
  const words = useShellWords();
  const chips = filters.flatMap((filter) =>
    (state.filters[filter.name] ?? []).map((value) => ({
      filter,
      value,
      said: sayFilterValue(filter, value, words("list.yes")),
    })),
  );
  if (chips.length === 0) return null;
  return (
    <ul className="desk-chips" aria-label={words("list.filters")}>
      {chips.map(({ filter, value, said }) => (
        <li key={`${filter.name} ${value}`}>
          <button
            type="button"
            className="desk-chip"
            aria-label={words("list.remove_chip", { label: filter.label, value: said })}
            onClick={() => change(withoutFilterValue(state, filter.name, value))}
          >
            <span>{words("list.chip", { label: filter.label, value: said })}</span>
            <Icon name="close" size={0.875} />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button type="link" size="small" onClick={() => change(withoutFilters(state))}>
            {words("list.clear")}
          </Button>
        </li>
      )}
    </ul>
  );
}
