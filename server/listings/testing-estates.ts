/** Estates for tests: the fixture city has buildings only. */
import type { Id } from "@wanjia/domain/shared/id";
import { newId } from "../platform/crypto.ts";
import type { TestServices } from "../testing.ts";

/** Plants estates in the eastern beat, each with one building of so many homes; answers their ids. */
export async function plantEstates(
  { city, database }: Pick<TestServices, "city" | "database">,
  homes: Readonly<Record<string, number>>,
): Promise<Record<string, Id>> {
  const ids: Record<string, Id> = {};
  for (const [name, count] of Object.entries(homes)) {
    const [estate, building] = [newId(Date.now()), newId(Date.now())];
    ids[name] = estate;
    const place = (kind: string, values: string) =>
      `insert into place (bureau_id, id, station_id, beat_id, community_id, parent_id, building_id, kind, estate_name, building_no, unit_no,
          full_text, sort_key, "use", status, valid_from, attributes)
        select '${city.bureau}'::uuid, ${values}, '${kind}', '${name}', '', n::text, '${name}' || n, '${name}' || lpad(n::text, 5, '0'), 'residential', 'confirmed', '2020-01-01', '{}'::jsonb`;
    const where = `'${city.stations.first}'::uuid, '${city.beats.east}'::uuid, '${city.communities.east}'::uuid`;
    await database.pool.query(
      `${place("estate", `'${estate}'::uuid, ${where}, null::uuid, null::uuid`)} from generate_series(1, 1) as n`,
    );
    await database.pool.query(
      `${place("building", `'${building}'::uuid, ${where}, '${estate}'::uuid, '${building}'::uuid`)} from generate_series(1, 1) as n`,
    );
    await database.pool.query(
      `${place("dwelling_unit", `gen_random_uuid(), ${where}, '${building}'::uuid, '${building}'::uuid`)} from generate_series(1, ${count}) as n`,
    );
  }
  return ids;
}
