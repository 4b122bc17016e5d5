import { Icon } from "@wanjia/ui/icons/Icon";
import { Button, Space, Tooltip } from "antd";
import { useId, useState, type ReactNode } from "react";
import { API_URL } from "./api.ts";
import { FilterField, SearchField } from "./filter-fields.tsx";
import type { ChangeList, Filter } from "./table.ts";
import { toExportQuery, type ListInput, type ListState } from "./url-state.ts";
import { useShellWords } from "./words.ts";

/** Above a list: what it is searched and filtered by, its exports, and actions on the whole of it. */
export function TableTools({
  filters,
  state,
  change,
  narrow,
  actions,
  exportPath,
  input,
}: {
  filters: readonly Filter[];
  state: ListState;
  change: ChangeList;
  narrow: boolean;
  actions: ReactNode;
  exportPath: string | undefined;
  input: ListInput;
}) {
  const words = useShellWords();
  const [unfolded, setUnfolded] = useState(false);
  const panel = useId();
  const texts = filters.filter((filter) => filter.kind === "text");
  const others = filters.filter((filter) => filter.kind !== "text" && filter.kind !== "link");
  const dates = others.filter((filter) => filter.kind === "date");
  const field = (filter: Filter) => (
    <FilterField key={filter.name} filter={filter} state={state} change={change} />
  );
  const active = others.filter((filter) => state.filters[filter.name] !== undefined).length;
  if (filters.length === 0 && !actions && exportPath === undefined) return null;
  return (
    <div className="desk-tools">
      {texts.map((filter) => (
        <SearchField key={filter.name} filter={filter} state={state} change={change} />
      ))}
      {narrow && others.length > 0 && (
        <Button
          aria-expanded={unfolded}
          aria-controls={panel}
          onClick={() => setUnfolded(!unfolded)}
        >
          {active > 0 ? words("list.filters_count", { count: active }) : words("list.filters")}
        </Button>
      )}
      {(!narrow || unfolded) && others.length > 0 && (
        <div className="desk-filters" id={panel}>
          {others.filter((filter) => filter.kind !== "date").map(field)}
          {dates.length > 0 && <div className="desk-filter-dates">{dates.map(field)}</div>}
        </div>
      )}
      <Space wrap size={8} className="desk-tools-end">
        {exportPath !== undefined &&
          (["csv", "xlsx"] as const).map((format) => (
            <Tooltip
              key={format}
              title={words(format === "csv" ? "list.export_csv" : "list.export_xlsx")}
            >
              <Button
                href={`${API_URL}${exportPath}?${toExportQuery(input, format)}`}
                download
                icon={<Icon name="download" size={1} />}
                aria-label={words(format === "csv" ? "list.export_csv" : "list.export_xlsx")}
              >
                {format.toUpperCase()}
              </Button>
            </Tooltip>
          ))}
        {actions}
      </Space>
    </div>
  );
}
