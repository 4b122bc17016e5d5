import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { play, search } from "./fuzz.ts";
import type { ServerFault } from "./model-server.ts";
import type { PhoneFault } from "./simulation.ts";

const RUNS = 2000;

suite("phones and server under every kind of trouble", () => {
  test(`${RUNS} schedules keep every promise`, async () => {
    // A seed of the day would find more; these are the same on every machine.
    assert.equal(await search(RUNS, 1), null);
  });

  suite("schedules that once broke a promise", () => {
    const seeds: readonly (readonly [name: string, seed: number])[] = [
      ["a pull resumed at its old mark believed that it had seen everything", 14],
      ["a note was lost when the record it belonged to had gone from the server", 55],
    ];
    for (const [name, seed] of seeds)
      test(`${name} (seed ${seed})`, async () => assert.equal(await play(seed), null));
  });

  suite("without its guard, each promise is seen to break", () => {
    const server: Readonly<Record<ServerFault, RegExp>> = {
      "no-dedupe": /twice|two receipts/,
      "no-unique-key": /twice|two receipts|lost/,
      "answers-before-commit": /lost|twice/,
      "cursor-by-number": /a phone differs/,
      "signs-anew": /two receipts/,
      "no-merge": /text lost/,
      "no-row-lock": /text lost/,
      "repairs-count-twice": /counted with its repair/,
      "poison-blocks": /never finished/,
      "wrong-root": /never finished/,
      "skips-page-ends": /a phone differs/,
    };
    for (const [fault, promise] of Object.entries(server))
      test(`server: ${fault}`, async () => {
        const broken = await search(400, 1, { server: fault as ServerFault });
        assert.match(broken?.promise ?? "nothing", promise);
      });
    const phone: Readonly<Record<PhoneFault, RegExp>> = {
      "forgets-what-it-posts": /vanished/,
      "drops-refused": /vanished/,
      "posts-before-keeping": /vanished|not in the store/,
      "believes-without-proof": /receipt of/,
    };
    for (const [fault, promise] of Object.entries(phone))
      test(`phone: ${fault}`, async () => {
        const faults =
          fault === "believes-without-proof"
            ? { phone: fault, server: "wrong-root" as const }
            : { phone: fault as PhoneFault };
        const broken = await search(400, 1, faults);
        assert.match(broken?.promise ?? "nothing", promise);
      });
  });
});
