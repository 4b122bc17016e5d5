import { PASSWORD } from "../server/testing-city.ts";
import type { CityServer } from "./server.ts";

/** Posts as the officer of the east beat; answers what came back. */
export async function post(city: CityServer, path: string): Promise<{ id: string }> {
  const headers = { "content-type": "application/json", "x-wanjia-csrf": "1" };
  const signedIn = await fetch(`${city.address}/api/v1/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ login: city.city.members.officer.login, password: PASSWORD }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
  const answer = await fetch(`${city.address}/api/v1${path}`, {
    method: "POST",
    headers: { "x-wanjia-csrf": "1", cookie },
  });
  return (await answer.json()) as { id: string };
}

/** The plate of the first door of the east beat's building. */
export async function issuePlate(city: CityServer): Promise<string> {
  return (await post(city, `/places/${city.city.door("east", 1, 1)}/plates`)).id;
}
