-- What outlives its term goes by the server itself, at night: no session deletes any of it.

-- Answered requests, three years after their answer.
grant delete on data_request to wanjia_app;
create policy retention on data_request as restrictive for delete
  using (current_setting('app.role', true) = 'system');
create index data_request_decided on data_request (bureau_id, decided_at) where decided_at is not null;

-- A mediation's numbers and who sat there, ten years after its end; its form, its days and what came
-- of it stay, for the figures.
alter table mediation add column references_gone_at timestamptz;
create index mediation_references on mediation (bureau_id, ended_at) where references_gone_at is null;
grant delete on mediation_event to wanjia_app;
create policy retention on mediation_event as restrictive for delete
  using (current_setting('app.role', true) = 'system');
