import { isIPv6 } from "node:net";
import { keepInMind } from "./memory.ts";

const MAX_ASKERS = 50_000;

/**
 * Who stands behind an address: in IPv6 a household or a company has all of a /64, and takes another
 * address of it as often as it likes. An IPv4 address that came over IPv6 is the same as itself.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [head = "", tail] = address.split("%", 1).join("").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/**
 * How often one network may ask in a minute, or in a longer window. Kept in memory, for that time, and
 * nowhere else: who asked for what is nobody's business.
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

  /** Seconds to wait, or 0. `about` keeps several counts for one network. */
  ask(address: string, now: number, about = ""): number {
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#asked.clear();
    }
    if (this.#asked.size > MAX_ASKERS) this.#makeRoom();
    const asker = `${networkOf(address)} ${about}`;
    const count = (this.#asked.get(asker) ?? 0) + 1;
    this.#asked.set(asker, count);
    return count > this.#most ? Math.ceil((this.#windowMs - (now % this.#windowMs)) / 1000) : 0;
  }

  /** Who has to wait goes on waiting, however many others come; unless they alone are too many. */
  #makeRoom(): void {
    for (const [asker, count] of this.#asked) {
      if (count <= this.#most) this.#asked.delete(asker);
    }
    if (this.#asked.size > MAX_ASKERS) this.#asked.clear();
  }
}
