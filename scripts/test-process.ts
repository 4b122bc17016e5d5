/**
 * A process that runs test files one after the other, each in a suite of its own, so that what they
 * share is loaded once. `test-files.ts` names the files; `test-reporter.ts` answers.
 */
import { suite } from "node:test";
import { pathToFileURL } from "node:url";

process.on("message", (file: string) => {
  suite(file, async () => {
    await import(pathToFileURL(file).href);
  });
});
