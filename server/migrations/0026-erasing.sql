-- What a resident may have deleted, or what has outlived its time, goes; what the figures are counted
-- from stays: the kind of a matter, its days, its state and what came of it.

-- Why the words of a matter go: its resident asked, or time is over. They stay until it has ended.
alter table matter add column words_go text check (words_go in ('asked', 'term'));
alter table matter add column words_gone_at timestamptz;
alter table matter add check (words_gone_at is null or words_go is not null);
create index matter_words_waiting on matter (bureau_id, id) where words_go = 'asked' and words_gone_at is null;

-- History is added to and never changed, but that words go out of it: by the server itself, and never
-- in again.
grant update (body) on matter_event to wanjia_app;
create policy wordless on matter_event as restrictive for update
  using (current_setting('app.role', true) = 'system')
  with check (current_setting('app.role', true) = 'system'
    and coalesce(body ->> 'text', '') = '' and coalesce(body ->> 'why', '') = '' and coalesce(body ->> 'lesson', '') = ''
    and (type <> 'assignment_returned' or coalesce(body ->> 'reason', '') = ''));
-- A receipt opens nothing any more, five years after the end.
grant delete on matter_receipt to wanjia_app;
create policy retention on matter_receipt as restrictive for delete
  using (current_setting('app.role', true) = 'system');

-- What was deleted for a resident who asked for it, and what was kept and why: he reads it with the answer.
alter table data_request add column gone text[] not null default '{}';
alter table data_request add column kept text[] not null default '{}';
