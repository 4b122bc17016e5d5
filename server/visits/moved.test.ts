import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@wanjia/domain/shared/instant";
import { newId } from "../platform/crypto.ts";
import { testApp } from "../testing.ts";

const app = await testApp();
after(() => app.close());

test("an officer posted elsewhere sends what he recorded before, and sees nothing of it any more", async () => {
  const { city } = app;
  const admin = await app.as("admin");
  const device = newId(app.clock.now());
  const phone = await app.as("officer", device);
  const registered = await phone.post("/sync/devices", { id: device, name: "手机", protocol: 2 });
  assert.equal(registered.status, 200, registered.text);
  const push = async (placeId: string) => {
    const now = app.clock.now();
    const at = now - HOUR_MS;
    const body = { placeId, outcome: "no_answer", startedAt: at, endedAt: at + MINUTE_MS };
    const command = { id: newId(now), type: "visits.record", at: now, base: 0 };
    const { body: answered } = await phone.post("/sync/push", {
      protocol: 2,
      device,
      deviceNow: now,
      commands: [{ ...command, body: { ...body, team: [city.members.officer.id] } }],
    });
    return answered.answers[0];
  };

  const { body: members } = await admin.get("/organisation/members?limit=200");
  const posting = members.items
    .find(({ id }: { id: string }) => id === city.members.officer.id)
    .postings.find(({ beatId }: { beatId: string }) => beatId === city.beats.east);
  const ended = await admin.post(`/organisation/postings/${posting.id}/end`, { on: "2026-11-10" });
  assert.equal(ended.status, 200, ended.text);
  const posted = await admin.post(`/organisation/members/${city.members.officer.id}/postings`, {
    role: "community_officer",
    stationId: city.stations.first,
    beatId: city.beats.west,
    validFrom: "2026-11-10",
  });
  assert.equal(posted.status, 200, posted.text);
  app.clock.advance(10_000);

  const east = city.door("east", 1, 1);
  assert.equal((await push(east)).status, "accepted", "what the phone recorded meanwhile");
  assert.equal((await phone.get(`/places/${east}`)).status, 404, "to look there is another thing");
  app.clock.advance(31 * DAY_MS);
  const again = await app.as("officer", device);
  assert.equal((await again.get(`/places/${east}`)).status, 404);
  const late = await push(city.door("east", 1, 2));
  assert.equal(late.refusal.code, "place-unknown", "a month later it is the station's to type in");
});
