import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DATABASE_DOC, databaseDoc } from "./database-doc.ts";

/** The formatter aligns tables; what counts is what they say. */
const words = (text: string): string[] => text.replaceAll(/[-|\s]+/g, " ").split(" ");

test("docs/database.md says what the migrations say (node scripts/database-doc.ts)", () => {
  assert.deepEqual(words(readFileSync(DATABASE_DOC, "utf8")), words(databaseDoc()));
});
