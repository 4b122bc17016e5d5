-- Bureaus' own units, people and partners.

create table station (
  bureau_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  name_en text not null,
  short_name text not null,
  duty_phone text not null,
  address text not null default '',
  active boolean not null default true,
  primary key (bureau_id, id),
  unique (bureau_id, code)
);
select wanjia_protect('station', 'bureau');

create table beat (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  code text not null,
  name text not null,
  name_en text not null,
  -- Raised whenever places move into or out of the beat: phones then fetch it anew.
  epoch integer not null default 1,
  outline jsonb,
  active boolean not null default true,
  primary key (bureau_id, id),
  unique (bureau_id, code),
  foreign key (bureau_id, station_id) references station (bureau_id, id)
);
create index beat_station on beat (bureau_id, station_id);
select wanjia_protect('beat', 'bureau');

create table community (
  bureau_id uuid not null,
  id uuid not null,
  division_code text not null,
  name text not null,
  kind text not null check (kind in ('residents_committee', 'village_committee')),
  station_id uuid not null,
  beat_id uuid,
  active boolean not null default true,
  primary key (bureau_id, id),
  unique (bureau_id, division_code),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, beat_id) references beat (bureau_id, id)
);
create index community_station on community (bureau_id, station_id);
select wanjia_protect('community', 'bureau');

create table grid (
  bureau_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  beat_id uuid,
  code text not null,
  name text not null,
  primary key (bureau_id, id),
  unique (bureau_id, code),
  foreign key (bureau_id, community_id) references community (bureau_id, id),
  foreign key (bureau_id, beat_id) references beat (bureau_id, id)
);
create index grid_community on grid (bureau_id, community_id);
select wanjia_protect('grid', 'bureau');

create table member (
  bureau_id uuid not null,
  id uuid not null,
  -- Unique over all bureaux in auth_user; here within the bureau.
  login text not null,
  name text not null,
  number text not null,
  title text not null default '',
  sworn boolean not null,
  public_phone text not null default '',
  active boolean not null default true,
  primary key (bureau_id, id),
  unique (bureau_id, number),
  unique (bureau_id, login)
);
select wanjia_protect('member', 'bureau');

-- Who does what where, from a day and until a day (half-open).
create table posting (
  bureau_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  role text not null,
  station_id uuid,
  beat_id uuid,
  valid_from date not null,
  valid_to date,
  primary key (bureau_id, id),
  check (valid_to is null or valid_to > valid_from),
  check (beat_id is null or station_id is not null),
  foreign key (bureau_id, member_id) references member (bureau_id, id),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, beat_id) references beat (bureau_id, id)
);
create index posting_member on posting (bureau_id, member_id);
create index posting_beat on posting (bureau_id, beat_id);
select wanjia_protect('posting', 'bureau');

-- One community, one officer (一村一民警).
create table liaison (
  bureau_id uuid not null,
  id uuid not null,
  community_id uuid not null,
  member_id uuid not null,
  valid_from date not null,
  valid_to date,
  primary key (bureau_id, id),
  check (valid_to is null or valid_to > valid_from),
  foreign key (bureau_id, community_id) references community (bureau_id, id),
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
create index liaison_community on liaison (bureau_id, community_id);
select wanjia_protect('liaison', 'bureau');

create table partner (
  bureau_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  phone text not null default '',
  active boolean not null default true,
  primary key (bureau_id, id)
);
select wanjia_protect('partner', 'bureau');
