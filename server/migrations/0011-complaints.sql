-- Complaints about the police. They go round the unit concerned: the role that handles one sees it,
-- and nobody else does, in the database too. Their words are sealed with the server's field key.

-- A file is its handlers' alone.
create function wanjia_handled(table_name text) returns void
language plpgsql as $$
begin
  execute format('create policy handled on %I as restrictive using (current_setting(''app.role'', true) in (''system'', handled_by))', table_name);
end
$$;

create table complaint (
  bureau_id uuid not null,
  id uuid not null,
  version integer not null,
  -- SHA-256 of what the receipt shows.
  look_hash bytea not null,
  about text not null check (about in ('station', 'bureau_unit', 'inspectorate', 'unknown')),
  -- The station it concerns, whose members see nothing of it.
  concerned_station_id uuid,
  kind text not null,
  origin text not null,
  handled_by text not null check (handled_by in ('inspectorate', 'feedback_centre')),
  -- Members it turned out to concern.
  concerned uuid[] not null,
  heard integer not null,
  state text not null,
  finding text,
  found_by uuid,
  received_at timestamptz not null,
  receipted_at timestamptz,
  checked_at timestamptz,
  found_at timestamptz,
  answer_due_at timestamptz,
  answered_at timestamptz,
  review_asked_at timestamptz,
  reviewed_at timestamptz,
  closed_at timestamptz,
  -- 'infinity' where nothing runs, so that a list sorts by it.
  due_at timestamptz not null,
  primary key (bureau_id, id),
  unique (bureau_id, look_hash),
  check ((about = 'station') = (concerned_station_id is not null)),
  check ((state = 'closed') = (closed_at is not null)),
  -- Nothing ends that was not answered (人民警察法 46).
  check (closed_at is null or answered_at is not null),
  foreign key (bureau_id, concerned_station_id) references station (bureau_id, id)
);
select wanjia_protect('complaint', 'bureau');
select wanjia_handled('complaint');
create policy unconcerned on complaint as restrictive
  using (current_setting('app.role', true) = 'system'
    or not (current_setting('app.member', true) = any (concerned::text[])))
  with check (true);
revoke delete on complaint from wanjia_app;
create index complaint_due on complaint (bureau_id, handled_by, due_at, id);
create index complaint_received on complaint (bureau_id, handled_by, received_at, id);

-- What happened, in order, looks at a contact among it: the trail of a complaint stays with its file,
-- because those who read the bureau's trail may belong to whom it concerns.
create table complaint_event (
  bureau_id uuid not null,
  complaint_id uuid not null,
  seq integer not null,
  handled_by text not null,
  at timestamptz not null,
  -- Null where the complainant, or time, did it.
  member_id uuid,
  type text not null,
  sealed bytea,
  primary key (bureau_id, complaint_id, seq),
  foreign key (bureau_id, complaint_id) references complaint (bureau_id, id)
);
select wanjia_protect('complaint_event', 'bureau');
select wanjia_handled('complaint_event');
revoke update, delete on complaint_event from wanjia_app;

-- How to reach the complainant, where he wishes it; gone 30 days after the end.
create table complaint_contact (
  bureau_id uuid not null,
  complaint_id uuid not null,
  handled_by text not null,
  phone_cipher bytea,
  phone_masked text,
  salutation_cipher bytea,
  consented_at timestamptz not null,
  primary key (bureau_id, complaint_id),
  foreign key (bureau_id, complaint_id) references complaint (bureau_id, id)
);
select wanjia_protect('complaint_contact', 'bureau');
select wanjia_handled('complaint_contact');
