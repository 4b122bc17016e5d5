-- Files of complaints go ten years after their end: by the server, and not a day before.
grant delete on complaint, complaint_event to wanjia_app;
create policy forgotten on complaint as restrictive for delete
  using (current_setting('app.role', true) = 'system' and closed_at is not null);
create policy forgotten on complaint_event as restrictive for delete
  using (current_setting('app.role', true) = 'system');

-- Disputes that came back, by the mediation before.
create index mediation_earlier on mediation (bureau_id, (body->>'earlierId'))
  where body->>'earlierId' is not null;
-- The records behind figures of what happened to matters, however long these run.
create index matter_event_again on matter_event (bureau_id, type, at, matter_id)
  where type in ('reopened', 'assignment_returned');

-- What a community said in a month and what was done, as it hangs for everybody to read. One row an
-- edition; what hangs is never changed, and a correction is the next edition.
create table bulletin (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  community_id uuid not null,
  -- '2026-10'
  month text not null,
  edition integer not null,
  -- Of the row.
  version integer not null,
  state text not null check (state in ('draft', 'released', 'published')),
  entries jsonb not null,
  correction text,
  writers uuid[] not null,
  returned text,
  -- With what is small held back: the numbers themselves are not kept.
  figures jsonb,
  released_at timestamptz,
  published_at timestamptz,
  published_by uuid,
  primary key (bureau_id, id),
  unique (bureau_id, community_id, month, edition),
  check ((state = 'published') = (published_at is not null)),
  check (published_at is null or figures is not null),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, community_id) references community (bureau_id, id)
);
create unique index bulletin_open on bulletin (bureau_id, community_id, month) where state <> 'published';
create index bulletin_month on bulletin (bureau_id, month, community_id, edition);
create index bulletin_hangs on bulletin (bureau_id, community_id, month, edition) where state = 'published';
select wanjia_protect('bulletin', 'station');
create policy frozen on bulletin as restrictive for update using (state <> 'published') with check (true);
revoke delete on bulletin from wanjia_app;
