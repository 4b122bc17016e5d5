import { solvePatiently } from "@wanjia/sync/puzzle";

export interface Puzzle {
  readonly challenge: string;
  readonly bits: number;
}

/** The answer to a puzzle, worked out beside the page; on the page where a browser has no such worker. */
export async function solve(puzzle: Puzzle): Promise<number> {
  try {
    return await inWorker(puzzle);
  } catch {
    return onPage(puzzle);
  }
}

function inWorker(puzzle: Puzzle): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./puzzle-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener("error", () => {
      worker.terminate();
      reject(new Error("no worker"));
    });
    worker.postMessage(puzzle);
  });
}

function onPage(puzzle: Puzzle): Promise<number> {
  return solvePatiently(puzzle, () => new Promise((resolve) => setTimeout(resolve, 0)));
}
