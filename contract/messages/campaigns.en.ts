import { visits } from "./visits.en.ts";

/** Labels of campaigns and the sentences of their refusals; phone, desk and server share them. */
export const campaigns = {
  refusals: {
    "campaign-not-draft":
      "The campaign has begun, its plan can no longer change. Change the teams, or plan another campaign.",
    "campaign-not-open": "The campaign is not running. Check its state.",
    "campaign-changed": "Somebody else has just changed this plan. Reload it, then change it.",
    "name-missing": "Give the campaign a name of at most 60 characters.",
    "period-reversed": "The last day is before the first. Check the dates.",
    "period-too-long": "A campaign lasts at most {{days}} days. Shorten the period.",
    "period-over": "The period is over already. Choose days to come.",
    "phase-outside-period": "The phase “{{phase}}” lies outside the period. Check its dates.",
    "stations-missing": "Choose at least one station.",
    "station-unknown": "One of the stations does not exist. Choose again.",
    "target-missing": "Choose at least one kind of place to visit.",
    "target-outside-stations":
      "A community or beat belongs to none of the chosen stations. Choose again.",
    "forms-missing": "Choose at least one form.",
    "form-unknown": visits.refusals["form-unknown"],
    "form-expires-early":
      "The form {{form}} expires on {{expires}}, before the campaign ends. Adopt a new version or shorten the period.",
    "form-unsuitable": visits.refusals["form-unsuitable"],
    "teams-missing": "Set up at least one team.",
    "team-empty": "“{{team}}” has no members yet. Add some.",
    "team-too-large": visits.refusals["team-too-large"],
    "team-outside-stations": "“{{team}}” belongs to none of the chosen stations. Check it.",
    "team-member-unknown": visits.refusals["team-member-unknown"],
    "auxiliary-alone": visits.refusals["auxiliary-alone"],
    "stock-invalid": "Code, name or number of “{{item}}” is not right. Check it.",
    "stock-repeated": "A code is used twice. Check the list.",
  },
  noun: "Campaign",
  state: { draft: "Draft", open: "Running", closed: "Closed" },
  track: { outreach: "Outreach", hazard_survey: "Hazard survey", research: "Research" },
  kind: {
    dwelling_unit: "Homes",
    rural_house: "Rural houses",
    shop: "Shops",
    organisation: "Organisations",
    site: "Key sites",
  },
  form: {
    form_household: "Household visit form",
    form_shop: "Shop visit form",
    form_community: "Village and community visit form",
    form_organisation: "Organisation visit form",
  },
} as const;
