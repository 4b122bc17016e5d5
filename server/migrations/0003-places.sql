-- The address register: divisions, places, their other names, door plates, and imports from files.
-- A place is a place: no column here names, counts or describes the people in it (docs/restraint.md).

create table division (
  bureau_id uuid not null,
  code text not null,
  name text not null,
  level text not null check (level in ('province', 'city', 'county', 'township', 'community')),
  parent_code text,
  urban_rural_class text check (urban_rural_class in ('111', '112', '121', '122', '123', '210', '220')),
  valid_from date not null,
  -- First day it no longer holds.
  valid_to date,
  successors text[] not null default '{}',
  -- A code may be given out again; the day tells which one is meant.
  primary key (bureau_id, code, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
create index division_parent on division (bureau_id, parent_code);
select wanjia_protect('division', 'bureau');

create table place (
  bureau_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('estate', 'compound', 'building', 'entrance', 'floor', 'dwelling_unit', 'shop', 'site', 'rural_house', 'organisation')),
  station_id uuid not null,
  -- Null for an estate or a building that lies in several beats.
  beat_id uuid,
  grid_id uuid,
  community_id uuid,
  parent_id uuid,
  -- The building above; a house, shop or site outside any building is its own.
  building_id uuid,
  -- Opaque code of the civil-affairs register.
  std_code text,
  -- Parts of the address in their normal form (domain/places/normalise.ts).
  street text collate "C",
  door_no text,
  estate_name text collate "C",
  building_no text,
  entrance_no text,
  floor_no text,
  unit_no text,
  -- The board over the door of a shop, an organisation, a site.
  name text collate "C",
  full_text text not null,
  -- Sorts bytewise the way a street is walked; equal for two spellings of one address.
  sort_key text collate "C" not null,
  use text check (use in ('residential', 'commercial', 'mixed', 'public', 'under_construction', 'demolished')),
  status text not null check (status in ('created', 'confirmed', 'merged', 'split', 'cancelled')),
  valid_from date not null,
  valid_to date,
  replaced_by uuid[] not null default '{}',
  attributes jsonb not null default '{}',
  changed_tx xid8 not null default pg_current_xact_id(),
  changed_seq bigint not null default nextval('feed_seq'),
  primary key (bureau_id, id),
  check ((valid_to is null) = (status in ('created', 'confirmed'))),
  check (valid_to is null or valid_to >= valid_from)
  -- No foreign key to station, beat or parent: none of them is ever deleted, so none could dangle, and
  -- the check of each row took a quarter of the time of a large import.
);
-- One living row for an address: what makes an import idempotent and a duplicate impossible.
create unique index place_address on place (bureau_id, community_id, sort_key, kind) nulls not distinct
  where status in ('created', 'confirmed');
create index place_feed on place (bureau_id, beat_id, changed_tx, changed_seq);
create index place_building on place (bureau_id, building_id, sort_key, id);
create index place_parent on place (bureau_id, parent_id);
create index place_std_code on place (bureau_id, std_code) where std_code is not null;
-- Lists, in the order of a walk; the columns behind let counting stay in the index.
create index place_list on place (bureau_id, sort_key, id) include (kind, status, station_id, beat_id);
create index place_station_list on place (bureau_id, station_id, sort_key, id) include (kind, status, beat_id);
create index place_beat_list on place (bureau_id, beat_id, sort_key, id) include (kind, status, station_id);
-- Of all that are no homes there are few.
create index place_kind_list on place (bureau_id, kind, sort_key, id) include (status, station_id, beat_id)
  where kind <> 'dwelling_unit';
-- Search goes by the beginning of a name; rooms are found through their building.
create index place_estate_name on place (bureau_id, estate_name)
  where estate_name is not null and kind in ('estate', 'compound', 'building', 'shop', 'site', 'organisation');
create index place_street on place (bureau_id, street)
  where street is not null and kind in ('building', 'rural_house', 'shop', 'site', 'organisation');
create index place_name on place (bureau_id, name) where name is not null;
select wanjia_protect('place', 'beat');
revoke delete on place from wanjia_app;

-- Old names, what people call it, the plate before renumbering. Never a reason to find a person.
create table place_alias (
  bureau_id uuid not null,
  place_id uuid not null,
  text text collate "C" not null,
  kind text not null check (kind in ('old_name', 'colloquial', 'old_plate', 'imported')),
  station_id uuid not null,
  beat_id uuid,
  primary key (bureau_id, place_id, text),
  foreign key (bureau_id, place_id) references place (bureau_id, id)
);
create index place_alias_text on place_alias (bureau_id, text);
select wanjia_protect('place_alias', 'beat');

-- The code on a door plate: opaque, checked by four signs (domain/places/plate.ts).
create table plate (
  bureau_id uuid not null,
  id text not null check (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[0-9A-HJKMNP-TV-Z]{4}$'),
  place_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  issued_at timestamptz not null,
  issued_by uuid not null,
  withdrawn_at timestamptz,
  primary key (bureau_id, id),
  foreign key (bureau_id, place_id) references place (bureau_id, id)
);
create index plate_place on plate (bureau_id, place_id);
select wanjia_protect('plate', 'beat');
-- Who holds the code in his hand may ask whose it is, without a session, and no other code.
create policy bearer on plate for select
  using (id = nullif(current_setting('app.plate', true), ''));

-- One file of places or divisions on its way in.
create table place_import (
  bureau_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('addresses', 'divisions')),
  state text not null check (state in ('uploading', 'uploaded', 'queued', 'running', 'applying', 'done', 'refused', 'failed')),
  file_name text not null,
  format text not null check (format in ('csv', 'xlsx')),
  bytes bigint not null default 0,
  header jsonb not null default '[]',
  mapping jsonb not null default '{}',
  sample jsonb not null default '[]',
  rows_read integer not null default 0,
  bytes_read bigint not null default 0,
  problems integer not null default 0,
  result jsonb,
  member_id uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (bureau_id, id)
);
create index place_import_recent on place_import (bureau_id, created_at, id);
select wanjia_protect('place_import', 'bureau');

-- The file while it waits for its job, which may run on another machine. Gone when the job ends.
create table place_import_chunk (
  bureau_id uuid not null,
  import_id uuid not null,
  seq integer not null,
  data bytea not null,
  primary key (bureau_id, import_id, seq),
  foreign key (bureau_id, import_id) references place_import (bureau_id, id)
);
select wanjia_protect('place_import_chunk', 'bureau');

-- What is wrong with which row. Holds the name of the column, never what stood in the cell.
create table place_import_problem (
  bureau_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  seq integer not null,
  field text not null,
  code text not null,
  primary key (bureau_id, import_id, row_no, seq),
  foreign key (bureau_id, import_id) references place_import (bureau_id, id)
);
select wanjia_protect('place_import_problem', 'bureau');

-- Rows read and found good, waiting until the whole file is. Not logged: after a crash the import
-- starts again from the file. No key: each row is written once and read once.
create unlogged table place_import_row (
  bureau_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  kind text not null,
  station_id uuid not null,
  beat_id uuid,
  grid_id uuid,
  community_id uuid,
  parent_kind text,
  parent_key text collate "C",
  building_key text collate "C",
  building_kind text,
  std_code text,
  street text,
  door_no text,
  estate_name text,
  building_no text,
  entrance_no text,
  floor_no text,
  unit_no text,
  name text,
  full_text text not null,
  sort_key text collate "C" not null,
  use text,
  alias text,
  valid_from date,
  attributes jsonb,
  -- Told by the address of a place below it, not a row of the file.
  derived boolean not null
);
create index place_import_row_import on place_import_row using brin (import_id);
select wanjia_protect('place_import_row', 'beat');
