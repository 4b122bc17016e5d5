import type { SameKeys } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";

export const en: SameKeys<typeof zhCN> = {
  title: "Audit trail",
  lead: "Who did what and when, who looked at which personal datum, and why. Only added to, never changed; auditors alone see it.",
  field: {
    at: "Time",
    actor: "By",
    role: "Role",
    action: "Action",
    subject: "Subject",
    subject_id: "Subject's id",
    purpose: "Purpose",
    station: "Station",
    detail: "Detail",
    from: "From",
    to: "To",
  },
  system: "System",
  details: "All of this entry",
  empty: "No entry yet",
  empty_hint:
    "Entries appear once someone signs in, changes something or looks at a personal datum.",
  search_subject: "Subject's id",
  same_subject: "Only this subject",
  same_actor: "Only this member",
  subject: {
    session: "Session",
    visit: "Visit",
    matter: "Matter",
    contact: "Contact number",
    place: "Address",
    plate: "Door plate",
    campaign: "Campaign",
    member: "Member",
    posting: "Posting",
    station: "Station",
    beat: "Beat",
    community: "Community",
    liaison: "Liaison",
    partner: "Partner body",
    device: "Device",
    import: "Import",
    appointment: "Appointment",
    bulletin: "Public board",
    bureau: "Bureau",
    calendar_link: "Calendar link",
    clock_rule: "Time limit",
    door: "Door",
    estate_count: "Count of an estate",
    form: "Form",
    hazard_lot: "Lot of hazards",
    listing: "Listed place",
    mediation: "Mediation",
    mediation_room: "Mediation room",
    message: "Answer",
    place_import: "Address import",
    property: "Recovered property",
    recheck_finding: "Visit that differs",
    recheck_round: "Second look",
    referral: "Referral",
    return_meeting: "Return event",
    tip: "Tip",
    tip_key: "Tip key",
    tip_unit: "Unit that takes tips",
    walk: "Walk",
  },
  action: {
    session: {
      opened: "Signed in",
      closed: "Signed out",
    },
    bureau: {
      created: "Made the bureau",
    },
    station: {
      saved: "Saved a station",
    },
    beat: {
      saved: "Saved a beat",
    },
    community: {
      saved: "Saved a community",
    },
    liaison: {
      linked: "Linked an officer to a community",
    },
    member: {
      added: "Added a member",
      saved: "Changed a member",
      deactivated: "Closed a member's account",
      "password-set": "Set a password",
    },
    posting: {
      added: "Added a posting",
      ended: "Ended a posting",
    },
    partner: {
      saved: "Saved a partner body",
    },
    work_year: {
      loaded: "Loaded a year's working days",
    },
    device: {
      registered: "Registered a phone",
      revoked: "Revoked a phone",
    },
    place: {
      created: "Added an address",
      aliased: "Noted another name of an address",
      renamed: "Renamed an address",
      confirmed: "Confirmed an address",
      cancelled: "Struck out an address",
      merged: "Merged addresses",
      split: "Split an address",
      reassigned: "Moved an address to another beat",
      regridded: "Moved an address to another grid",
    },
    places: {
      imported: "Imported addresses",
      moved: "Moved addresses to another beat",
    },
    plate: {
      issued: "Issued a door plate",
      withdrawn: "Withdrew a door plate",
    },
    plates: {
      issued: "Issued door plates",
    },
    campaign: {
      drafted: "Drafted a campaign",
      edited: "Changed a campaign",
      opened: "Opened a campaign",
      closed: "Closed a campaign",
      "teams-changed": "Changed a campaign's teams",
    },
    form: {
      adopted: "Adopted a form",
    },
    day: {
      planned: "Planned a day",
    },
    week: {
      set: "Set a week",
    },
    walk: {
      unkept: "Noted a walk that did not happen",
      refused: "Refused a walk",
      restored: "Restored a walk",
      reordered: "Reordered a walk",
      pinned: "Pinned a walk",
      unpinned: "Unpinned a walk",
      swapped: "Swapped walks",
    },
    visit: {
      recorded: "Recorded a visit",
      corrected: "Corrected a visit",
      viewed: "Looked at a visit",
    },
    visits: {
      exported: "Exported visits",
    },
    door: {
      noted: "Noted a door's wish",
    },
    occupancy: {
      viewed: "Looked at whether a home is lived in",
    },
    wish: {
      made: "Took a wish about visits",
    },
    appointment: {
      confirmed: "Confirmed an appointment",
      cancelled: "Cancelled an appointment",
    },
    calendar: {
      made: "Made a calendar link",
      ended: "Ended a calendar link",
    },
    deletion: {
      granted: "Deletion granted",
    },
    audit: {
      forgotten: "Deleted audit rows at their term",
    },
    matter: {
      typed_from_paper: "Resident's paper form typed in",
      words_erased: "Words of matters deleted",
      changed: "Took a step with a matter",
      receipt_issued: "Issued a receipt",
    },
    matters: {
      exported: "Exported matters",
    },
    contact: {
      revealed: "Looked at a contact number",
      withheld: "Not shown: too many looks at numbers",
      forgotten: "Deleted a contact number",
    },
    consent: {
      withdrawn: "Consent was withdrawn",
    },
    photo: {
      viewed: "Looked at photos",
      forgotten: "Deleted photos",
    },
    hazard: {
      document_made: "Made a paper of a hazard",
    },
    hazards: {
      drawn: "Drew hazards for a second look",
    },
    "clock-rule": {
      saved: "Saved a time limit",
      withdrawn: "Withdrew a time limit",
    },
    routing: {
      "rule-saved": "Saved a routing rule",
      "rule-removed": "Removed a routing rule",
      discarded: "Discarded the routing draft",
      tried: "Tried the routing table",
      "switched-on": "Switched the routing table on",
    },
    referral: {
      step: "Took a step with a referral",
    },
    "referral-link": {
      made: "Made a one-time link",
      ended: "Ended a one-time link",
    },
    message: {
      made: "Made an answer",
      queued: "Queued an answer",
      held: "Held an answer back",
      attempted: "Tried to send an answer",
      sending: "Sends an answer",
      sent: "Sent an answer",
      delivered: "An answer arrived",
      failed: "An answer failed",
      shown: "An answer was seen on the page",
      given: "Noted that an answer was given by hand",
      cancelled: "Cancelled an answer",
      replied: "A resident replied",
      forgotten: "Deleted an answer's contact",
    },
    station_day: {
      signed: "Signed a station's day",
    },
    bulletin: {
      changed: "Changed a public board",
    },
    mediation: {
      changed: "Took a step with a mediation",
      document_made: "Made a paper of a mediation",
      references_forgotten: "Deleted a mediation's references at their term",
    },
    mediation_room: {
      saved: "Saved a mediation room",
    },
    listing: {
      proposed: "Proposed a listing",
      dropped: "Dropped a proposal",
      ordered: "Ordered a listing",
      measure_set: "Set a measure",
      measure_told: "Told how a measure goes",
      extended: "Extended a listing",
      tested: "Tested for delisting",
      delisted: "Delisted",
      document_made: "Made a paper of a listing",
    },
    recheck: {
      committed: "Showed the hash of a seed",
      drawn: "Drew visits for a second look",
      answered: "Kept an answer of a second look",
      closed: "Closed a second look",
      explain: "Explained a visit that differs",
      view: "Gave the station’s view of a visit",
      decide: "Decided on a visit that differs",
      appeal: "Appealed against a decision on a visit",
    },
    listings: {
      counts_imported: "Imported counts of places",
    },
    property: {
      imported: "Imported property",
      notified: "Notified an owner",
      announced: "Announced property",
      booked: "Booked a return",
      released: "Freed a booking",
      returned: "Returned property",
      extended: "Extended keeping",
      lapsed: "Property was not claimed",
      handed_to_state: "Handed to the state",
      withdrawn: "Withdrew property",
      sheet_made: "Made a return sheet",
    },
    return_meeting: {
      arranged: "Arranged a return event",
      called_off: "Called a return event off",
    },
    complaint: {
      forgotten: "Deleted a complaint's contact",
    },
    data: {
      forgotten: "Deleted requests about own data at their term",
      requested: "Asked about held data",
      decided: "Answered a data request",
    },
    tip: {
      answered: "Answered a tip",
      opened: "Opened a tip",
      transferred: "Handed a tip on",
      forgotten: "Deleted a tip's sealed text",
    },
    tip_keeper: {
      enrolled: "Enrolled a key keeper",
    },
    tip_key: {
      made: "Made a key for tips",
    },
    tip_opening: {
      asked: "Asked to open an archive",
      granted: "Let an archive be opened",
    },
    tip_unit: {
      saved: "Saved a unit that takes tips",
    },
  },
};
