-- Recovered property: what may go back to its owner, by its number in the ledger. Nothing of the case,
-- of those it is about, or of who the owner is; how to reach him is sealed apart.

create table return_meeting (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  venue text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  slot_minutes integer not null check (slot_minutes > 0),
  -- Items of one slot.
  seats integer not null check (seats > 0),
  cancelled boolean not null,
  primary key (bureau_id, id),
  check (from_at < to_at),
  foreign key (bureau_id, station_id) references station (bureau_id, id)
);
create index return_meeting_from on return_meeting (bureau_id, from_at, id);
select wanjia_protect('return_meeting', 'station');
revoke delete on return_meeting from wanjia_app;

create table property_item (
  bureau_id uuid not null,
  id uuid not null,
  station_id uuid not null,
  -- Number in the e-ledger of the case system.
  register_no text not null,
  item_class text not null,
  count integer not null check (count > 0),
  -- For the figures; screens show a band of it.
  value_yuan bigint not null check (value_yuan >= 0),
  state text not null,
  -- Sequence number of the last event.
  version integer not null,
  told_on date,
  -- The last day to collect it; 'infinity' before anybody was told and after the end, so that a list sorts by it.
  collect_by date not null,
  meeting_id uuid,
  slot_at timestamptz,
  lapsed_on date,
  returned_on date,
  imported_at timestamptz not null,
  ended_at timestamptz,
  -- The item as its events made it.
  body jsonb not null,
  primary key (bureau_id, id),
  unique (bureau_id, station_id, register_no),
  check ((meeting_id is null) = (slot_at is null)),
  check ((state = 'returned') = (returned_on is not null)),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, meeting_id) references return_meeting (bureau_id, id)
);
create index property_item_due on property_item (bureau_id, collect_by, id);
create index property_item_imported on property_item (bureau_id, imported_at, id);
create index property_item_number on property_item (bureau_id, register_no, id);
create index property_item_meeting on property_item (bureau_id, meeting_id, slot_at) where meeting_id is not null;
select wanjia_protect('property_item', 'station');
revoke delete on property_item from wanjia_app;

create table property_event (
  bureau_id uuid not null,
  item_id uuid not null,
  seq integer not null,
  station_id uuid not null,
  at timestamptz not null,
  -- Null where time did it.
  member_id uuid,
  type text not null,
  body jsonb not null,
  primary key (bureau_id, item_id, seq),
  foreign key (bureau_id, item_id) references property_item (bureau_id, id)
);
select wanjia_protect('property_event', 'station');
revoke update, delete on property_event from wanjia_app;

-- How to reach an owner, sealed with the key of the installation; gone thirty days after the end.
create table property_contact (
  bureau_id uuid not null,
  item_id uuid not null,
  station_id uuid not null,
  phone_cipher bytea,
  phone_masked text,
  salutation_cipher bytea,
  -- Null while the item has not ended.
  expires_at timestamptz,
  primary key (bureau_id, item_id),
  check (phone_cipher is not null or salutation_cipher is not null),
  foreign key (bureau_id, item_id) references property_item (bureau_id, id)
);
create index property_contact_expires on property_contact (bureau_id, expires_at) where expires_at is not null;
select wanjia_protect('property_contact', 'station');
select wanjia_reserve('property_contact', 'system,community_officer,seconded_officer,station_leader');
