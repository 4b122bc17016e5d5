-- The blind second look: of a week's visits a few are asked after at their doors.

create table recheck_round (
  bureau_id uuid not null,
  id uuid not null,
  -- The Monday.
  week date not null,
  -- Visits from here on: the seed's hash was shown before.
  opened_at timestamptz not null,
  -- SHA-256 of the seed, shown at once; the seed itself once the answers are closed.
  commitment text not null,
  seed text not null,
  drawn_at timestamptz,
  frame integer,
  locked_at timestamptz,
  primary key (bureau_id, id),
  unique (bureau_id, week),
  check (locked_at is null or drawn_at is not null),
  check ((drawn_at is null) = (frame is null))
);
select wanjia_protect('recheck_round', 'bureau');
revoke delete on recheck_round from wanjia_app;

create table recheck_item (
  bureau_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  visit_id uuid not null,
  place_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  stratum text not null check (stratum in ('met', 'written_off')),
  -- What was heard, and by whom; nobody's words.
  answer jsonb,
  asked_by uuid,
  asked_at timestamptz,
  -- Set with the end of the round: what those who are asked after must not see before.
  result text check (result in ('confirmed', 'different', 'not_confirmed', 'unknown', 'self_corrected')),
  -- Whose visit it was, and what became of a contradiction.
  finding jsonb,
  primary key (bureau_id, id),
  unique (bureau_id, round_id, visit_id),
  foreign key (bureau_id, round_id) references recheck_round (bureau_id, id),
  check ((answer is null) = (asked_at is null)),
  check (finding is null or result in ('different', 'not_confirmed'))
);
select wanjia_protect('recheck_item', 'beat');
-- Until the answers are closed, those who ask are the only ones who know where; in the database too.
create policy blind on recheck_item as restrictive
  using (case when current_setting('app.role', true) in ('system', 'feedback_centre') then true else result is not null end);
revoke delete on recheck_item from wanjia_app;
create index recheck_item_round on recheck_item (bureau_id, round_id);
create index recheck_item_finding on recheck_item (bureau_id, station_id, id) where finding is not null;
