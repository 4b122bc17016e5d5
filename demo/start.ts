import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { explainAndExit, start, stopOnSignals } from "../server/serve.ts";
import { SchemaRefused } from "../server/platform/migrate.ts";
import { settingsOf } from "../server/platform/start.ts";
import { demoCity, DemoRefused, ensureCity } from "./generate.ts";
import { firstPlate } from "./load.ts";
import { progressOn, welcome } from "./show.ts";

const BUILD = fileURLToPath(new URL("../scripts/build.ts", import.meta.url));

/** Builds the apps whose sources changed, beside everything else that has to be made. */
function buildApps(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BUILD], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new DemoRefused(`应用没有构建成功。\nThe apps could not be built.\n\n${said}`));
    });
  });
}

export async function runDemo(): Promise<void> {
  const began = performance.now();
  try {
    const own = settingsOf(process.env);
    // Each request in a line of its own would bury the addresses and log-ins.
    const settings = { ...own, log: process.env["WANJIA_LOG"] === undefined ? "warn" : own.log };
    const city = demoCity();
    const built = buildApps();
    // Handled below; until then a failure must not end the process without a word.
    built.catch(() => {});
    const made = await ensureCity(settings, city, progressOn(process.stdout));
    if (made !== null) {
      console.log(
        `  ${made.places} 处地址 places · ${made.visits} 次走访 visits · ${made.matters} 件民情事项 matters`,
      );
    }
    await built;
    const running = await start(settings, true);
    stopOnSignals(running);
    console.log(welcome(city, running.address, firstPlate(city)));
    console.log(`  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    if (error instanceof DemoRefused) {
      console.error(`\n${error.message}`);
      process.exit(1);
    }
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      const other = Number(process.env["PORT"] ?? 8080) + 1;
      console.error(`\n端口已被占用。The port is taken. Try: PORT=${other} npm run demo`);
      process.exit(1);
    }
    if (error instanceof SchemaRefused) {
      console.error(
        `\n演示数据是另一个版本做的。删除数据目录后会重新生成。\n` +
          `The demo data was made by another version. Remove the data folder and it is made anew.`,
      );
    }
    explainAndExit(error);
  }
}
