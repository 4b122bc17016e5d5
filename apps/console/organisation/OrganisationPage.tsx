import type { ReactNode } from "react";
import { Page } from "../shell/Page.tsx";
import { TabLinks } from "../shell/TabLinks.tsx";
import { useOrganisationWords } from "./words.ts";

/** The frame of every list of the organisation. */
export function OrganisationPage({
  actions,
  children,
}: {
  actions?: ReactNode;
  children: ReactNode;
}) {
  const words = useOrganisationWords();
  return (
    <Page title={words("title")} lead={words("lead")} actions={actions}>
      <TabLinks
        label={words("tabs.label")}
        tabs={[
          { to: "/organisation", label: words("tabs.stations"), end: true },
          { to: "/organisation/beats", label: words("tabs.beats") },
          { to: "/organisation/communities", label: words("tabs.communities") },
          { to: "/organisation/grids", label: words("tabs.grids") },
          { to: "/organisation/members", label: words("tabs.members") },
          { to: "/organisation/partners", label: words("tabs.partners") },
        ]}
      />
      {children}
    </Page>
  );
}
