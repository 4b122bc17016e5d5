import { useCallback, useEffect, useMemo } from "react";
import { useLocation, useSearchParams } from "react-router";
import { rememberSearch } from "./list-memory.ts";
import { readListState, writeListState, type ListDefaults, type ListState } from "./url-state.ts";

/** The list state of the page's address, and how to change it. Back and forward work. */
export function useListState(
  filterNames: readonly string[],
  defaults: ListDefaults,
): readonly [ListState, (next: ListState, how?: { replace: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const { pathname, search } = useLocation();
  useEffect(() => rememberSearch(pathname, search), [pathname, search]);
  const key = filterNames.join(" ");
  const { size, sort } = defaults;
  const settled = useMemo(
    () => ({ ...(size === undefined ? {} : { size }), ...(sort === undefined ? {} : { sort }) }),
    [size, sort],
  );
  const state = useMemo(
    () => readListState(params, key === "" ? [] : key.split(" "), settled),
    [params, key, settled],
  );
  const change = useCallback(
    (next: ListState, how = { replace: false }) => {
      setParams(
        (current) => writeListState(current, next, key === "" ? [] : key.split(" "), settled),
        { replace: how.replace },
      );
    },
    [key, settled, setParams],
  );
  return [state, change];
}
