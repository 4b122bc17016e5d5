/**
 * What phones fetch: the changes of a beat from an index, and the context document.
 */
import type { Id } from "@wanjia/domain/shared/id";
import { canonicalJson } from "@wanjia/domain/shared/canonical";
import type { Result } from "@wanjia/domain/shared/result";
import { accept, refuse } from "@wanjia/domain/shared/result";
import {
  type Cursor,
  cursorAfter,
  formatCursor,
  parseCursor,
  type Position,
  type SnapshotText,
  type Window,
  windowOf,
} from "@wanjia/sync/cursor";
import { mayPullBeat } from "@wanjia/sync/policy";
import { PROTOCOL, type PullHead, type PullMark, type SyncContext } from "@wanjia/sync/protocol";
import type { Principal } from "./access.ts";
import { sha256 } from "./crypto.ts";
import type { Tx } from "./database.ts";
import type { Services } from "./http.ts";
import { join, maybe, rows, type Sql, sql } from "./sql.ts";

/**
 * One kind of record that phones keep. `select` gives rows of one table, for the beats named and
 * within the window: columns `kind`, `id`, `beat_id`, `body` (JSON as text), `changed_tx`,
 * `changed_seq`. `window` names bureau_id, beat_id, changed_tx and changed_seq without a table; an
 * index on just these, in this order, makes a pull cheap.
 */
export interface FeedSource {
  readonly kind: string;
  select(beatIds: readonly Id[], window: Sql): Sql;
}

/** One section of the context document; null leaves it out. */
export type ContextSource = (tx: Tx, principal: Principal) => Promise<unknown>;

const feeds = new Map<string, FeedSource>();
const sections = new Map<string, ContextSource>();

/** Wires a subject's records; `server/app.ts` calls it once for each kind. */
export function feedPhones(...sources: readonly FeedSource[]): void {
  for (const source of sources) feeds.set(source.kind, source);
}

/** Wires a subject's sections of the context document. */
export function tellPhones(subject: Readonly<Record<string, ContextSource>>): void {
  for (const [name, source] of Object.entries(subject)) sections.set(name, source);
}

/**
 * Records in a page. A page is one short transaction, so that a slow phone never keeps one open;
 * large enough that a whole beat is two or three: each sorts all that is left.
 */
const PAGE_SIZE = 20_000;

export type PullRefusal =
  | "not-found"
  | "not-your-beat"
  | "bad-cursor"
  | "device-unknown"
  | "device-revoked";

interface Opening {
  readonly station_id: Id;
  readonly epoch: number;
  readonly life: string;
  readonly snapshot: SnapshotText;
  readonly device_member: Id | null;
  readonly device_revoked: boolean | null;
}

/** Checks a pull and answers its lines, ready to be sent; each chunk is whole lines. */
export async function openPull(
  services: Services,
  principal: Principal,
  query: { readonly device: Id; readonly beat: Id; readonly cursor?: string | undefined },
): Promise<Result<AsyncGenerator<string>, PullRefusal>> {
  const cursor = query.cursor === undefined ? null : parseCursor(query.cursor);
  if (query.cursor !== undefined && cursor === null) return refuse("bad-cursor");
  const { bureauId, memberId } = principal;
  const opening = await services.database.transact(principal, (tx) =>
    maybe<Opening>(
      tx,
      sql`select b.station_id, b.epoch, pg_current_snapshot()::text as snapshot,
          (select to_hex(system_identifier) from pg_control_system()) || '.' ||
          (select to_hex(timeline_id) from pg_control_checkpoint()) as life,
          d.member_id as device_member, d.revoked_at is not null as device_revoked
        from beat b left join device d on d.bureau_id = b.bureau_id and d.id = ${query.device}
        where b.bureau_id = ${bureauId} and b.id = ${query.beat}`,
    ),
  );
  if (opening === undefined) return refuse("not-found");
  if (!mayPullBeat(principal, { id: query.beat, stationId: opening.station_id }))
    return refuse("not-your-beat");
  if (opening.device_member !== memberId) return refuse("device-unknown");
  if (opening.device_revoked) return refuse("device-revoked");
  return accept(lines(services, principal, query.beat, cursor, opening));
}

async function* lines(
  services: Services,
  principal: Principal,
  beat: Id,
  cursor: Cursor | null,
  { epoch, life, snapshot }: Opening,
): AsyncGenerator<string> {
  const era = `${epoch}.${life}`;
  let window = windowOf(cursor, era, snapshot);
  const head: PullHead = {
    protocol: PROTOCOL,
    beat,
    epoch,
    full: window.full,
    serverNow: services.clock.now(),
  };
  yield `${JSON.stringify(head)}\n`;
  for (;;) {
    const page = await readPage(services, principal, beat, window);
    const ended = page.count < PAGE_SIZE;
    const next = cursorAfter(window, era, ended ? null : page.last);
    const mark: PullMark = { cursor: formatCursor(next), more: !ended || window.resumed };
    yield* page.parts;
    yield `${JSON.stringify(mark)}\n`;
    if (ended) return;
    window = { ...window, full: false, after: next.after };
  }
}

/**
 * Lines that the database hands over at a time. Some 60 kB, as much as comes in one packet: what is
 * larger the driver puts together by copying, and clearing that away cost more than all the rest.
 */
const PART_LINES = 128;

interface Page {
  /** Lines of `[kind, id, body]`, made by the database; each part ends with a line's end. */
  readonly parts: readonly string[];
  readonly count: number;
  readonly last: Position | null;
}

async function readPage(
  services: Services,
  principal: Principal,
  beat: Id,
  window: Window,
): Promise<Page> {
  const within = condition(principal.bureauId, beat, window);
  const sources = [...feeds.values()].map((source) => sql`(${source.select([beat], within)})`);
  if (sources.length === 0) return { parts: [], count: 0, last: null };
  const found = await services.database.transact(principal, (tx) =>
    rows<{ lines: string; count: number; last: string }>(
      tx,
      sql`select string_agg('["' || kind || '","' || id || '",' || body || E']\n', '') as lines,
          count(*)::int as count, (array_agg(place))[count(*)] as last
        from (
          select kind, id, body, place, (row_number() over () - 1) / ${PART_LINES} as part
          from (
            select kind, id, body, changed_tx || '.' || changed_seq as place
            from (${join(sources, " union all ")}) as changes
            order by changed_tx, changed_seq limit ${PAGE_SIZE}
          ) as page
        ) as parts
        group by part order by part`,
    ),
  );
  const [tx = "", seq = ""] = found.at(-1)?.last.split(".") ?? [];
  return {
    parts: found.map(({ lines }) => lines),
    count: found.reduce((sum, { count }) => sum + count, 0),
    last: found.length === 0 ? null : { tx, seq: Number(seq) },
  };
}

/** Changes visible in `until`, not visible in `since`, after the last one delivered. */
function condition(bureau: Id, beat: Id, { since, until, after }: Window): Sql {
  // Said as an equation too, so that an index can give the changes of a beat in their order.
  const parts = [sql`bureau_id = ${bureau}`, sql`beat_id = ${beat}`];
  if (since === null)
    // Marks of a former life (a dump that was loaded again) may lie ahead of this one's count.
    parts.push(
      sql`(pg_visible_in_snapshot(changed_tx, ${until}::pg_snapshot)
        or changed_tx >= pg_snapshot_xmax(pg_current_snapshot()))`,
    );
  else
    parts.push(
      sql`changed_tx < pg_snapshot_xmax(${until}::pg_snapshot)`,
      sql`pg_visible_in_snapshot(changed_tx, ${until}::pg_snapshot)`,
      sql`changed_tx >= pg_snapshot_xmin(${since}::pg_snapshot)`,
      sql`not pg_visible_in_snapshot(changed_tx, ${since}::pg_snapshot)`,
    );
  if (after !== null)
    parts.push(sql`(changed_tx, changed_seq) > (${after.tx}::xid8, ${after.seq}::bigint)`);
  return join(parts, " and ");
}

/** The context document of a member; its version changes with its content. */
export async function readContext(services: Services, principal: Principal): Promise<SyncContext> {
  const content = await services.database.transact(principal, async (tx) => {
    const found: Record<string, unknown> = {};
    for (const [name, source] of sections) {
      const section = await source(tx, principal);
      if (section !== null && section !== undefined) found[name] = section;
    }
    return found;
  });
  const version = sha256(canonicalJson(content)).toString("base64url").slice(0, 22);
  return { version, sections: content };
}
