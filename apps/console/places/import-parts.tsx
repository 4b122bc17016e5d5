import { IMPORT_FIELDS, type ImportField } from "@wanjia/domain/places/import-columns";
import { Progress } from "antd";
import type { ReactNode } from "react";
import type { client } from "../shell/api.ts";
import type { zhCN } from "./messages.zh-CN.ts";
import { usePlaceLabels, usePlaceWords } from "./words.ts";

export type Import = Awaited<ReturnType<typeof client.places.import>>;

/** How far it is, in a bar and in words. */
export function ImportProgress({
  percent,
  showNumber = false,
  children,
}: {
  percent: number;
  /** Beside the bar, where the words don't say it. */
  showNumber?: boolean;
  children: ReactNode;
}) {
  const words = usePlaceWords();
  return (
    <div className="desk-stack import-narrow" role="status">
      <Progress
        percent={percent}
        showInfo={showNumber}
        aria-label={words("wizard.progress_label")}
      />
      {children}
    </div>
  );
}

/** Rows of a file in a frame that scrolls, by keyboard too. */
export function FileRows({
  label,
  className = "",
  head,
  children,
}: {
  label: string;
  className?: string;
  head: readonly string[];
  children: ReactNode;
}) {
  return (
    <div className={`desk-table-frame ${className}`} tabIndex={0} role="region" aria-label={label}>
      <table className="desk-table">
        <thead>
          <tr>
            {head.map((title, at) => (
              <th key={title} scope="col" {...(at === 0 ? { "data-align": "right" } : {})}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function useFieldName(): (field: string) => string {
  const words = usePlaceWords();
  const labels = usePlaceLabels();
  return (field) => {
    if (IMPORT_FIELDS.some((known) => known === field)) {
      return labels(`importField.${field as ImportField}`);
    }
    const key =
      `wizard.field_of.${field}` as `wizard.field_of.${keyof typeof zhCN.wizard.field_of}`;
    const said = words(key);
    return said === key ? field : said;
  };
}

export function useProblemName(): (code: string) => string {
  const labels = usePlaceLabels();
  return (code) => {
    const said = labels(`importProblem.${code}` as "importProblem.address-empty");
    return said === `importProblem.${code}` ? code : said;
  };
}
