-- Finding matters by words (docs/adr/0018-words.md), and those that are one problem.

-- What is searched of a matter: its text, place and number as domain/matters/search.ts writes them.
create table matter_words (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  registered_at timestamptz not null,
  written text not null,
  -- Of every pair of signs, every whole word and number, of the station, the beat and the kind: each
  -- together with the month, so that a search goes from month to month, the newest first.
  keys integer[] not null,
  primary key (bureau_id, id),
  foreign key (bureau_id, id) references matter (bureau_id, id)
);
select wanjia_protect('matter_words', 'beat');
create index matter_words_registered on matter_words (bureau_id, registered_at);
-- What has not yet been sorted in is looked through by every search, so it is kept short.
create index matter_words_keys on matter_words using gin (keys) with (gin_pending_list_limit = 256);

create function wanjia_search_month(moment timestamptz) returns integer language sql immutable
return (extract(year from moment at time zone 'UTC') * 12 + extract(month from moment at time zone 'UTC'))::integer;

-- Multiplied with 2^32 / the golden ratio, months lie far apart from one another.
create function wanjia_search_keys(keys bigint[], month integer) returns integer[] language sql immutable
return (select array_agg((((key + month * 2654435761) & 4294967295) - 2147483648)::integer) from unnest(keys) as key);

-- "Contains" may tell of rows that row-level security hides (it isn't leakproof), so below a policy no
-- index is used for it. This function looks in its owner's name and keeps to the caller's bureau and
-- reach itself, as the policy would. It tells ids alone: the rows are read under row-level security.
do $$
begin
  execute format('create policy looking on matter_words for select to %I using (true)', current_user);
end
$$;

-- `all_of`: keys that must be there; `one_of`: of stations or beats, null for any. `words` stand in the
-- text. From `key`, `after` on, in the order of registering, at most `most`.
create function wanjia_search(
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
  first timestamptz;
  last timestamptz;
  month integer;
  final integer;
  step constant integer := case when forwards then 1 else -1 end;
  found integer := 0;
  portion integer;
begin
  select min(m.registered_at), max(m.registered_at) into first, last from matter_words m where m.bureau_id = bureau;
  first := greatest(first, since, case when forwards then key end);
  last := least(last, until, case when not forwards then key end);
  if first is null or last is null or reach not in ('bureau', 'station', 'beat') then
    return;
  end if;
  month := wanjia_search_month(case when forwards then first else last end);
  final := wanjia_search_month(case when forwards then last else first end);
  while (final - month) * step >= 0 and found < most loop
    return query
      select m.id, m.registered_at from matter_words m
      where m.keys @> wanjia_search_keys(all_of, month)
        and (one_of is null or m.keys && wanjia_search_keys(one_of, month))
        and m.bureau_id = bureau
        and (reach = 'bureau' or reach = 'station' and m.station_id = any (stations) or reach = 'beat' and m.beat_id = any (beats))
        and (since is null or m.registered_at >= since)
        and (until is null or m.registered_at < until)
        and (key is null or case when forwards then (m.registered_at, m.id) > (key, after) else (m.registered_at, m.id) < (key, after) end)
        and (select bool_and(strpos(m.written, word) > 0) from unnest(words) as word)
      order by case when forwards then m.registered_at end, case when forwards then m.id end,
        m.registered_at desc, m.id desc
      limit most - found;
    get diagnostics portion = row_count;
    found := found + portion;
    month := month + step;
  end loop;
end
$$;
revoke execute on function wanjia_search from public;
grant execute on function wanjia_search to wanjia_app;

-- What is the same problem as another matter waits for that one's outcome.
alter table matter add column merged_into uuid;
alter table matter drop constraint matter_disposition_check;
alter table matter add constraint matter_disposition_check
  check (disposition in ('closed', 'closed_referred', 'declined', 'withdrawn', 'merged'));
create index matter_merged on matter (bureau_id, merged_into) where merged_into is not null;
