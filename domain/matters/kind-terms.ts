/** The kinds of matters: what belongs to each, how each may come out, and why not. */
/**
 * What a resident raised or an officer found. Tips and complaints about the police are not among
 * them: they go round this subject, each by a way of its own.
 */
export const MATTER_KINDS = ["opinion", "service_request", "dispute", "hazard"] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

export const MATTER_SUBTYPES = {
  opinion: [
    "police_conduct",
    "patrol",
    "window_service",
    "traffic",
    "publicity",
    "facilities",
    "policy",
    "business_environment",
    "praise",
    "other",
  ],
  service_request: [
    "id_papers",
    "residence_permit",
    "lost_found",
    "missing_person",
    "escort_guide",
    "minor_repair",
    "legal_aid",
    "hardship_help",
    "anti_fraud_app",
    "school_route",
    "papers_at_home",
    "other",
  ],
  dispute: [
    "neighbour_noise",
    "neighbour_water_leak",
    "neighbour_waste",
    "neighbour_parking",
    "neighbour_pets",
    "right_of_way",
    "high_rise_objects",
    "family",
    "property_management",
    "rental",
    "labour_wages",
    "consumer",
    "debt",
    "contract",
    "land_house",
    "medical",
    "traffic_damage",
    "school",
    "environment",
    "other",
  ],
  hazard: [
    "ebike_charging",
    "blocked_exit",
    "expired_extinguisher",
    "overloaded_wiring",
    "gas_smell",
    "falling_object",
    "unlit_path",
    "broken_gate",
    "blind_corner",
    "flooding",
    "structural",
    "road_danger",
    "dog_control",
    "water_safety",
    "three_in_one",
    "other",
  ],
} as const satisfies Record<MatterKind, readonly string[]>;
export type MatterSubtype = (typeof MATTER_SUBTYPES)[MatterKind][number];

/** What came of it. An unadopted opinion or an unsolved problem is a lawful, honest outcome. */
export const OUTCOMES = {
  opinion: ["adopted", "partly", "not_adopted"],
  service_request: ["delivered", "partly", "cannot"],
  dispute: ["agreement_reached", "agreement_performed", "failed", "not_suitable"],
  hazard: ["rectified", "cleared", "not_cleared"],
} as const satisfies Record<MatterKind, readonly string[]>;
export type MatterOutcome = (typeof OUTCOMES)[MatterKind][number] | "declined";

/** Outcomes that solve the whole of it; every other one needs a reason code. */
export const SOLVED: readonly MatterOutcome[] = [
  "adopted",
  "delivered",
  "agreement_reached",
  "agreement_performed",
  "rectified",
  "cleared",
];

/** Why something was not, or only partly, solved (indicator K41). */
export const UNSOLVED_REASONS = [
  "no_legal_basis",
  "outside_police_powers",
  "needs_other_body",
  "party_refuses",
  "no_agreement",
  "owner_refuses",
  "no_means",
  "technically_impossible",
  "cannot_verify",
  "already_so",
  "other",
] as const;
export type UnsolvedReason = (typeof UNSOLVED_REASONS)[number];

/**
 * How grave an officer takes a hazard to be. Whether one is major in the sense of the law is for the
 * competent body to say; a candidate is reported to it on the same day.
 * Source: domain.md §4.5; 安监总局令16号 3.
 */
export const HAZARD_GRADES = ["ordinary", "major_candidate"] as const;
export type HazardGrade = (typeof HAZARD_GRADES)[number];

/** With what the competent body decided. */
export const HAZARD_STANDINGS = [...HAZARD_GRADES, "major"] as const;
export type HazardStanding = (typeof HAZARD_STANDINGS)[number];
