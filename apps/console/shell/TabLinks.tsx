import { NavLink } from "react-router";

/** Parts of one area, each with an address of its own. */
export function TabLinks({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly to: string; readonly label: string; readonly end?: boolean }[];
}) {
  return (
    <nav className="desk-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end ?? false}>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  );
}
