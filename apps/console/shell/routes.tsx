import type { ComponentType } from "react";
import type { AreaKey } from "./areas.ts";

/**
 * Every screen of the desk: its path below /console, the area whose roles may see it, and the chunk
 * it comes in. A subject adds its lines here; a component is exported by name and takes no props.
 */
export interface Screen {
  readonly path: string;
  readonly area: AreaKey;
  readonly load: () => Promise<ComponentType>;
}

export const screens: readonly Screen[] = [
  // what is one's own today, and a station's day
  {
    path: "/today",
    area: "today",
    load: async () => (await import("../duty/TodayScreen.tsx")).TodayScreen,
  },
  {
    path: "/days",
    area: "days",
    load: async () => (await import("../duty/DaysScreen.tsx")).DaysScreen,
  },
  {
    path: "/days/:stationId/:day",
    area: "days",
    load: async () => (await import("../duty/StationDayScreen.tsx")).StationDayScreen,
  },
  // figures
  {
    path: "/board",
    area: "board",
    load: async () => (await import("../insight/BoardScreen.tsx")).BoardScreen,
  },
  {
    path: "/report-card",
    area: "report_card",
    load: async () => (await import("../insight/ReportCardScreen.tsx")).ReportCardScreen,
  },
  {
    path: "/bulletins",
    area: "bulletins",
    load: async () => (await import("../bulletins/BulletinsScreen.tsx")).BulletinsScreen,
  },
  {
    path: "/bulletins/:communityId/:month",
    area: "bulletins",
    load: async () => (await import("../bulletins/BulletinScreen.tsx")).BulletinScreen,
  },
  // matters
  {
    path: "/matters",
    area: "matters",
    load: async () => (await import("../matters/MattersScreen.tsx")).MattersScreen,
  },
  {
    path: "/matters/:id",
    area: "matters",
    load: async () => (await import("../matters/MatterScreen.tsx")).MatterScreen,
  },
  {
    path: "/matters/:id/papers/:kind",
    area: "matters",
    load: async () => (await import("../matters/MatterPaperScreen.tsx")).MatterPaperScreen,
  },
  {
    path: "/hazards/lots",
    area: "matters",
    load: async () => (await import("../matters/HazardLotsScreen.tsx")).HazardLotsScreen,
  },
  {
    path: "/answers",
    area: "answers",
    load: async () => (await import("../answers/AnswersScreen.tsx")).AnswersScreen,
  },
  {
    path: "/answers/:id",
    area: "answers",
    load: async () => (await import("../answers/MessageScreen.tsx")).MessageScreen,
  },
  {
    path: "/referrals",
    area: "referrals",
    load: async () => (await import("../referrals/ReferralsScreen.tsx")).ReferralsScreen,
  },
  {
    path: "/referrals/:id",
    area: "referrals",
    load: async () => (await import("../referrals/ReferralScreen.tsx")).ReferralScreen,
  },
  {
    path: "/mediations",
    area: "mediations",
    load: async () => (await import("../mediation/MediationsScreen.tsx")).MediationsScreen,
  },
  {
    path: "/mediations/rooms",
    area: "mediations",
    load: async () => (await import("../mediation/RoomsScreen.tsx")).RoomsScreen,
  },
  {
    path: "/mediations/:id",
    area: "mediations",
    load: async () => (await import("../mediation/MediationScreen.tsx")).MediationScreen,
  },
  {
    path: "/mediations/:id/documents/:kind",
    area: "mediations",
    load: async () => (await import("../mediation/DocumentScreen.tsx")).DocumentScreen,
  },
  // appointments
  {
    path: "/appointments",
    area: "appointments",
    load: async () => (await import("../appointments/AppointmentsScreen.tsx")).AppointmentsScreen,
  },
  // requests about one's data
  {
    path: "/data-requests",
    area: "data_requests",
    load: async () => (await import("../privacy/RequestsScreen.tsx")).RequestsScreen,
  },
  {
    path: "/data-requests/:id",
    area: "data_requests",
    load: async () => (await import("../privacy/RequestScreen.tsx")).RequestScreen,
  },
  // complaints
  {
    path: "/complaints",
    area: "complaints",
    load: async () => (await import("../complaints/ComplaintsScreen.tsx")).ComplaintsScreen,
  },
  {
    path: "/complaints/:id",
    area: "complaints",
    load: async () => (await import("../complaints/ComplaintScreen.tsx")).ComplaintScreen,
  },
  // the blind second look
  {
    path: "/rechecks",
    area: "rechecks",
    load: async () => (await import("../oversight/RechecksScreen.tsx")).RechecksScreen,
  },
  {
    path: "/rechecks/:id",
    area: "rechecks",
    load: async () => (await import("../oversight/FindingScreen.tsx")).FindingScreen,
  },
  // recovered property
  {
    path: "/property",
    area: "property",
    load: async () => (await import("../property/PropertyScreen.tsx")).PropertyScreen,
  },
  {
    path: "/property/import",
    area: "property",
    load: async () => (await import("../property/ImportScreen.tsx")).ImportScreen,
  },
  {
    path: "/property/meetings",
    area: "property",
    load: async () => (await import("../property/MeetingsScreen.tsx")).MeetingsScreen,
  },
  {
    path: "/property/meetings/:id",
    area: "property",
    load: async () => (await import("../property/MeetingScreen.tsx")).MeetingScreen,
  },
  {
    path: "/property/meetings/:id/sheet",
    area: "property",
    load: async () => (await import("../property/SheetScreen.tsx")).SheetScreen,
  },
  {
    path: "/property/:id",
    area: "property",
    load: async () => (await import("../property/ItemScreen.tsx")).ItemScreen,
  },
  // listed places
  {
    path: "/listings",
    area: "listings",
    load: async () => (await import("../listings/ListingsScreen.tsx")).ListingsScreen,
  },
  {
    path: "/listings/:id",
    area: "listings",
    load: async () => (await import("../listings/ListingScreen.tsx")).ListingScreen,
  },
  {
    path: "/listings/:id/papers/:kind",
    area: "listings",
    load: async () => (await import("../listings/NoticeScreen.tsx")).NoticeScreen,
  },
  // tips
  {
    path: "/tips",
    area: "tips",
    load: async () => (await import("../tips/TipsScreen.tsx")).TipsScreen,
  },
  {
    path: "/clock-rules",
    area: "clock_rules",
    load: async () => (await import("../matters/ClockRulesScreen.tsx")).ClockRulesScreen,
  },
  {
    path: "/routing",
    area: "routing",
    load: async () => (await import("../routing/RoutingScreen.tsx")).RoutingScreen,
  },
  // organisation
  {
    path: "/organisation",
    area: "organisation",
    load: async () => (await import("../organisation/StationsScreen.tsx")).StationsScreen,
  },
  {
    path: "/organisation/beats",
    area: "organisation",
    load: async () => (await import("../organisation/BeatsScreen.tsx")).BeatsScreen,
  },
  {
    path: "/organisation/beats/:id/outline",
    area: "organisation",
    load: async () => (await import("../organisation/BeatOutlineScreen.tsx")).BeatOutlineScreen,
  },
  {
    path: "/organisation/communities",
    area: "organisation",
    load: async () => (await import("../organisation/CommunitiesScreen.tsx")).CommunitiesScreen,
  },
  {
    path: "/organisation/grids",
    area: "organisation",
    load: async () => (await import("../organisation/GridsScreen.tsx")).GridsScreen,
  },
  {
    path: "/organisation/members",
    area: "organisation",
    load: async () => (await import("../organisation/MembersScreen.tsx")).MembersScreen,
  },
  {
    path: "/organisation/members/:id",
    area: "organisation",
    load: async () => (await import("../organisation/MemberScreen.tsx")).MemberScreen,
  },
  {
    path: "/organisation/partners",
    area: "organisation",
    load: async () => (await import("../organisation/PartnersScreen.tsx")).PartnersScreen,
  },
  // campaigns
  {
    path: "/campaigns",
    area: "campaigns",
    load: async () => (await import("../campaigns/CampaignsScreen.tsx")).CampaignsScreen,
  },
  {
    path: "/campaigns/forms",
    area: "campaigns",
    load: async () => (await import("../campaigns/FormsScreen.tsx")).FormsScreen,
  },
  {
    path: "/campaigns/new",
    area: "campaigns",
    load: async () => (await import("../campaigns/PlanScreen.tsx")).NewPlanScreen,
  },
  {
    path: "/campaigns/:id",
    area: "campaigns",
    load: async () => (await import("../campaigns/CampaignScreen.tsx")).CampaignScreen,
  },
  {
    path: "/campaigns/:id/days",
    area: "campaigns",
    load: async () => (await import("../planning/DayScreen.tsx")).DayScreen,
  },
  {
    path: "/campaigns/:id/edit",
    area: "campaigns",
    load: async () => (await import("../campaigns/PlanScreen.tsx")).EditPlanScreen,
  },

  // visits
  {
    path: "/visits",
    area: "visits",
    load: async () => (await import("../visits/VisitsScreen.tsx")).VisitsScreen,
  },
  {
    path: "/visits/new",
    area: "visits",
    load: async () => (await import("../visits/PaperScreen.tsx")).PaperScreen,
  },
  {
    path: "/visits/import",
    area: "visits",
    load: async () => (await import("../sync/ImportScreen.tsx")).ImportScreen,
  },
  {
    path: "/visits/:id",
    area: "visits",
    load: async () => (await import("../visits/VisitScreen.tsx")).VisitScreen,
  },
  {
    path: "/buildings/:id",
    area: "visits",
    load: async () => (await import("../visits/BuildingScreen.tsx")).BuildingScreen,
  },

  // places
  {
    path: "/places",
    area: "places",
    load: async () => (await import("../places/PlacesScreen.tsx")).PlacesScreen,
  },
  {
    path: "/places/divisions",
    area: "places",
    load: async () => (await import("../places/DivisionsScreen.tsx")).DivisionsScreen,
  },
  {
    path: "/places/:id",
    area: "places",
    load: async () => (await import("../places/PlaceScreen.tsx")).PlaceScreen,
  },
  {
    path: "/imports",
    area: "imports",
    load: async () => (await import("../places/ImportsScreen.tsx")).ImportsScreen,
  },
  {
    path: "/imports/new",
    area: "imports",
    load: async () => (await import("../places/ImportScreen.tsx")).NewImportScreen,
  },
  {
    path: "/imports/:id",
    area: "imports",
    load: async () => (await import("../places/ImportScreen.tsx")).ImportScreen,
  },
  {
    path: "/plates",
    area: "plates",
    load: async () => (await import("../places/PlatesScreen.tsx")).PlatesScreen,
  },

  // oversight
  {
    path: "/devices",
    area: "devices",
    load: async () => (await import("../sync/DevicesScreen.tsx")).DevicesScreen,
  },
  {
    path: "/audit",
    area: "audit",
    load: async () => (await import("../audit/AuditScreen.tsx")).AuditScreen,
  },
];
