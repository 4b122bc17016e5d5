import { auditContract } from "./audit.ts";
import { campaignsContract } from "./campaigns.ts";
import { insightContract } from "./insight.ts";
import { mattersContract } from "./matters.ts";
import { organisationContract } from "./organisation.ts";
import { placesContract } from "./places.ts";
import { privacyContract } from "./privacy.ts";
import { sessionContract } from "./session.ts";
import { syncContract } from "./sync.ts";
import { visitsContract } from "./visits.ts";

/** Every endpoint of Wanjia: the server implements it, the apps call it, `/openapi.json` prints it. */
export const contract = {
  session: sessionContract,
  organisation: organisationContract,
  audit: auditContract,
  sync: syncContract,
  places: placesContract,
  privacy: privacyContract,
  matters: mattersContract,
  campaigns: campaignsContract,
  visits: visitsContract,
  insight: insightContract,
};
