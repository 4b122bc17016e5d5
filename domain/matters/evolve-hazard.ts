/** What events make of the side that only hazards have. */
import type { Id } from "../shared/id.ts";
import type { Instant } from "../shared/instant.ts";
import type { PartnerKind } from "../organisation/terms.ts";
import { competentBody, type HazardHappening, type HazardSide } from "./hazard-terms.ts";
import type { HazardStanding, Matter } from "./terms.ts";

export const UNTOUCHED: HazardSide = {
  advice: null,
  transfer: null,
  recheck: null,
  lot: null,
  earlier: null,
};

/** The matter after an event of its hazard's side; who acted in it is the caller's to keep. */
export function hazardAfter(matter: Matter, change: HazardHappening, at: Instant): Matter {
  const hazard = matter.hazard ?? UNTOUCHED;
  const side = (changes: Partial<HazardSide>): Matter => ({
    ...matter,
    hazard: { ...hazard, ...changes },
  });
  switch (change.type) {
    case "advised": {
      const { party, fixBy, notice } = change;
      return side({ advice: { party, fixBy, notice, at } });
    }
    case "body_answered": {
      if (hazard.transfer === null) return matter;
      const told = side({
        transfer: { ...hazard.transfer, answeredAt: at, number: change.number },
      });
      return { ...told, grade: gradeAfter(matter.grade, change.major) };
    }
    case "place_shown":
      return side({ shown: { at, photos: change.photos } });
    case "confirmed":
      return { ...side({ confirmedAt: at }), outcome: "cleared", clearedAt: at };
    case "drawn":
      return side({ lot: { drawnAt: at, stands: null } });
    case "verified":
      return hazard.lot === null ? matter : side({ lot: { ...hazard.lot, stands: change.stands } });
    case "recurred":
      return side({ earlier: { id: change.earlierId, number: change.earlierNumber } });
  }
}

/** A referral to a body that decides on hazards is its transfer; what an earlier one said is over. */
export function referredTo(matter: Matter, kind: PartnerKind | null, at: Instant): Matter {
  const to = competentBody(kind);
  if (matter.kind !== "hazard" || to === null) return matter;
  const hazard = matter.hazard ?? UNTOUCHED;
  return { ...matter, hazard: { ...hazard, transfer: { to, at, answeredAt: null, number: null } } };
}

function gradeAfter(grade: HazardStanding | null, major: boolean | null): HazardStanding | null {
  if (major === null) return grade;
  return major ? "major" : "ordinary";
}

/** Somebody else looked. A lot drawn for an earlier clearing is over with the next look. */
export function recheckedBy(matter: Matter, by: Id, at: Instant, cleared: boolean): Matter {
  const hazard = matter.hazard ?? UNTOUCHED;
  return { ...matter, hazard: { ...hazard, recheck: { by, at, cleared } } };
}
