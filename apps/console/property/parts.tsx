import type { PropertyRow } from "@wanjia/contract/property";
import { StatusChip } from "@wanjia/ui/icons/StatusChip";
import type { ReactNode } from "react";
import { Page } from "../shell/Page.tsx";
import { TabLinks } from "../shell/TabLinks.tsx";
import { stateTone } from "./view-model.ts";
import { labelKey, usePropertyLabels, usePropertyWords } from "./words.ts";

/** The frame of the two lists. */
export function PropertyPage({
  lead,
  actions,
  children,
}: {
  lead: string;
  actions: ReactNode;
  children: ReactNode;
}) {
  const words = usePropertyWords();
  return (
    <Page title={words("title")} lead={lead} actions={actions}>
      <TabLinks
        label={words("tabs.label")}
        tabs={[
          { to: "/property", label: words("tabs.items"), end: true },
          { to: "/property/meetings", label: words("tabs.meetings") },
        ]}
      />
      {children}
    </Page>
  );
}

export function StateChip({ state }: Pick<PropertyRow, "state">) {
  const labels = usePropertyLabels();
  return <StatusChip tone={stateTone(state)}>{labels(labelKey("state", state))}</StatusChip>;
}

/** 手机 × 2; one is not counted. */
export function useItemName(): (item: Pick<PropertyRow, "itemClass" | "count">) => string {
  const words = usePropertyWords();
  const labels = usePropertyLabels();
  return ({ itemClass, count }) => {
    const name = labels(labelKey("itemClass", itemClass));
    return count === 1 ? name : words("count", { name, count });
  };
}
