/**
 * What happens in 云汀市: teams go out in the evening and at weekends, knock along the ladder, hear
 * matters, and the matters are worked on. Everything is told as the commands that phones and desks
 * send; the simulator's own knowledge of who is at home stays here.
 */
import { addDays, type Instant, localDate, MINUTE_MS } from "@wanjia/domain/shared/instant";
import type { Place } from "@wanjia/domain/places/terms";
import { campaignsAt, type PlannedCampaign } from "./campaigns.ts";
import type { DemoEvent } from "./events.ts";
import { Simulation } from "./simulation.ts";
import { type Stories, storiesOf } from "./stories.ts";
import type { City } from "./terms.ts";

export interface Behaviour {
  readonly events: readonly DemoEvent[];
  readonly main: PlannedCampaign;
  readonly early: PlannedCampaign;
  readonly stories: Stories["ids"];
}

/** All that has happened until `now`, in order of time. */
export function behaviourOf(city: City, places: readonly Place[], now: Instant): Behaviour {
  const { main, early } = campaignsAt(city, now);
  const simulation = new Simulation(city, places, now);
  const stories = storiesOf({ city, places, now, main, early });
  simulation.reserve(stories.doors);
  const earlyEvents = simulation.campaign(early, addDays(early.plan.endsOn, 1));
  simulation.newCampaign();
  const mainEvents = simulation.campaign(main, addDays(localDate(now), 1));
  const events: DemoEvent[] = [
    ...earlyEvents,
    ...mainEvents,
    ...stories.events,
    ...[early, main].map((campaign) => ({ kind: "open" as const, at: campaign.openAt, campaign })),
    ...[early].flatMap((campaign) =>
      campaign.closeAt === null ? [] : [{ kind: "close" as const, at: campaign.closeAt, campaign }],
    ),
  ];
  return {
    main,
    early,
    stories: stories.ids,
    events: events.filter(({ at }) => at <= now - MINUTE_MS).toSorted((a, b) => a.at - b.at),
  };
}
