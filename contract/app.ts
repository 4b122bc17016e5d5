import { answersContract } from "./answers.ts";
import { appointmentsContract } from "./appointments.ts";
import { auditContract, auditStreams } from "./audit.ts";
import { bulletinsContract } from "./bulletins.ts";
import { campaignsContract } from "./campaigns.ts";
import { complaintsContract } from "./complaints.ts";
import { dutyContract } from "./duty.ts";
import { hazardsContract, hazardStreams } from "./hazards.ts";
import { dataRequestsContract } from "./data-requests.ts";
import { insightContract, insightStreams } from "./insight.ts";
import { intakeContract } from "./intake.ts";
import { listingsContract, listingStreams } from "./listings.ts";
import { mattersContract, matterStreams } from "./matters.ts";
import { mediationContract, mediationStreams } from "./mediation.ts";
import { organisationContract } from "./organisation.ts";
import { oversightContract } from "./oversight.ts";
import { placeStreams } from "./place-files.ts";
import { placesContract } from "./places.ts";
import { planningContract, planningStreams } from "./planning.ts";
import { privacyContract } from "./privacy.ts";
import { propertyContract, propertyStreams } from "./property.ts";
import { residentsContract } from "./residents.ts";
import { referralsContract } from "./referrals.ts";
import { routingContract } from "./routing.ts";
import { sessionContract } from "./session.ts";
import { syncContract, syncStreams } from "./sync.ts";
import { tipsContract } from "./tips.ts";
import { workdaysContract } from "./workdays.ts";
import { visitsContract, visitStreams } from "./visits.ts";

/** Every endpoint that answers with JSON: the server implements it, the apps call it. */
export const contract = {
  session: sessionContract,
  organisation: organisationContract,
  audit: auditContract,
  sync: syncContract,
  places: placesContract,
  privacy: privacyContract,
  matters: mattersContract,
  duty: dutyContract,
  answers: answersContract,
  referrals: referralsContract,
  hazards: hazardsContract,
  listings: listingsContract,
  mediation: mediationContract,
  oversight: oversightContract,
  property: propertyContract,
  campaigns: campaignsContract,
  visits: visitsContract,
  insight: insightContract,
  bulletins: bulletinsContract,
  intake: intakeContract,
  tips: tipsContract,
  complaints: complaintsContract,
  appointments: appointmentsContract,
  dataRequests: dataRequestsContract,
  residents: residentsContract,
  planning: planningContract,
  workdays: workdaysContract,
  routing: routingContract,
};

/** What `/openapi.json` prints: the contract, and the streams that routes of their own answer. */
export const published = {
  ...contract,
  places: { ...placesContract, ...placeStreams },
  audit: { ...auditContract, ...auditStreams },
  sync: { ...syncContract, ...syncStreams },
  matters: { ...mattersContract, ...matterStreams },
  property: { ...propertyContract, ...propertyStreams },
  listings: { ...listingsContract, ...listingStreams },
  hazards: { ...hazardsContract, ...hazardStreams },
  mediation: { ...mediationContract, ...mediationStreams },
  visits: { ...visitsContract, ...visitStreams },
  insight: { ...insightContract, ...insightStreams },
  planning: { ...planningContract, ...planningStreams },
};
