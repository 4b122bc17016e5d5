import { asMember } from "./members.ts";
import type { CityServer } from "./server.ts";

/** The plate of a door of the east beat's building, the first if none is named. */
export async function issuePlate(
  city: CityServer,
  placeId = city.city.door("east", 1, 1),
): Promise<string> {
  return (await asMember(city, "officer").post(`/places/${placeId}/plates`)).id;
}
