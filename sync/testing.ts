/** What the tests of this package share. */
import { uuidv7 } from "@wanjia/domain/shared/id";
import { seededRandom } from "@wanjia/domain/shared/random";
import { type Bytes } from "./bytes.ts";
import { type Command } from "./protocol.ts";

export const NOW = Date.UTC(2026, 10, 2, 12);
const random = seededRandom("sync");
export const bytes = (count: number): Bytes =>
  Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
export const anId = (): string => uuidv7(NOW, bytes(10));
export const aCommand = (change: Partial<Command> = {}): Command => ({
  id: anId(),
  type: "visits.record",
  at: NOW,
  base: null,
  body: { outcome: "no_answer" },
  ...change,
});
