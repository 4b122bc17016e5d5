const MAX_ASKERS = 50_000;

/**
 * How often one address may ask in a minute. Kept in memory, for a minute, and nowhere else: who
 * asked for what is nobody's business.
 */
export class AskingLimit {
  readonly #perMinute: number;
  readonly #asked = new Map<string, number>();
  #minute = 0;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Seconds to wait, or 0. */
  ask(asker: string, now: number): number {
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute || this.#asked.size > MAX_ASKERS) {
      this.#minute = minute;
      this.#asked.clear();
    }
    const count = (this.#asked.get(asker) ?? 0) + 1;
    this.#asked.set(asker, count);
    return count > this.#perMinute ? 60 - Math.floor((now % 60_000) / 1000) : 0;
  }
}
