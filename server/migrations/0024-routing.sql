-- Who is responsible for a matter, by what it is, how grave and where. A table begins as a draft; once
-- switched on it is never changed, and the one that was switched on last is on. What was handed on
-- before stands in the matters' own events.
create table routing_table (
  bureau_id uuid not null,
  version integer not null,
  -- Counts the changes of the draft, so that what was tried is what is switched on.
  revision integer not null,
  -- The trial of `revision`: when, and how many went the same way, another, were undecided, uncovered.
  tried_revision integer,
  tried_at timestamptz,
  tally jsonb,
  -- Null: a draft.
  on_at timestamptz,
  -- Null: with the first load.
  on_by uuid,
  primary key (bureau_id, version),
  check ((tried_revision is null) = (tried_at is null) and (tried_revision is null) = (tally is null)),
  check (on_at is null or tried_revision = revision)
);
select wanjia_protect('routing_table', 'bureau');

-- What a rule asks for; null asks nothing. `target` says whose it is.
create table routing_rule (
  bureau_id uuid not null,
  version integer not null,
  number integer not null,
  kind text,
  subtype text,
  grade text,
  place_kind text,
  station_id uuid,
  community_id uuid,
  target text not null check (target in ('station', 'unit', 'partner')),
  member_id uuid,
  partner_id uuid,
  basis text not null,
  primary key (bureau_id, version, number),
  check ((member_id is not null) = (target = 'unit')),
  check ((partner_id is not null) = (target = 'partner')),
  check (community_id is null or station_id is not null),
  foreign key (bureau_id, version) references routing_table (bureau_id, version),
  foreign key (bureau_id, member_id) references member (bureau_id, id),
  foreign key (bureau_id, partner_id) references partner (bureau_id, id)
);
select wanjia_protect('routing_rule', 'bureau');
