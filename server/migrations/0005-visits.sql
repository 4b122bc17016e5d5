-- Visits: one knock a row, and what each door remembers.

create table visit (
  -- What has a fixed width comes first, the widest before: a city has millions of these.
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  building_id uuid not null,
  community_id uuid,
  place_id uuid not null,
  member_id uuid not null,
  -- By the server's clock, and as the device's clock showed it.
  visited_at timestamptz not null,
  ended_at timestamptz not null,
  device_at timestamptz not null,
  received_at timestamptz not null,
  attempt_no integer not null,
  form_version integer,
  contact boolean not null,
  completed boolean not null,
  unaware boolean not null,
  place_kind text not null,
  outcome text not null check (outcome in ('completed_inside', 'completed_doorstep', 'completed_elsewhere', 'no_answer', 'refused', 'asked_not_to_visit', 'not_residential', 'vacant_observed', 'inaccessible', 'unsafe', 'wrong_address', 'rescheduled', 'phone_only')),
  time_mode text not null,
  arranged text not null,
  campaign_ids uuid[] not null,
  team uuid[] not null,
  form_code text,
  answers jsonb,
  leaflets jsonb,
  -- What else was recorded: notice, consent, card, topics, companions, note.
  details jsonb not null,
  -- A correction points to the record it stands for, and to the first of them all.
  corrects uuid,
  original_id uuid,
  correction_reason text,
  -- The one thing that is ever set afterwards.
  corrected_by uuid,
  primary key (bureau_id, id),
  check ((corrects is null) = (original_id is null))
);
-- Lists go by time within what they are filtered by. Rows of one instant are few, so the id that
-- breaks their tie is not in the index: every visit writes all of these.
create index visit_time on visit (bureau_id, visited_at);
create index visit_station on visit (bureau_id, station_id, visited_at);
create index visit_beat on visit (bureau_id, beat_id, visited_at);
-- One index for a building and for a door: a building's visits are few enough to be sorted.
create index visit_building on visit (bureau_id, building_id, place_id, visited_at);
create index visit_member on visit (bureau_id, member_id, visited_at);
-- Only outcomes that are few. None for refusals: nobody can ask for a list of them.
create index visit_rare_outcome on visit (bureau_id, outcome, visited_at)
  where outcome in ('completed_elsewhere', 'rescheduled', 'phone_only', 'inaccessible', 'unsafe', 'not_residential', 'wrong_address');
create unique index visit_corrects on visit (bureau_id, corrects) where corrects is not null;
create index visit_original on visit (bureau_id, original_id) where original_id is not null;
select wanjia_protect('visit', 'beat');
-- Records are never changed. They are deleted when their time is over (domain.md §8.5).
revoke update on visit from wanjia_app;
grant update (corrected_by) on visit to wanjia_app;

-- What phone and server remember of a door (DoorState of domain/visits/terms.ts). No row: nothing yet.
create table door (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  building_id uuid not null,
  version integer not null,
  -- The version that this one was made from: a save that started from another one does not pass.
  made_from integer not null default 0,
  -- As text: it is read and written whole, and phones get it as it is.
  state json not null,
  -- Copied out of `state`, so that a wish for no visits can end by itself.
  quiet_until timestamptz,
  changed_tx xid8 not null default pg_current_xact_id(),
  changed_seq bigint not null default nextval('feed_seq'),
  primary key (bureau_id, id)
) with (fillfactor = 85);
create index door_feed on door (bureau_id, beat_id, changed_tx, changed_seq);
create index door_quiet on door (bureau_id, quiet_until) where quiet_until is not null;
select wanjia_protect('door', 'beat');

-- How a home is used (Form A, A4). Apart from everything, added to only, gone after twelve months,
-- never exported. Officers of the beat write it; the beat's community officer alone reads it.
create table occupancy (
  bureau_id uuid not null,
  id uuid not null,
  place_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  status text check (status in ('self_occupied', 'rented', 'lent', 'vacant', 'mixed', 'prefer_not_to_say', 'unknown')),
  noted_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (bureau_id, id)
);
create index occupancy_place on occupancy (bureau_id, place_id, noted_at);
create index occupancy_expiry on occupancy (bureau_id, expires_at);
alter table occupancy enable row level security;
alter table occupancy force row level security;
create policy noted on occupancy for insert with check (
  bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
  and (current_setting('app.scope', true) = 'bureau'
    or station_id = any (string_to_array(current_setting('app.stations', true), ',')::uuid[])));
create policy own_beat on occupancy for select using (
  bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
  and (current_setting('app.role', true) = 'system'
    or (current_setting('app.role', true) = 'community_officer'
      and beat_id = any (string_to_array(current_setting('app.beats', true), ',')::uuid[]))));
create policy expiry on occupancy for delete using (
  bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
  and current_setting('app.role', true) = 'system');
grant select, insert, delete on occupancy to wanjia_app;

-- What would help at this visit (sign language, large print …). Gone when the campaign ends.
create table access_need (
  bureau_id uuid not null,
  visit_id uuid not null,
  place_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  needs text[] not null,
  expires_on date not null,
  primary key (bureau_id, visit_id)
);
create index access_need_place on access_need (bureau_id, place_id);
create index access_need_expiry on access_need (bureau_id, expires_on);
select wanjia_protect('access_need', 'beat');

-- Form A, A7: counts without the door. Several rows a month, so that no two commits wait for one.
create table familiarity_count (
  bureau_id uuid not null,
  station_id uuid not null,
  month text not null,
  answer text not null check (answer in ('name', 'phone', 'both', 'no')),
  slot smallint not null,
  n bigint not null,
  primary key (bureau_id, station_id, month, answer, slot)
);
select wanjia_protect('familiarity_count', 'station');
