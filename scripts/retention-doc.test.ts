import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RETENTION_DOC, retentionDoc } from "./retention-doc.ts";

/** The formatter aligns tables; what counts is what they say. */
const words = (text: string): string[] => text.replaceAll(/[-|\s]+/g, " ").split(" ");

test("docs/retention.md says what the table of terms says (node scripts/retention-doc.ts)", () => {
  assert.deepEqual(words(readFileSync(RETENTION_DOC, "utf8")), words(retentionDoc()));
});
