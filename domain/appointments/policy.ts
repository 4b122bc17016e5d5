/** Who may see, agree to and change appointments. Row-level security limits each to his own doors. */
import type { Role } from "../organisation/terms.ts";

export type AppointmentAction = "list" | "decide" | "take_wish" | "reveal";

const STATION: readonly Role[] = ["community_officer", "seconded_officer", "station_leader"];

const MAY: Readonly<Record<AppointmentAction, readonly Role[]>> = {
  list: [...STATION, "auxiliary", "feedback_centre", "campaign_office"],
  decide: [...STATION, "feedback_centre"],
  /** Typing in what a resident says on paper or by telephone. */
  take_wish: [...STATION, "auxiliary", "feedback_centre"],
  reveal: [...STATION, "feedback_centre"],
};

export function mayAppoint(role: Role, action: AppointmentAction): boolean {
  return MAY[action].includes(role);
}
