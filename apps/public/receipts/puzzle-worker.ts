import { tryToSolve } from "@wanjia/sync/puzzle";
import type { Puzzle } from "./puzzle.ts";

const TRIES = 50_000;

addEventListener("message", ({ data }: MessageEvent<Puzzle>) => {
  for (let from = 0; ; from += TRIES) {
    const answer = tryToSolve(data.challenge, data.bits, from, TRIES);
    if (answer === null) continue;
    postMessage(answer);
    return;
  }
});
