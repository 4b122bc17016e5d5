import { keepInMind } from "./memory.ts";

const MAX_ASKERS = 50_000;

/**
 * How often one address may ask in a minute, or in a longer window. Kept in memory, for that time, and nowhere else: who
 * asked for what is nobody's business.
 */
export class AskingLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #asked = new Map<string, number>();
  #window = 0;

  constructor(most: number, windowMs = 60_000) {
    this.#most = most;
    this.#windowMs = windowMs;
    keepInMind(this);
  }

  clear(): void {
    this.#asked.clear();
  }

  /** Seconds to wait, or 0. */
  ask(asker: string, now: number): number {
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window || this.#asked.size > MAX_ASKERS) {
      this.#window = window;
      this.#asked.clear();
    }
    const count = (this.#asked.get(asker) ?? 0) + 1;
    this.#asked.set(asker, count);
    return count > this.#most ? Math.ceil((this.#windowMs - (now % this.#windowMs)) / 1000) : 0;
  }
}
