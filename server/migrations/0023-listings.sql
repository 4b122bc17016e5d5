-- Places under public rectification: estates, with what is counted at them. Never a household or a person.

-- Numbers of the case system's statistics, for an estate and a stretch of days; no case stands here.
create table estate_count (
  bureau_id uuid not null,
  estate_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  measure text not null,
  from_day date not null,
  -- First day no longer included.
  to_day date not null,
  count integer not null check (count >= 0),
  source text not null,
  imported_at timestamptz not null,
  imported_by uuid not null,
  primary key (bureau_id, estate_id, measure, from_day, to_day),
  check (from_day < to_day),
  foreign key (bureau_id, estate_id) references place (bureau_id, id)
);
select wanjia_protect('estate_count', 'beat');
revoke delete on estate_count from wanjia_app;
create index estate_count_days on estate_count (bureau_id, measure, from_day, to_day);

create table place_listing (
  bureau_id uuid not null,
  id uuid not null,
  estate_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  state text not null,
  -- Sequence number of the last event.
  version integer not null,
  -- Last day of the joint order; null before it.
  deadline date,
  proposed_at timestamptz not null,
  -- The listing as its events made it.
  body jsonb not null,
  primary key (bureau_id, id),
  foreign key (bureau_id, estate_id) references place (bureau_id, id)
);
select wanjia_protect('place_listing', 'beat');
revoke delete on place_listing from wanjia_app;
-- An estate is proposed or listed once at a time.
create unique index place_listing_running on place_listing (bureau_id, estate_id)
  where state in ('proposed', 'listed', 'tested');

create table place_listing_event (
  bureau_id uuid not null,
  listing_id uuid not null,
  seq integer not null,
  station_id uuid not null,
  at timestamptz not null,
  member_id uuid not null,
  type text not null,
  body jsonb not null,
  primary key (bureau_id, listing_id, seq),
  foreign key (bureau_id, listing_id) references place_listing (bureau_id, id)
);
select wanjia_protect('place_listing_event', 'station');
revoke update, delete on place_listing_event from wanjia_app;
