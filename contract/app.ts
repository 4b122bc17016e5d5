import { auditContract } from "./audit.ts";
import { mattersContract } from "./matters.ts";
import { organisationContract } from "./organisation.ts";
import { sessionContract } from "./session.ts";
import { syncContract } from "./sync.ts";

/** Every endpoint of Wanjia: the server implements it, the apps call it, `/openapi.json` prints it. */
export const contract = {
  session: sessionContract,
  organisation: organisationContract,
  audit: auditContract,
  sync: syncContract,
  matters: mattersContract,
};
