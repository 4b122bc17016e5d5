import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "./Problem.tsx";
import { useShellWords } from "./words.ts";

/** What needs an answer of the server before it can be drawn at all. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  const words = useShellWords();
  if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <p className="desk-waiting" role="status">
        {words("list.loading")}
      </p>
    );
  }
  return children(query.data);
}
