-- What every subject stands on: the bureau, row-level security, the audit trail, running numbers.

-- The role that requests run as. It owns nothing, so row-level security always binds it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'wanjia_app') then
    create role wanjia_app nologin;
  end if;
  if not pg_has_role(current_user, 'wanjia_app', 'member') then
    execute format('grant wanjia_app to %I', current_user);
  end if;
end
$$;
grant usage on schema public to wanjia_app;

-- Puts a table under row-level security. Who may see a row is decided by the session:
--   app.bureau   the bureau; without it nothing is seen
--   app.scope    bureau | station | beat | none
--   app.stations, app.beats   the session's stations and beats, comma-separated
-- `reach` says how finely the table is divided:
--   bureau   every member of the bureau
--   station  column station_id: members of that station, also those who are posted to one of its beats
--   beat     columns station_id and beat_id: officers of that beat, leaders of that station
-- The policies hold no sub-query, so that the same schema spreads over Citus.
create function wanjia_protect(table_name text, reach text) returns void
language plpgsql as $$
declare
  same_bureau constant text :=
    'bureau_id = nullif(current_setting(''app.bureau'', true), '''')::uuid';
  in_station constant text :=
    'station_id = any (string_to_array(current_setting(''app.stations'', true), '','')::uuid[])';
  in_beat constant text :=
    'beat_id = any (string_to_array(current_setting(''app.beats'', true), '','')::uuid[])';
  rule text;
begin
  -- Written as a case the planner takes half of the rows to pass; of comparisons joined by "or" it
  -- expects one in two hundred, and plans for a handful what is a list of a thousand.
  rule := case reach
    when 'bureau' then same_bureau
    when 'station' then format('%s and case current_setting(''app.scope'', true) when ''bureau'' then true when ''station'' then %s when ''beat'' then %s else false end', same_bureau, in_station, in_station)
    when 'beat' then format('%s and case current_setting(''app.scope'', true) when ''bureau'' then true when ''station'' then %s when ''beat'' then %s else false end', same_bureau, in_station, in_beat)
  end;
  if rule is null then
    raise exception 'wanjia_protect: unknown reach %', reach;
  end if;
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format('create policy scope on %I using (%s) with check (%s)', table_name, rule, rule);
  execute format('grant select, insert, update, delete on %I to wanjia_app', table_name);
end
$$;

create table bureau (
  bureau_id uuid primary key,
  code text not null unique,
  name text not null,
  name_en text not null,
  website text not null default '',
  privacy_contact text not null default '',
  created_at timestamptz not null default now()
);
select wanjia_protect('bureau', 'bureau');
-- Jobs go from bureau to bureau: the server itself, bound to none, may ask which there are.
create policy rounds on bureau for select
  using (current_setting('app.role', true) = 'system' and current_setting('app.bureau', true) = '');

-- For a change that started from what is no longer so: the whole transaction is tried again.
create function wanjia_conflict() returns integer language plpgsql stable as $$
begin
  raise exception 'changed meanwhile' using errcode = 'serialization_failure';
end $$;

-- Order of changes for phones that pull, and of records that phones push.
create sequence feed_seq;
create sequence sync_seq;
grant usage on sequence feed_seq, sync_seq to wanjia_app;

-- One row for each change and for each look at a personal field, saved with the change itself.
create table audit (
  bureau_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_role text not null,
  action text not null,
  subject_kind text not null,
  -- By its id; what has none (a version of a form, a plate) by what it is called.
  subject_id uuid,
  subject_name text,
  station_id uuid,
  purpose text,
  detail jsonb,
  primary key (bureau_id, id),
  check ((subject_id is null) <> (subject_name is null))
);
create index audit_subject on audit (bureau_id, subject_id);

-- Everybody adds to the trail, nobody changes it, auditors alone read it.
alter table audit enable row level security;
alter table audit force row level security;
create policy append on audit for insert
  with check (bureau_id = nullif(current_setting('app.bureau', true), '')::uuid);
create policy auditor on audit for select
  using (bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
    and current_setting('app.role', true) in ('auditor', 'system'));
create policy retention on audit for delete
  using (bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
    and current_setting('app.role', true) = 'system');
grant select, insert, delete on audit to wanjia_app;

-- Sign-in (better-auth's own tables: not divided by bureau, and out of reach of requests' role).
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  username text unique,
  "displayUsername" text,
  "bureauId" text not null,
  "memberId" text not null
);
create table auth_session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth_user (id) on delete cascade,
  "deviceId" text
);
create index auth_session_user on auth_session ("userId");
create table auth_account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_account_user on auth_account ("userId");
create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table auth_lockout (
  login text primary key,
  failures integer not null,
  first_at timestamptz not null,
  locked_until timestamptz
);
