import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import packed from "@sparticuz/chromium";
import packages from "../package.json" with { type: "json" };

const DEBIAN = "/usr/bin/chromium";
const CACHE = join(import.meta.dirname, "..", ".cache");

/** The browser that comes as a package, unpacked once for each of its versions. */
async function unpacked(): Promise<string> {
  const folder = join(CACHE, `chromium-${packages.devDependencies["@sparticuz/chromium"]}`);
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(`${folder}.`);
  const { TMPDIR } = process.env;
  // It unpacks to where temporary files go, and takes what it finds there for whole.
  process.env["TMPDIR"] = making;
  try {
    await packed.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
  if (existsSync(folder)) rmSync(making, { recursive: true });
  else renameSync(making, folder);
  return program;
}

/**
 * A browser without a window: the same engine takes a third less of the processor than a whole one
 * that hides its window. Where it doesn't run, the machine's own.
 */
export async function browserProgram(): Promise<string> {
  if (process.platform === "linux" && process.arch === "x64") {
    const program = await unpacked();
    if (spawnSync(program, ["--version"]).status === 0 || !existsSync(DEBIAN)) return program;
  }
  return DEBIAN;
}
