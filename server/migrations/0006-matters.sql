-- Matters: what a resident raised or an officer found, its history, and how to reach the resident.

create table matter (
  bureau_id uuid not null,
  id uuid not null,
  -- Eight signs out of the id (domain/matters/number.ts). A name, not a key: in a million two dozen repeat.
  number text not null,
  kind text not null check (kind in ('opinion', 'service_request', 'dispute', 'hazard')),
  subtype text not null,
  state text not null,
  -- Sequence number of the last event.
  version integer not null,
  station_id uuid not null,
  beat_id uuid,
  community_id uuid,
  place_id uuid not null,
  visit_id uuid,
  campaign_ids uuid[] not null,
  origin text not null,
  reporter text not null,
  text text not null,
  feedback text not null,
  anonymous boolean not null,
  responsible_id uuid not null,
  assignee_id uuid,
  -- Hazards only, and all of them.
  grade text check (grade in ('ordinary', 'major_candidate')),
  outcome text,
  reason text,
  registered_at timestamptz not null,
  -- 'infinity' where no limit is set, so that a list sorts by it.
  due_on date not null,
  accepted_at timestamptz,
  resolved_at timestamptz,
  cleared_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  disposition text check (disposition in ('closed', 'declined', 'withdrawn')),
  reopened integer not null,
  -- What only the rules need: finders, handlers, returns, screening, callbacks, waiver.
  rest jsonb not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  changed_seq bigint not null default nextval('feed_seq'),
  primary key (bureau_id, id),
  -- Every end has its disposition, and nothing else has one.
  check ((disposition is not null) = (state in ('closed', 'withdrawn'))),
  check ((grade is not null) = (kind = 'hazard')),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, responsible_id) references member (bureau_id, id)
);
select wanjia_protect('matter', 'beat');
revoke delete on matter from wanjia_app;

-- Lists, in the order in which they are shown. What a filter, a count and row-level security look at
-- rides along, so that rows that don't match are passed over without visiting the table: of a million
-- matters, one station's 20,000 in about 5 ms. Combinations need no index of their own: the rare one
-- of two filters has one.
create index matter_registered on matter (bureau_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id);
create index matter_due on matter (bureau_id, due_on, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id, registered_at);
create index matter_station on matter (bureau_id, station_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, beat_id);
create index matter_beat on matter (bureau_id, beat_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, station_id);
create index matter_station_due on matter (bureau_id, station_id, due_on, id)
  include (kind, state, disposition, beat_id);
create index matter_subtype on matter (bureau_id, subtype, registered_at, id)
  include (kind, state, disposition, station_id, beat_id);
create index matter_outcome on matter (bureau_id, outcome, registered_at, id)
  include (kind, disposition, station_id, beat_id) where outcome is not null;
create index matter_state on matter (bureau_id, state, registered_at, id)
  include (kind, station_id, beat_id, disposition);
-- The work that is left: few, whatever the table grows to.
create index matter_open_due on matter (bureau_id, due_on, id)
  include (kind, state, station_id, beat_id, disposition) where disposition is null;
create index matter_open_station on matter (bureau_id, station_id, due_on, id)
  include (kind, state, beat_id, disposition) where disposition is null;
create index matter_open_beat on matter (bureau_id, beat_id, due_on, id)
  include (kind, state, station_id, disposition) where disposition is null;
create index matter_open_registered on matter (bureau_id, registered_at, id)
  include (kind, state, station_id, beat_id, disposition) where disposition is null;
-- The records behind a figure, by the day that counts.
create index matter_resolved on matter (bureau_id, resolved_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where resolved_at is not null;
create index matter_cleared on matter (bureau_id, cleared_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where cleared_at is not null;
create index matter_closed on matter (bureau_id, closed_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where closed_at is not null;
create index matter_station_resolved on matter (bureau_id, station_id, resolved_at, id)
  include (kind, subtype, state, outcome, disposition, beat_id) where resolved_at is not null;
create index matter_station_closed on matter (bureau_id, station_id, closed_at, id)
  include (kind, subtype, state, outcome, disposition, beat_id) where closed_at is not null;
create index matter_responsible on matter (bureau_id, responsible_id, registered_at, id);
create index matter_assignee on matter (bureau_id, assignee_id) where assignee_id is not null;
create index matter_place on matter (bureau_id, place_id, registered_at, id);
create index matter_visit on matter (bureau_id, visit_id) where visit_id is not null;
create index matter_number on matter (bureau_id, number);
create index matter_feed on matter (bureau_id, beat_id, changed_tx, changed_seq);

-- A campaign's matters, for its lists: what they are filtered and sorted by, under the names that it
-- has in `matter`, and saved in the same statement. `campaign_ids` has no order, and an index on its
-- members is one that row-level security may not use.
create table matter_campaign (
  bureau_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  kind text not null,
  subtype text not null,
  state text not null,
  outcome text,
  disposition text,
  registered_at timestamptz not null,
  due_on date not null,
  resolved_at timestamptz,
  cleared_at timestamptz,
  closed_at timestamptz,
  primary key (bureau_id, id, campaign_id),
  foreign key (bureau_id, id) references matter (bureau_id, id)
);
select wanjia_protect('matter_campaign', 'beat');
revoke delete on matter_campaign from wanjia_app;
create index matter_campaign_registered on matter_campaign (bureau_id, campaign_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id);
create index matter_campaign_station on matter_campaign (bureau_id, campaign_id, station_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, beat_id);
create index matter_campaign_beat on matter_campaign (bureau_id, campaign_id, beat_id, registered_at, id)
  include (kind, subtype, state, outcome, disposition, station_id);
create index matter_campaign_due on matter_campaign (bureau_id, campaign_id, due_on, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id);
create index matter_campaign_resolved on matter_campaign (bureau_id, campaign_id, resolved_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where resolved_at is not null;
create index matter_campaign_cleared on matter_campaign (bureau_id, campaign_id, cleared_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where cleared_at is not null;
create index matter_campaign_closed on matter_campaign (bureau_id, campaign_id, closed_at, id)
  include (kind, subtype, state, outcome, disposition, station_id, beat_id) where closed_at is not null;

-- What happened, in order. Added to and never changed.
create table matter_event (
  bureau_id uuid not null,
  matter_id uuid not null,
  seq integer not null,
  station_id uuid not null,
  beat_id uuid,
  at timestamptz not null,
  member_id uuid not null,
  role text not null,
  type text not null,
  body jsonb not null,
  primary key (bureau_id, matter_id, seq),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
select wanjia_protect('matter_event', 'beat');
revoke update, delete on matter_event from wanjia_app;

-- How to reach the resident for an answer: apart from the matter, encrypted, gone 30 days after its end.
create table contact (
  bureau_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  purpose text not null,
  phone_cipher bytea,
  -- 138****1234
  phone_masked text,
  salutation_cipher bytea,
  consented_at timestamptz not null,
  expires_at timestamptz,
  primary key (bureau_id, id),
  unique (bureau_id, matter_id),
  check (phone_cipher is not null or salutation_cipher is not null),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
create index contact_expiry on contact (bureau_id, expires_at) where expires_at is not null;
select wanjia_protect('contact', 'beat');

-- How often a member looked at contacts in the hour of the last look: one row each, not a history.
create table contact_looks (
  bureau_id uuid not null,
  member_id uuid not null,
  hour timestamptz not null,
  looks integer not null,
  primary key (bureau_id, member_id)
);
select wanjia_protect('contact_looks', 'bureau');
