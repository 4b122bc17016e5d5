-- Planning of a station's day broke off and is tried again; what was planned before stands. Never
-- planned yet: nothing was made.
alter table day_plan
  add column failed_at timestamptz,
  alter column made_at drop not null,
  alter column took_ms drop not null,
  add constraint day_plan_told check (made_at is not null or failed_at is not null);
