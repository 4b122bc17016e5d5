import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "@wanjia/domain/shared/random";
import { startPostgres } from "../../scripts/postgres.ts";
import { Child, judge, judgeRows, Phone } from "../testing-phones.ts";

/** A disk that is soon full: memory, mounted by the administrator. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "wanjia-disk-"));
  readonly #filler = join(this.folder, "filler");

  constructor(megabytes: number) {
    execFileSync("mount", [
      "-t",
      "tmpfs",
      "-o",
      `size=${megabytes}m,mode=755`,
      "tmpfs",
      this.folder,
    ]);
  }

  fill(): void {
    const file = openSync(this.#filler, "w");
    try {
      for (;;) writeSync(file, Buffer.alloc(64 * 1024));
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
    } finally {
      closeSync(file);
    }
    assert.equal(statfsSync(this.folder).bavail, 0);
  }

  free(): void {
    rmSync(this.#filler);
  }

  close(): void {
    execFileSync("umount", ["--lazy", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Works on while the disk is full, until enough was not saved: cut off, or answered as failed. */
async function workUntilItFails(phone: Phone, address: string): Promise<void> {
  const random = seededRandom("disk full");
  const until = Date.now() + 60_000;
  while (phone.cut + phone.failed < FAILURES && Date.now() < until) {
    phone.work(random);
    phone.tick(address);
    await setTimeout(5);
  }
  assert.ok(phone.cut + phone.failed >= FAILURES, "the disk was full and nobody noticed");
}

const FAILURES = 20;

/** Servers start on a roomy disk, work on a full one, and go on when there is room again. */
async function starve(disk: SmallDisk, server: Record<string, string>): Promise<Phone> {
  let child = new Child(server).start();
  try {
    const address = await child.address();
    const phone = await Phone.signedIn(address);
    await workAndFinish(phone, address);
    const before = phone.ledger.size;
    assert.ok(before > 0);
    disk.fill();
    await workUntilItFails(phone, address);
    disk.free();
    await phone.finish(address);
    assert.ok(phone.ledger.size > before, "it went on by itself");
    // What it says that it has is still there after the hardest of restarts.
    await child.kill();
    child = new Child(server).start();
    await judge(phone, await child.address());
    return phone;
  } finally {
    await child.kill();
  }
}

async function workAndFinish(phone: Phone, address: string): Promise<void> {
  phone.work(seededRandom("room enough"));
  await phone.finish(address);
}

const DISK_MB = 200;
const root = process.getuid?.() === 0;
const options = { skip: root ? false : "only root can mount a small disk" };

suite("a full disk loses nothing that was acknowledged", options, () => {
  if (process.env["TEST_DATABASE_URL"] === undefined) {
    test("on the embedded database", async () => {
      const disk = new SmallDisk(DISK_MB);
      const directory = join(disk.folder, "data");
      try {
        const phone = await starve(disk, { WANJIA_DATA: directory, DATABASE_URL: "" });
        await judgeRows(new Set(phone.made.keys()), { directory });
      } finally {
        disk.close();
      }
    });
    return;
  }
  test("on PostgreSQL", async () => {
    const disk = new SmallDisk(DISK_MB);
    const settings = { shared_buffers: "16MB", min_wal_size: "32MB", max_wal_size: "64MB" };
    const postgres = await startPostgres({ parent: disk.folder, settings });
    try {
      const phone = await starve(disk, { DATABASE_URL: postgres.url });
      await judgeRows(new Set(phone.made.keys()), { url: postgres.url, directory: null });
    } finally {
      await postgres.stop();
      disk.close();
    }
  });
});
