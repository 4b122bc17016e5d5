-- A word that stands nearly everywhere is found sooner by reading the newest matters one after another
-- than by gathering all of a month that hold it. The search begins so, and goes on so where it finds
-- enough; for every other word it asks the index, month by month, as before (0019-search.sql).

drop index matter_words_registered;
create index matter_words_registered on matter_words (bureau_id, registered_at, id);

create or replace function wanjia_search(
  words text[], all_of bigint[], one_of bigint[],
  since timestamptz, until timestamptz, key timestamptz, after uuid, forwards boolean, most integer
) returns table (id uuid, registered_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
-- Planned once: of each month the same is asked.
set plan_cache_mode = force_generic_plan as $$
declare
  bureau constant uuid := nullif(current_setting('app.bureau', true), '')::uuid;
  reach constant text := coalesce(current_setting('app.scope', true), 'none');
  stations constant uuid[] := string_to_array(current_setting('app.stations', true), ',')::uuid[];
  beats constant uuid[] := string_to_array(current_setting('app.beats', true), ',')::uuid[];
  nil constant uuid := '00000000-0000-0000-0000-000000000000';
  -- Of this many read, one in four must be a hit, or the index is the shorter way.
  tried constant integer := 200;
  step constant integer := case when forwards then 1 else -1 end;
  patterns constant text[] := array(select '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' from unnest(words) word);
  first timestamptz;
  last timestamptz;
  month integer;
  final integer;
  -- Of the month at hand: from, up to, and where it goes on.
  since_then timestamptz;
  until_then timestamptz;
  at_moment timestamptz;
  at_id uuid;
  wanted integer[];
  any_of integer[];
  had integer := 0;
  portion integer;
  hits integer;
  through boolean;
  one record;
begin
  select min(m.registered_at), max(m.registered_at) into first, last from matter_words m where m.bureau_id = bureau;
  first := greatest(first, since, case when forwards then key end);
  last := least(last, until, case when not forwards then key end);
  if first is null or last is null or reach not in ('bureau', 'station', 'beat') then
    return;
  end if;
  month := wanjia_search_month(case when forwards then first else last end);
  final := wanjia_search_month(case when forwards then last else first end);
  while (final - month) * step >= 0 and had < most loop
    wanted := wanjia_search_keys(all_of, month);
    any_of := wanjia_search_keys(one_of, month);
    since_then := greatest(make_timestamptz((month - 1) / 12, (month - 1) % 12 + 1, 1, 0, 0, 0, 'UTC'), since);
    until_then := least(make_timestamptz(month / 12, month % 12 + 1, 1, 0, 0, 0, 'UTC'), until);
    at_moment := case when forwards then since_then else until_then end;
    at_id := nil;
    if key is not null and (forwards and (key, after) > (at_moment, nil) or not forwards and (key, after) < (at_moment, nil)) then
      at_moment := key;
      at_id := after;
    end if;
    while through is not false and had < most loop
      portion := 0;
      hits := 0;
      for one in
        select m.id, m.registered_at, m.written like all (patterns) and m.keys @> wanted and (any_of is null or m.keys && any_of)
            and (reach = 'bureau' or reach = 'station' and m.station_id = any (stations) or reach = 'beat' and m.beat_id = any (beats)) as hit
        from (
          (select * from matter_words m where not forwards and m.bureau_id = bureau and m.registered_at >= since_then
            and (m.registered_at, m.id) < (at_moment, at_id) order by m.registered_at desc, m.id desc limit 200)
          union all
          (select * from matter_words m where forwards and m.bureau_id = bureau and m.registered_at < until_then
            and (m.registered_at, m.id) > (at_moment, at_id) order by m.registered_at, m.id limit 200)
        ) m
      loop
        portion := portion + 1;
        at_moment := one.registered_at;
        at_id := one.id;
        if one.hit then
          hits := hits + 1;
          had := had + 1;
          id := one.id;
          registered_at := one.registered_at;
          return next;
          exit when had = most;
        end if;
      end loop;
      if portion = tried or had = most or through is null and portion > 0 then
        through := hits * 4 >= portion;
      end if;
      exit when portion < tried;
    end loop;
    if through is false and had < most then
      return query
        select m.id, m.registered_at from matter_words m
        where m.keys @> wanted
          and (any_of is null or m.keys && any_of)
          and m.bureau_id = bureau
          and (reach = 'bureau' or reach = 'station' and m.station_id = any (stations) or reach = 'beat' and m.beat_id = any (beats))
          -- In a case, so that no plan begins with the month's rows instead of with the keys.
          and case when forwards then (m.registered_at, m.id) > (at_moment, at_id) and m.registered_at < until_then
            else (m.registered_at, m.id) < (at_moment, at_id) and m.registered_at >= since_then end
          and m.written like all (patterns)
        order by case when forwards then m.registered_at end, case when forwards then m.id end,
          m.registered_at desc, m.id desc
        limit most - had;
      get diagnostics portion = row_count;
      had := had + portion;
    end if;
    month := month + step;
  end loop;
end
$$;
