/**
 * The stories of domain.md §10.8 that visits and matters can tell so far: each a door, a few knocks
 * and a timeline to an honest end.
 */
import type { Id } from "@wanjia/domain/shared/id";
import type { DemoEvent } from "./events.ts";
import { barbecueSmoke, mediationRefused, noiseUpstairs } from "./stories/disputes.ts";
import { ghostVisit, refusalRespected, unreachable } from "./stories/doors.ts";
import { boardOfBeat, complaintUpheld } from "./stories/in-public.ts";
import { estateListed } from "./stories/listing.ts";
import { stolenBicycle, stolenBirdcage } from "./stories/property.ts";
import { askedAboutData, askedForAVisit, saturdaysMeeting } from "./stories/waiting.ts";
import { bigDog, hardshipHelp, wrongAddress } from "./stories/services.ts";
import { type Setting, Teller } from "./teller.ts";

export interface Stories {
  readonly events: readonly DemoEvent[];
  /** Doors that only the stories visit. */
  readonly doors: ReadonlySet<Id>;
  readonly ids: Readonly<Record<StoryName, Id>>;
}

export const STORY_NAMES = [
  "barbecue_smoke",
  "noise_upstairs",
  "big_dog",
  "stolen_bicycle",
  "stolen_birdcage",
  "hardship_help",
  "refusal_respected",
  "wrong_address",
  "ghost_visit",
  "mediation_refused",
  "unreachable",
] as const;
export type StoryName = (typeof STORY_NAMES)[number];

export function storiesOf(setting: Setting): Stories {
  const teller = new Teller(setting);
  const ids = {
    barbecue_smoke: barbecueSmoke(teller),
    noise_upstairs: noiseUpstairs(teller),
    big_dog: bigDog(teller),
    stolen_bicycle: stolenBicycle(teller),
    stolen_birdcage: stolenBirdcage(teller),
    hardship_help: hardshipHelp(teller),
    refusal_respected: refusalRespected(teller),
    wrong_address: wrongAddress(teller),
    ghost_visit: ghostVisit(teller),
    mediation_refused: mediationRefused(teller),
    unreachable: unreachable(teller),
  };
  complaintUpheld(teller);
  boardOfBeat(teller);
  estateListed(teller);
  askedAboutData(teller, ids.hardship_help);
  saturdaysMeeting(teller);
  askedForAVisit(teller);
  return { events: teller.events, doors: teller.doors, ids };
}
