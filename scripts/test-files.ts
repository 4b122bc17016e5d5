import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Outcome } from "./test-reporter.ts";

/** Something is still open after all tests: a process gets this long to end by itself. */
const PATIENCE_MS = 60_000;

/** A process that test files run in, one after the other. */
export class TestProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<string>;
  #output = "";
  #ended = false;
  #failed = false;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#child = fork(join(import.meta.dirname, "test-process.ts"), {
      execArgv: [
        `--test-reporter=${join(import.meta.dirname, "test-reporter.ts")}`,
        "--test-reporter-destination=stdout",
      ],
      env: environment,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const keep = (chunk: Buffer): void => void (this.#output += chunk.toString());
    this.#child.stdout?.on("data", keep);
    this.#child.stderr?.on("data", keep);
    this.#gone = once(this.#child, "exit").then(([code, signal]) => {
      this.#ended = true;
      return `the process ended with ${signal ?? code}`;
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs the tests of a file; says what failed, or null. */
  async run(file: string): Promise<string | null> {
    this.#output = "";
    const answer = once(this.#child, "message") as Promise<[Outcome]>;
    this.#child.send(file);
    const outcome = await Promise.race([answer, this.#gone]);
    const failures = typeof outcome === "string" ? [outcome] : outcome[0].failures;
    if (failures.length === 0) return null;
    this.#failed = true;
    return `${this.#output}${failures.join("\n")}`;
  }

  /** Says what was still wrong when all was done, or null. */
  async end(): Promise<string | null> {
    if (this.#ended) return null;
    this.#output = "";
    this.#child.disconnect();
    const late = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
    const how = await this.#gone;
    clearTimeout(late);
    return this.#child.exitCode === 0 || this.#failed ? null : `${this.#output}${how}`;
  }
}
