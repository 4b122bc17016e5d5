/**
 * `npm run fuzz -- --runs N --seed S`: plays N schedules, from seed S on, against the server in
 * memory. A seed that breaks a promise is printed; give it a name in `fuzz.test.ts`.
 */
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { ModelServer, type ServerFault } from "./model-server.ts";
import { type PhoneFault, PromiseBroken, simulate } from "./simulation.ts";

const NOW = Date.UTC(2026, 10, 10, 11);
const MEMBERS = ["01990000-0000-7000-8000-000000000001", "01990000-0000-7000-8000-000000000002"];
const BEAT = "01990000-0000-7000-8000-000000000003";

export interface Broken {
  readonly seed: number | string;
  readonly promise: string;
}

/** Plays one seed; null when every promise was kept. */
export async function play(
  seed: number | string,
  faults: { readonly server?: ServerFault; readonly phone?: PhoneFault } = {},
): Promise<Broken | null> {
  const digest = (data: Uint8Array) => createHash("sha256").update(data).digest();
  try {
    await simulate({
      server: new ModelServer(digest, NOW, faults.server),
      seed,
      members: MEMBERS,
      beat: BEAT,
      now: NOW,
      restores: typeof seed === "number" && seed % 8 === 7,
      ...(faults.phone === undefined ? {} : { phoneFault: faults.phone }),
    });
    return null;
  } catch (error) {
    if (error instanceof PromiseBroken) return { seed, promise: error.message };
    throw new Error(`seed ${seed}`, { cause: error });
  }
}

/** Plays seeds from `from` on until one breaks a promise, at most `runs`. */
export async function search(
  runs: number,
  from: number,
  faults: { readonly server?: ServerFault; readonly phone?: PhoneFault } = {},
): Promise<Broken | null> {
  for (let seed = from; seed < from + runs; seed += 1) {
    const broken = await play(seed, faults);
    if (broken !== null) return broken;
  }
  return null;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "2000" }, seed: { type: "string", default: "1" } },
  });
  const runs = Number(values.runs);
  const from = Number(values.seed);
  const began = performance.now();
  let failures = 0;
  for (let seed = from; seed < from + runs; seed += 1) {
    const broken = await play(seed);
    if (broken === null) continue;
    failures += 1;
    console.log(`seed ${seed}: ${broken.promise}`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${runs} schedules from seed ${from} in ${seconds} s, ${failures} broken`);
  process.exitCode = failures === 0 ? 0 : 1;
}
