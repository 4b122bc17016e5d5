import { maySeeOutbox } from "@wanjia/domain/answers/policy";
import { mayAppoint } from "@wanjia/domain/appointments/policy";
import { maySeeBulletins } from "@wanjia/domain/bulletins/policy";
import { mayCampaign } from "@wanjia/domain/campaigns/policy";
import { mayHandleComplaints } from "@wanjia/domain/complaints/policy";
import { maySeeDays } from "@wanjia/domain/duty/policy";
import { TODAY_ROLES } from "@wanjia/domain/duty/today";
import { maySeeCard, maySeeFigures } from "@wanjia/domain/insight/policy";
import { mayList as mayListPlaces } from "@wanjia/domain/listings/policy";
import { mayList, mayReadClockRules } from "@wanjia/domain/matters/policy";
import { mayList as mayMediate } from "@wanjia/domain/mediation/policy";
import { mayHandleRequests } from "@wanjia/domain/privacy/requests";
import { maySeeRechecks } from "@wanjia/domain/oversight/policy";
import { maySeeAudit, maySeeOrganisation } from "@wanjia/domain/organisation/policy";
import type { Role } from "@wanjia/domain/organisation/terms";
import { mayWithPlaces } from "@wanjia/domain/places/policy";
import { mayKeepTips, mayManageTipUnits } from "@wanjia/domain/tips/policy";
import { mayList as mayReturn } from "@wanjia/domain/property/policy";
import { mayReadRouting } from "@wanjia/domain/routing/policy";
import { mayVisit } from "@wanjia/domain/visits/policy";
import { maySeeDevices } from "@wanjia/sync/policy";
import type { IconName } from "@wanjia/ui/icons/Icon";

/**
 * The parts of the desk, each shown by the policy that the server answers by; no rule of its own
 * stands here.
 */
export interface Area {
  readonly key: AreaKey;
  readonly path: string;
  readonly group: "work" | "base" | "oversight";
  readonly icon: IconName;
  /** After `g`. */
  readonly shortcut: string;
  readonly may: (role: Role) => boolean;
}

export type AreaKey =
  | "today"
  | "days"
  | "board"
  | "report_card"
  | "bulletins"
  | "campaigns"
  | "visits"
  | "matters"
  | "answers"
  | "mediations"
  | "referrals"
  | "property"
  | "listings"
  | "places"
  | "plates"
  | "imports"
  | "organisation"
  | "devices"
  | "audit"
  | "clock_rules"
  | "routing"
  | "tips"
  | "complaints"
  | "rechecks"
  | "appointments"
  | "data_requests";

export const areas: readonly Area[] = [
  {
    key: "today",
    path: "/today",
    group: "work",
    icon: "house",
    shortcut: "j",
    may: (role) => TODAY_ROLES.includes(role),
  },
  { key: "board", path: "/board", group: "work", icon: "list", shortcut: "b", may: maySeeFigures },
  {
    key: "campaigns",
    path: "/campaigns",
    group: "work",
    icon: "appointment",
    shortcut: "c",
    may: (role) => mayCampaign(role, "see"),
  },
  {
    key: "visits",
    path: "/visits",
    group: "work",
    icon: "met",
    shortcut: "v",
    may: (role) => mayVisit(role, "list"),
  },
  {
    key: "appointments",
    path: "/appointments",
    group: "work",
    icon: "house",
    shortcut: "w",
    may: (role) => mayAppoint(role, "list"),
  },
  {
    key: "matters",
    path: "/matters",
    group: "work",
    icon: "talk",
    shortcut: "m",
    may: mayList,
  },
  {
    key: "days",
    path: "/days",
    group: "work",
    icon: "appointment",
    shortcut: "z",
    may: maySeeDays,
  },
  {
    key: "answers",
    path: "/answers",
    group: "work",
    icon: "opinion",
    shortcut: "n",
    may: maySeeOutbox,
  },
  {
    key: "mediations",
    path: "/mediations",
    group: "work",
    icon: "dispute",
    shortcut: "e",
    may: mayMediate,
  },
  {
    key: "referrals",
    path: "/referrals",
    group: "work",
    icon: "list",
    shortcut: "f",
    may: (role) => role === "partner",
  },
  {
    key: "property",
    path: "/property",
    group: "work",
    icon: "undo",
    shortcut: "y",
    may: mayReturn,
  },
  {
    key: "listings",
    path: "/listings",
    group: "work",
    icon: "building",
    shortcut: "h",
    may: mayListPlaces,
  },
  {
    key: "report_card",
    path: "/report-card",
    group: "work",
    icon: "sent",
    shortcut: "r",
    may: maySeeCard,
  },
  {
    key: "bulletins",
    path: "/bulletins",
    group: "work",
    icon: "opinion",
    shortcut: "u",
    may: maySeeBulletins,
  },
  {
    key: "places",
    path: "/places",
    group: "base",
    icon: "building",
    shortcut: "a",
    may: (role) => mayWithPlaces(role, "read"),
  },
  {
    key: "plates",
    path: "/plates",
    group: "base",
    icon: "house",
    shortcut: "p",
    may: (role) => mayWithPlaces(role, "issuePlate"),
  },
  {
    key: "imports",
    path: "/imports",
    group: "base",
    icon: "upload",
    shortcut: "i",
    may: (role) => mayWithPlaces(role, "import"),
  },
  {
    key: "organisation",
    path: "/organisation",
    group: "base",
    icon: "organisation",
    shortcut: "o",
    may: maySeeOrganisation,
  },
  {
    key: "clock_rules",
    path: "/clock-rules",
    group: "base",
    icon: "appointment",
    shortcut: "k",
    may: mayReadClockRules,
  },
  {
    key: "routing",
    path: "/routing",
    group: "base",
    icon: "list",
    shortcut: "x",
    may: mayReadRouting,
  },
  {
    key: "devices",
    path: "/devices",
    group: "oversight",
    icon: "lock",
    shortcut: "d",
    may: maySeeDevices,
  },
  {
    key: "audit",
    path: "/audit",
    group: "oversight",
    icon: "search",
    shortcut: "l",
    may: maySeeAudit,
  },
  {
    key: "tips",
    path: "/tips",
    group: "work",
    icon: "lock",
    shortcut: "t",
    may: (role) => mayKeepTips(role) || mayManageTipUnits(role),
  },
  {
    key: "complaints",
    path: "/complaints",
    group: "work",
    icon: "alarm",
    shortcut: "s",
    may: mayHandleComplaints,
  },
  {
    key: "rechecks",
    path: "/rechecks",
    group: "oversight",
    icon: "search",
    shortcut: "2",
    may: maySeeRechecks,
  },
  {
    key: "data_requests",
    path: "/data-requests",
    group: "oversight",
    icon: "person",
    shortcut: "q",
    may: mayHandleRequests,
  },
];

export function areasFor(role: Role): readonly Area[] {
  return areas.filter((area) => area.may(role));
}

/** The area that an address belongs to: the longest path that it starts with. */
export function areaOf(pathname: string): Area | undefined {
  if (pathname.startsWith("/buildings/")) return areaOf("/visits");
  return areas
    .filter((area) => pathname === area.path || pathname.startsWith(`${area.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** Where the desk opens: the first area that the role may see. */
export function homeOf(role: Role): string {
  return areasFor(role)[0]?.path ?? "/nothing-here";
}
