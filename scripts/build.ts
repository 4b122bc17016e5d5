import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const ROOT = join(import.meta.dirname, "..");
const APPS = ["public", "console", "field"];
/** Smaller files travel in one packet anyway. */
const COMPRESS_FROM_BYTES = 1400;
/** The last quality costs a second for each megabyte, and saves a tenth of what a phone has to load. */
const BEST_UP_TO_BYTES = 400_000;

/** What an app is made of; a build is made again only when this changes. */
function sourceHash(app: string): string {
  const hash = createHash("sha256");
  const files = globSync(
    [
      `apps/${app}/**/*`,
      "ui/**/*",
      "domain/**/*.ts",
      "contract/**/*.ts",
      "sync/**/*.ts",
      "package-lock.json",
    ],
    { cwd: ROOT, exclude: (name) => ["node_modules", "dist"].includes(name) },
  );
  for (const file of files.toSorted()) {
    const path = join(ROOT, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** Compresses once at build time what the server would else compress for each reader. */
async function compress(folder: string): Promise<void> {
  const files = globSync("**/*.{js,css,html,svg,json,webmanifest}", { cwd: folder });
  for (const file of files) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    if (bytes.length < COMPRESS_FROM_BYTES) continue;
    writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    const quality = bytes.length <= BEST_UP_TO_BYTES ? 11 : 9;
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
    writeFileSync(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  }
}

/** Builds the apps whose sources changed since the last build. */
export async function buildApps(say: (line: string) => void): Promise<void> {
  for (const app of APPS) {
    const folder = join(ROOT, "apps", app);
    const stamp = join(folder, "dist", ".built-from");
    const hash = sourceHash(app);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) continue;
    say(`building apps/${app}`);
    execFileSync(
      process.execPath,
      [join(ROOT, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"],
      {
        cwd: folder,
        stdio: "inherit",
      },
    );
    await compress(join(folder, "dist"));
    writeFileSync(stamp, hash);
  }
}

if (import.meta.main) await buildApps((line) => console.log(line));
