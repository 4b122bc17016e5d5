import { api, queryClient, type client } from "../shell/api.ts";

export type Place = Awaited<ReturnType<typeof client.places.get>>;
export type PlaceRow = Awaited<ReturnType<typeof client.places.list>>["items"][number];

/** After a change: whatever was read of the register is read again. */
export async function placesChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.places.key() });
}
