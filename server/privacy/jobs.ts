import type { Listeners } from "../platform/audit.ts";
import { asHouse } from "../platform/on-behalf.ts";
import { dateRequests } from "./commands.ts";

export const listeners: Listeners = {
  "work_year.loaded": (tx) => asHouse(tx, dateRequests),
};
