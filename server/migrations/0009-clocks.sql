-- Time limits as each bureau keeps them, and what runs against whom.

-- Versions of the bureau's time limits. A version holds from its day until the next one's, so that on
-- any day exactly one does. A clock that runs is held to the version that started it: nothing here is
-- changed, and only a version whose day has not come is taken back. What a limit is for and where it
-- runs stands in domain/matters/clock-table.ts.
create table clock_rule (
  bureau_id uuid not null,
  rule text not null,
  version integer not null,
  -- First day it holds.
  valid_from date not null,
  amount integer not null check (amount > 0),
  unit text not null check (unit in ('hours', 'calendar_days', 'working_days', 'months')),
  -- The text it rests on; `law` where that text sets the limit, `default` where the bureau does.
  source text not null,
  basis text not null check (basis in ('law', 'default')),
  -- Reasons for which it may stand still.
  pauses text[] not null,
  -- How much longer at most, by whom, and whether the resident is told.
  extension jsonb,
  -- Working days after which a limit that is still missed goes up to the bureau.
  raise_again_days integer,
  -- Empty for what every bureau starts with.
  saved_by uuid,
  saved_at timestamptz not null,
  primary key (bureau_id, rule, version),
  unique (bureau_id, rule, valid_from)
);
select wanjia_protect('clock_rule', 'bureau');
revoke update on clock_rule from wanjia_app;

-- The next deadline of each matter that has one: what work lists show and the sweep looks at. All
-- clocks of a matter stand in matter.rest.
create table matter_deadline (
  bureau_id uuid not null,
  -- The matter's.
  id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  kind text not null,
  responsible_id uuid not null,
  assignee_id uuid,
  purpose text not null,
  rule text not null,
  -- 'infinity' while it stands still, and where the holidays of that time are not announced.
  due_at timestamptz not null,
  paused_at timestamptz,
  -- The last level that was told that it was missed.
  raised_to text check (raised_to in ('station', 'bureau')),
  -- The level that has yet to say what it does about a missed limit.
  task text check (task in ('station', 'bureau')),
  -- When the sweep looks at the matter again; empty: never by itself.
  look_at timestamptz,
  primary key (bureau_id, id),
  foreign key (bureau_id, id) references matter (bureau_id, id)
);
select wanjia_protect('matter_deadline', 'beat');

create index matter_deadline_due on matter_deadline (bureau_id, due_at, id)
  include (station_id, beat_id, kind, paused_at);
create index matter_deadline_station on matter_deadline (bureau_id, station_id, due_at, id)
  include (beat_id, kind, paused_at);
create index matter_deadline_beat on matter_deadline (bureau_id, beat_id, due_at, id)
  include (station_id, kind, paused_at);
create index matter_deadline_responsible on matter_deadline (bureau_id, responsible_id, due_at, id);
create index matter_deadline_assignee on matter_deadline (bureau_id, assignee_id)
  where assignee_id is not null;
create index matter_deadline_look on matter_deadline (bureau_id, look_at, id)
  where look_at is not null;
create index matter_deadline_task_station on matter_deadline (bureau_id, station_id, due_at, id)
  where task = 'station';
create index matter_deadline_task_bureau on matter_deadline (bureau_id, due_at, id)
  include (station_id, beat_id) where task = 'bureau';
