-- Planning walks: what the visits say in counts, who works when, and the walks of a day.

-- Uninvited knocks and what came of them, by building and slot of the week. A building has five doors
-- at least (domain/planning/ground.ts): nothing here speaks of a home.
create table knock_count (
  bureau_id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  building text not null,
  premises text not null,
  slot text not null check (slot in ('morning', 'afternoon', 'early_evening', 'late_evening', 'saturday', 'sunday')),
  -- Tries in vain before these knocks.
  tried_daytime smallint not null,
  tried_evening smallint not null,
  tried_weekend smallint not null,
  knocks integer not null,
  contacts integer not null,
  closed integer not null,
  primary key (bureau_id, campaign_id, beat_id, building, slot, tried_daytime, tried_evening, tried_weekend),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('knock_count', 'beat');

-- Doors of a building that nobody has answered at yet, by earlier tries.
create table waiting_count (
  bureau_id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  building text not null,
  premises text not null,
  tried_daytime smallint not null,
  tried_evening smallint not null,
  tried_weekend smallint not null,
  doors integer not null,
  primary key (bureau_id, campaign_id, beat_id, building, tried_daytime, tried_evening, tried_weekend),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('waiting_count', 'beat');

-- What all counts of the bureau say together, fitted once a night.
create table contact_rates (
  bureau_id uuid not null,
  id uuid not null,
  fitted_at timestamptz not null,
  knocks integer not null,
  rates jsonb not null,
  primary key (bureau_id, id)
);
select wanjia_protect('contact_rates', 'bureau');

-- Stretches of a member's week in a campaign. Without any he works the usual week.
create table shift (
  bureau_id uuid not null,
  campaign_id uuid not null,
  member_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  from_minute smallint not null,
  to_minute smallint not null,
  primary key (bureau_id, campaign_id, member_id, weekday, from_minute),
  check (from_minute < to_minute),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade,
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
select wanjia_protect('shift', 'bureau');

-- How a station's day was planned, and what could not be.
create table day_plan (
  bureau_id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  day date not null,
  made_at timestamptz not null,
  took_ms integer not null,
  -- Teams without a plan, each with the rules that it would have broken.
  failures jsonb not null,
  -- Appointments that no order of the day keeps, by building and time: somebody has to ring.
  conflicts jsonb not null,
  primary key (bureau_id, campaign_id, station_id, day),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('day_plan', 'station');

-- One stretch of work of one team: walked, left out, or refused.
create table walk (
  bureau_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  team_id uuid not null,
  day date not null,
  from_minute smallint not null,
  to_minute smallint not null,
  ends_at double precision not null,
  crew uuid[] not null,
  state text not null check (state in ('planned', 'left_out', 'refused')),
  -- Why it is left out or refused.
  reason text,
  -- Households it may expect to meet; none for a walk of few doors.
  contacts integer,
  -- By building: why it goes there when it does.
  choices jsonb not null,
  -- Stays as it is when the day is planned anew.
  pinned boolean not null,
  -- Who changed what by hand.
  changes jsonb not null,
  version integer not null,
  primary key (bureau_id, id),
  unique (bureau_id, campaign_id, team_id, day, from_minute),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
create index walk_day on walk (bureau_id, day, station_id);
create index walk_crew on walk using gin (crew);
select wanjia_protect('walk', 'beat');

create table walk_stop (
  bureau_id uuid not null,
  walk_id uuid not null,
  seq smallint not null,
  station_id uuid not null,
  beat_id uuid not null,
  building text not null,
  place_id uuid not null,
  at_minute double precision not null,
  reason text not null check (reason in ('appointment', 'first_try', 'short_building', 'likely')),
  primary key (bureau_id, walk_id, seq),
  foreign key (bureau_id, walk_id) references walk (bureau_id, id) on delete cascade
);
select wanjia_protect('walk_stop', 'beat');

-- What a phone needs to plan the rest of an evening without a network: buildings near by, their rates
-- by slot, what the morning settled. One row a team, the newest day alone.
create table replan_basis (
  bureau_id uuid not null,
  campaign_id uuid not null,
  team_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  day date not null,
  basis jsonb not null,
  primary key (bureau_id, campaign_id, team_id, day),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('replan_basis', 'beat');

-- Before a campaign opens: hours needed against hours there are.
create table campaign_outlook (
  bureau_id uuid not null,
  campaign_id uuid not null,
  asked_at timestamptz not null,
  -- Null while it is being worked out.
  made_at timestamptz,
  outlook jsonb,
  primary key (bureau_id, campaign_id),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('campaign_outlook', 'bureau');

-- A secret link to an officer's own walks as a calendar. The link itself is not kept.
create table calendar_link (
  bureau_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  hash bytea not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  primary key (bureau_id, id),
  unique (bureau_id, hash),
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
select wanjia_protect('calendar_link', 'bureau');
