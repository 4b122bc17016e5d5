-- Figures: totals that are kept up with every change, so that a screen of figures costs the same
-- however many visits there are (domain/insight/README.md says what is counted).

-- What one transaction adds, in one row of its own: nothing that two commits could queue behind.
-- A fold moves these rows into the totals; a reader takes totals and rows not yet folded in one
-- snapshot, so figures are exact to the last committed visit.
create table tally_delta (
  bureau_id uuid not null,
  id bigint generated always as identity,
  station_id uuid not null,
  body jsonb not null,
  primary key (bureau_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
select wanjia_protect('tally_delta', 'station');
-- Whoever may change a record may add what it counts, also beyond his own station.
create policy append on tally_delta for insert
  with check (bureau_id = nullif(current_setting('app.bureau', true), '')::uuid);

-- Totals. The nil id stands for "all": no campaign, above the station, above the beat. A beat of
-- none (an estate's common parts) also has the nil id, at level beat.
create table tally (
  bureau_id uuid not null,
  campaign_id uuid not null,
  -- all, day, month, quarter, year; due_<kind> and age_<kind> hold matters by due day and by age
  grain text collate "C" not null,
  level text collate "C" not null check (level in ('bureau', 'station', 'beat')),
  -- 'all', '2026-11-22', '2026-11', '2026-Q4', '2026'
  period text collate "C" not null,
  station_id uuid not null,
  beat_id uuid not null,
  counters jsonb not null,
  primary key (bureau_id, campaign_id, grain, level, period, station_id, beat_id)
) with (fillfactor = 70);
create index tally_station on tally (bureau_id, station_id, campaign_id, grain, level, period);
create index tally_beat on tally (bureau_id, beat_id, campaign_id, grain, level, period)
  where level = 'beat';
select wanjia_protect('tally', 'beat');

-- A campaign by building, and by the beat that a building had when it was visited.
create table tally_building (
  bureau_id uuid not null,
  campaign_id uuid not null,
  building_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  counters jsonb not null,
  primary key (bureau_id, campaign_id, building_id, beat_id)
) with (fillfactor = 70);
create index tally_building_beat on tally_building (bureau_id, campaign_id, beat_id, building_id);
create index tally_building_station on tally_building (bureau_id, campaign_id, station_id, building_id);
select wanjia_protect('tally_building', 'beat');

-- Who and which villages took part: only ever counted, each once.
create table tally_presence (
  bureau_id uuid not null,
  campaign_id uuid not null,
  grain text collate "C" not null,
  period text collate "C" not null,
  kind text collate "C" not null check (kind in ('member', 'village')),
  station_id uuid not null,
  subject_id uuid not null,
  n integer not null,
  primary key (bureau_id, campaign_id, grain, period, kind, station_id, subject_id)
) with (fillfactor = 70);
select wanjia_protect('tally_presence', 'station');
