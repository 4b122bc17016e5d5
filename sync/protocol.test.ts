import assert from "node:assert/strict";
import { test } from "node:test";
import { idBytes } from "./bytes.ts";
import { contentOf, fromBefore, toBefore } from "./protocol.ts";
import { NOW, anId, aCommand } from "./testing.ts";

test("an old phone still syncs", () => {
  const id = anId();
  const device = anId();
  const request = fromBefore(
    {
      protocol: 1,
      device,
      commands: [{ id, type: "visits.record", when: "2026-11-02T12:00:00Z", body: {} }],
    },
    Date.parse,
    NOW + 5,
  );
  assert.deepEqual(request, {
    protocol: 2,
    device,
    deviceNow: NOW + 5,
    commands: [{ id, type: "visits.record", at: NOW, base: null, body: {} }],
  });
  const reply = toBefore({
    protocol: 2,
    serverNow: NOW,
    answers: [
      { id: "1", status: "accepted", seq: 5, batch: "b", leaf: 0 },
      { id: "2", status: "had", seq: 4, batch: "a", leaf: 0 },
      { id: "3", status: "refused", refusal: { code: "x" } },
      { id: "4", status: "failed", reason: "server-fault" },
    ],
    batches: [],
  });
  assert.deepEqual(reply, {
    protocol: 1,
    accepted: [
      { id: "1", seq: 5, batch: "b" },
      { id: "2", seq: 4, batch: "a" },
    ],
    refused: [{ id: "3", code: "x" }],
    batches: [],
  });
});
test("the content of a command is the same text on every device", () => {
  const command = aCommand({ body: { b: 1, a: [true, null] } });
  assert.equal(
    contentOf(command),
    `{"at":${NOW},"base":null,"body":{"a":[true,null],"b":1},"id":"${command.id}","type":"visits.record"}`,
  );
  assert.equal(idBytes(command.id).length, 16);
});
