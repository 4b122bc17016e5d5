-- Mediation of disputes: who sits with whom when, what came of it, and nothing of what was said.

-- For what only those see who sit with the sides (人民调解法 15(4)): column `readers`, members of the
-- bureau. With `calls`, the feedback centre too, while column `calls_due` says that sides are to be
-- called back.
create function wanjia_protect_readers(table_name text, calls boolean) returns void
language plpgsql as $$
declare
  rule text :=
    'bureau_id = nullif(current_setting(''app.bureau'', true), '''')::uuid and ('
    'current_setting(''app.role'', true) = ''system'''
    ' or nullif(current_setting(''app.member'', true), '''')::uuid = any (readers)';
begin
  if calls then
    rule := rule || ' or (calls_due and current_setting(''app.role'', true) = ''feedback_centre'')';
  end if;
  rule := rule || ')';
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format('create policy readers on %I using (%s) with check (%s)', table_name, rule, rule);
  execute format('grant select, insert, update, delete on %I to wanjia_app', table_name);
end
$$;

create table mediation (
  bureau_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  readers uuid[] not null,
  calls_due boolean not null,
  form text not null check (form in ('people', 'police')),
  state text not null,
  -- Sequence number of the last event.
  version integer not null,
  -- The step that is due next and its day; 'infinity' after the end, so that a list sorts by it.
  next_step text,
  next_on date not null,
  limit_on date,
  opened_at timestamptz not null,
  ended_at timestamptz,
  ending text,
  -- The mediation as its events made it: sides by letter, numbers, dates, a band of the amount.
  body jsonb not null,
  primary key (bureau_id, id),
  check ((ended_at is not null) = (ending is not null)),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
create index mediation_next on mediation (bureau_id, next_on, id);
create index mediation_opened on mediation (bureau_id, opened_at, id);
create index mediation_matter on mediation (bureau_id, matter_id);
select wanjia_protect_readers('mediation', true);
revoke delete on mediation from wanjia_app;

create table mediation_event (
  bureau_id uuid not null,
  mediation_id uuid not null,
  seq integer not null,
  readers uuid[] not null,
  at timestamptz not null,
  member_id uuid not null,
  role text not null,
  type text not null,
  body jsonb not null,
  primary key (bureau_id, mediation_id, seq),
  foreign key (bureau_id, mediation_id) references mediation (bureau_id, id)
);
select wanjia_protect_readers('mediation_event', false);
revoke update, delete on mediation_event from wanjia_app;
-- Whoever joins the panel reads what was before him, and whoever leaves it no longer does.
grant update (readers) on mediation_event to wanjia_app;

-- How to reach a side: apart, encrypted, gone 30 days after the end.
create table mediation_contact (
  bureau_id uuid not null,
  mediation_id uuid not null,
  side text not null check (side in ('a', 'b', 'c', 'd')),
  readers uuid[] not null,
  calls_due boolean not null,
  phone_cipher bytea,
  -- 138****1234
  phone_masked text,
  salutation_cipher bytea,
  consented_at timestamptz not null,
  expires_at timestamptz,
  primary key (bureau_id, mediation_id, side),
  check (phone_cipher is not null or salutation_cipher is not null),
  foreign key (bureau_id, mediation_id) references mediation (bureau_id, id)
);
create index mediation_contact_expiry on mediation_contact (bureau_id, expires_at) where expires_at is not null;
select wanjia_protect_readers('mediation_contact', true);

-- That a dispute has a mediation, for those who see the dispute: no more than whether it holds the matter.
create table mediation_link (
  bureau_id uuid not null,
  mediation_id uuid not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  -- Not ended.
  running boolean not null,
  -- The matter's outcome follows from it: until it ended, or was performed and all sides were called.
  holds boolean not null,
  opened_at timestamptz not null,
  primary key (bureau_id, mediation_id),
  foreign key (bureau_id, mediation_id) references mediation (bureau_id, id)
);
create index mediation_link_matter on mediation_link (bureau_id, matter_id, opened_at);
-- A dispute has one mediation at a time.
create unique index mediation_link_running on mediation_link (bureau_id, matter_id) where running;
select wanjia_protect('mediation_link', 'beat');
revoke delete on mediation_link from wanjia_app;

create table mediation_room (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  name text not null,
  seats integer not null check (seats between 2 and 200),
  active boolean not null,
  primary key (bureau_id, id),
  foreign key (bureau_id, station_id) references station (bureau_id, id)
);
select wanjia_protect('mediation_room', 'station');
revoke delete on mediation_room from wanjia_app;

-- When a room and people are taken; what for stands in the mediation.
create table mediation_booking (
  bureau_id uuid not null,
  session_id uuid not null,
  room_id uuid not null,
  station_id uuid not null,
  mediation_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  members uuid[] not null,
  primary key (bureau_id, session_id),
  check (from_at < to_at),
  foreign key (bureau_id, room_id) references mediation_room (bureau_id, id)
);
create index mediation_booking_times on mediation_booking (bureau_id, station_id, to_at);
select wanjia_protect('mediation_booking', 'station');
