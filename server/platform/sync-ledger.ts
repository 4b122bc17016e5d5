/** The SQL of devices and of the ledger of commands. */
import type { Id } from "@wanjia/domain/shared/id";
import type { Instant } from "@wanjia/domain/shared/instant";
import type { Refusal } from "@wanjia/domain/shared/result";
import type { LedgerRow } from "@wanjia/sync/decisions";
import type { SignedBatch } from "@wanjia/sync/protocol";
import type { Bucket, LedgerLine } from "@wanjia/sync/reconcile";
import type { Tx } from "./database.ts";
import { given, at, maybe, named, one, prepared, rows, run, runLater, sql } from "./sql.ts";

interface DeviceState {
  readonly member_id: Id;
  readonly revoked: boolean;
  readonly seen: Instant;
}

export interface LookedUp {
  readonly device: DeviceState | null;
  readonly ledger: ReadonlyMap<Id, LedgerRow>;
  readonly batches: readonly SignedBatch[];
  /** Fresh numbers, at least as many as ids that the ledger lacks. */
  readonly seqs: readonly number[];
}

interface LedgerJson {
  readonly id: Id;
  readonly hash: string;
  readonly seq: number;
  readonly batch_id: Id;
  readonly leaf: number | null;
  readonly refusal: Refusal | null;
}

interface BatchJson {
  readonly id: Id;
  readonly ms: number;
  readonly leaves: string;
  readonly key_id: string;
  readonly signature: string;
}

const base64Url = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

/** Everything a push needs to know before its rules run, in one round trip. */
export async function lookUp(
  tx: Tx,
  bureau: Id,
  device: Id,
  ids: readonly Id[],
): Promise<LookedUp> {
  const found = await one<{
    device: DeviceState | null;
    ledger: readonly LedgerJson[] | null;
    batches: readonly BatchJson[] | null;
    seqs: readonly number[] | null;
  }>(
    tx,
    prepared(
      sql`with known as materialized (
        select c.* from unnest(${ids}::uuid[]) k(id) cross join lateral (
          select id, hash, seq, batch_id, leaf, refusal from sync_command
          where bureau_id = ${bureau} and id = k.id offset 0) c
      )
      select
        (select json_build_object('member_id', member_id, 'revoked', revoked_at is not null,
            'seen', (extract(epoch from last_seen_at) * 1000)::bigint)
          from device where bureau_id = ${bureau} and id = ${device}) as device,
        (select json_agg(json_build_object('id', id, 'hash', encode(hash, 'hex'), 'seq', seq,
          'batch_id', batch_id, 'leaf', leaf, 'refusal', refusal)) from known) as ledger,
        (select json_agg(json_build_object('id', id, 'ms', (extract(epoch from received_at) * 1000)::bigint,
          'leaves', encode(leaves, 'hex'), 'key_id', key_id, 'signature', encode(signature, 'hex')))
          from (select distinct batch_id from known where leaf is not null) k cross join lateral (
            select * from sync_batch where bureau_id = ${bureau} and id = k.batch_id offset 0) b) as batches,
        (select json_agg(nextval('sync_seq')) from generate_series(1, ${ids.length}::int - (select count(*)::int from known))) as seqs`,
      "sync.look-up",
    ),
  );
  return {
    device: found.device,
    ledger: new Map(
      found.ledger?.map(({ id, hash, seq, batch_id, leaf, refusal }) => [
        id,
        { id, hash: base64Url(hash), seq, batch: leaf === null ? null : batch_id, leaf, refusal },
      ]),
    ),
    batches: (found.batches ?? []).map(({ id, ms, leaves, key_id, signature }) => ({
      id,
      time: ms,
      leaves: base64Url(leaves),
      keyId: key_id,
      signature: base64Url(signature),
    })),
    seqs: found.seqs ?? [],
  };
}

export interface NewBatch {
  readonly id: Id;
  readonly receivedAt: Instant;
  readonly clockErrorMs: number;
  readonly viaDesk: boolean;
  /** Null when nothing was accepted. */
  readonly signed: {
    readonly leaves: Buffer;
    readonly root: Buffer;
    readonly keyId: string;
    readonly signature: Buffer;
  } | null;
}

export interface NewCommand {
  readonly id: Id;
  /** Empty for a command that never arrived. */
  readonly hash: Buffer;
  readonly seq: number;
  readonly leaf: number | null;
  readonly refusal: Refusal | null;
}

/** How old `last_seen_at` may be before a push renews it: a row written by every push would swell. */
const SEEN_AGAIN_MS = 5 * 60_000;

export function save(
  tx: Tx,
  bureau: Id,
  member: Id,
  device: { readonly id: Id; readonly seen: Instant },
  batch: NewBatch,
  commands: readonly NewCommand[],
): void {
  const { signed } = batch;
  if (device.seen < batch.receivedAt - SEEN_AGAIN_MS) {
    runLater(
      tx,
      prepared(sql`update device set last_seen_at = ${at(batch.receivedAt)}
        where bureau_id = ${bureau} and id = ${device.id}
          and last_seen_at < ${at(batch.receivedAt - SEEN_AGAIN_MS)}`),
    );
  }
  runLater(
    tx,
    prepared(
      sql`insert into sync_batch (bureau_id, id, member_id, device_id, received_at, clock_error_ms, via_desk, leaves, root, key_id, signature)
      values (${bureau}, ${batch.id}, ${member}, ${device.id}, ${at(batch.receivedAt)}, ${batch.clockErrorMs}, ${batch.viaDesk},
        ${signed?.leaves ?? null}, ${signed?.root ?? null}, ${signed?.keyId ?? null}, ${signed?.signature ?? null})`,
      "sync.batch",
    ),
  );
  runLater(
    tx,
    prepared(
      sql`insert into sync_command (bureau_id, id, hash, seq, batch_id, device_id, leaf, refusal)
      select ${bureau}, r.id, coalesce(decode(r.hash, 'hex'), ''), r.seq, ${batch.id}, ${device.id}, r.leaf, r.refusal
      from ${given(commands, {
        id: ["uuid", ({ id }) => id],
        hash: ["text", ({ hash }) => hash.toString("hex")],
        seq: ["bigint", ({ seq }) => seq],
        leaf: ["int", ({ leaf }) => leaf],
        refusal: ["jsonb", ({ refusal }) => refusal],
      })}`,
      named("sync.command", commands),
    ),
  );
}

/** Count and digest of what is held of a device, for each bucket in turn. */
export async function bucketFigures(
  tx: Tx,
  bureau: Id,
  device: Id,
  buckets: readonly Bucket[],
): Promise<{ count: number; digest: string }[]> {
  return rows(
    tx,
    sql`select f.count, f.digest
      from unnest(${buckets.map((b) => b.from)}::uuid[], ${buckets.map((b) => b.to)}::uuid[])
        with ordinality as b(lower_id, upper_id, place)
      cross join lateral (
        select count(*)::int as count,
          lpad(to_hex(coalesce(bit_xor(('x' || encode(substr(c.hash, 1, 8), 'hex'))::bit(64)::bigint), 0)), 16, '0') as digest
        from sync_command c
        where c.bureau_id = ${bureau} and c.device_id = ${device} and c.id between b.lower_id and b.upper_id
          and c.leaf is not null
      ) f order by b.place`,
  );
}

/** What is held under these ids, accepted, whichever phone or desk brought it. */
export async function heldHashes(
  tx: Tx,
  bureau: Id,
  lines: readonly LedgerLine[],
): Promise<Map<Id, string>> {
  const held = await rows<{ id: Id; hash: Buffer }>(
    tx,
    sql`select id, hash from sync_command
      where bureau_id = ${bureau} and id = any (${lines.map((line) => line.id)}::uuid[]) and leaf is not null`,
  );
  return new Map(held.map(({ id, hash }) => [id, hash.toString("base64url")]));
}

export interface DeviceRow {
  readonly id: Id;
  readonly member_id: Id;
  readonly member_name: string;
  readonly name: string;
  readonly protocol: number;
  readonly registered_at: Instant;
  readonly last_seen_at: Instant;
  readonly revoked_at: Instant | null;
}

const deviceColumns = sql`d.id, d.member_id, m.name as member_name, d.name, d.protocol, d.registered_at, d.last_seen_at, d.revoked_at`;

export function deviceById(tx: Tx, bureau: Id, id: Id): Promise<DeviceRow | undefined> {
  return maybe(
    tx,
    sql`select ${deviceColumns} from device d join member m on m.bureau_id = d.bureau_id and m.id = d.member_id
      where d.bureau_id = ${bureau} and d.id = ${id}`,
  );
}

/** Newest first; no member has more phones than fit on a screen, and all of them is for administrators. */
export function devicesOf(tx: Tx, bureau: Id, member: Id | null): Promise<DeviceRow[]> {
  return rows(
    tx,
    sql`select ${deviceColumns} from device d join member m on m.bureau_id = d.bureau_id and m.id = d.member_id
      where d.bureau_id = ${bureau} and (${member}::uuid is null or d.member_id = ${member})
      order by d.last_seen_at desc limit 1000`,
  );
}

/** Registers a phone, or notes that it came back with another version. False: it is somebody else's. */
export async function putDevice(
  tx: Tx,
  bureau: Id,
  member: Id,
  device: { readonly id: Id; readonly name: string; readonly protocol: number },
): Promise<boolean> {
  const changed = await run(
    tx,
    sql`insert into device (bureau_id, id, member_id, name, protocol, registered_at, last_seen_at)
      values (${bureau}, ${device.id}, ${member}, ${device.name}, ${device.protocol}, ${at(tx.now)}, ${at(tx.now)})
      on conflict (bureau_id, id) do update
        set name = excluded.name, protocol = excluded.protocol, last_seen_at = excluded.last_seen_at
        where device.member_id = excluded.member_id`,
  );
  return changed === 1;
}

export async function revoke(tx: Tx, bureau: Id, id: Id, by: Id): Promise<void> {
  await run(
    tx,
    sql`update device set revoked_at = ${at(tx.now)}, revoked_by = ${by}
      where bureau_id = ${bureau} and id = ${id} and revoked_at is null`,
  );
}
