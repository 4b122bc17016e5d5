-- Campaigns: a period, the places it is about, who goes, what is handed out.

create table campaign (
  bureau_id uuid not null,
  id uuid not null,
  version integer not null,
  state text not null check (state in ('draft', 'open', 'closed')),
  name text not null,
  name_en text not null,
  track text not null check (track in ('outreach', 'hazard_survey', 'research')),
  aim text not null,
  -- The last day belongs to the period.
  starts_on date not null,
  ends_on date not null,
  phases jsonb not null,
  -- Kinds of place, communities and beats; no areas means all of the stations.
  target jsonb not null,
  leaflets jsonb not null,
  devices jsonb not null,
  sampling_plan boolean not null,
  created_by uuid,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz,
  primary key (bureau_id, id),
  check (ends_on >= starts_on)
);
create index campaign_start on campaign (bureau_id, starts_on, id);
select wanjia_protect('campaign', 'bureau');

create table campaign_station (
  bureau_id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  primary key (bureau_id, campaign_id, station_id),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade,
  foreign key (bureau_id, station_id) references station (bureau_id, id)
);
select wanjia_protect('campaign_station', 'bureau');

-- A form as the bureau adopted it, with its legal marks. Never changed: a change is a new version.
create table form (
  bureau_id uuid not null,
  code text not null check (code in ('form_household', 'form_shop', 'form_community', 'form_organisation')),
  version integer not null,
  definition jsonb not null,
  expires_on date not null,
  adopted_by uuid,
  adopted_at timestamptz not null,
  primary key (bureau_id, code, version)
);
select wanjia_protect('form', 'bureau');
revoke update, delete on form from wanjia_app;

create table campaign_form (
  bureau_id uuid not null,
  campaign_id uuid not null,
  form_code text not null,
  form_version integer not null,
  primary key (bureau_id, campaign_id, form_code, form_version),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
select wanjia_protect('campaign_form', 'bureau');

create table team (
  bureau_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  name text not null,
  primary key (bureau_id, id),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade,
  foreign key (bureau_id, station_id) references station (bureau_id, id)
);
create index team_campaign on team (bureau_id, campaign_id);
select wanjia_protect('team', 'bureau');

create table team_member (
  bureau_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (bureau_id, team_id, member_id),
  foreign key (bureau_id, team_id) references team (bureau_id, id) on delete cascade,
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
create index team_member_member on team_member (bureau_id, member_id);
select wanjia_protect('team_member', 'bureau');
