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
