import { Icon } from "@wanjia/ui/icons/Icon";
import { Input, Select, Button } from "antd";
import { useState } from "react";
import type { ChangeList, Filter } from "./table.ts";
import { withFilter, type ListState } from "./url-state.ts";
import { useShellWords } from "./words.ts";

export function SearchField({
  filter,
  state,
  change,
}: {
  filter: Filter & { kind: "text" };
  state: ListState;
  change: ChangeList;
}) {
  const words = useShellWords();
  const current = state.filters[filter.name]?.[0] ?? "";
  const [text, setText] = useState(current);
  const [seen, setSeen] = useState(current);
  if (seen !== current) {
    setSeen(current);
    setText(current);
  }
  const send = (value: string) => {
    if (value.trim() !== current) change(withFilter(state, filter.name, [value.trim()]));
  };
  return (
    <Input
      className="desk-search"
      type="search"
      allowClear
      value={text}
      prefix={<Icon name="search" size={1} />}
      suffix={<kbd aria-hidden="true">/</kbd>}
      placeholder={filter.placeholder ?? words("list.search")}
      aria-label={filter.label}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") send("");
      }}
      onPressEnter={() => send(text)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Back to the page and its keys; what was typed is looked for, not thrown away.
        event.preventDefault();
        document.getElementById("desk-title")?.focus();
      }}
      onBlur={() => send(text)}
    />
  );
}

export function FilterField({
  filter,
  state,
  change,
}: {
  filter: Filter;
  state: ListState;
  change: ChangeList;
}) {
  const values = state.filters[filter.name] ?? [];
  switch (filter.kind) {
    case "choice":
      return (
        <Select
          className="desk-filter"
          aria-label={filter.label}
          placeholder={filter.label}
          allowClear
          showSearch={filter.options.length > 8 ? { optionFilterProp: "label" } : false}
          {...(filter.many ? { mode: "multiple" as const, maxTagCount: 0 } : {})}
          maxTagPlaceholder={() => `${filter.label} · ${values.length}`}
          popupMatchSelectWidth={false}
          value={filter.many ? [...values] : (values[0] ?? null)}
          options={[...filter.options]}
          onChange={(next: string | readonly string[] | null | undefined) =>
            change(
              withFilter(
                state,
                filter.name,
                next === null || next === undefined ? [] : typeof next === "string" ? [next] : next,
              ),
            )
          }
        />
      );
    case "date":
      return (
        <label className="desk-filter-date">
          <span>{filter.label}</span>
          <Input
            type="date"
            value={values[0] ?? ""}
            onChange={(event) => change(withFilter(state, filter.name, [event.target.value]))}
          />
        </label>
      );
    case "flag":
      return (
        <Button
          aria-pressed={values[0] === "true"}
          type={values[0] === "true" ? "primary" : "default"}
          ghost={values[0] === "true"}
          onClick={() =>
            change(withFilter(state, filter.name, values[0] === "true" ? [] : ["true"]))
          }
        >
          {filter.label}
        </Button>
      );
    case "text":
    case "link":
      return null;
  }
}
