-- Appointments: a time at which a resident expects the officer, asked for on the page of a door plate,
-- agreed at the door or at a desk. A wish belongs to a door; nobody's name is needed.

create table appointment (
  bureau_id uuid not null,
  id uuid not null,
  place_id uuid not null,
  building_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  from_at timestamptz not null,
  to_at timestamptz not null,
  state text not null check (state in ('asked', 'confirmed', 'kept', 'missed', 'cancelled')),
  origin text not null check (origin in ('page', 'door', 'desk', 'paper')),
  made_at timestamptz not null,
  -- When it came to its present state.
  changed_at timestamptz not null,
  primary key (bureau_id, id),
  check (from_at < to_at)
);
select wanjia_protect('appointment', 'beat');
create index appointment_time on appointment (bureau_id, from_at, id);
create index appointment_station on appointment (bureau_id, station_id, from_at, id);
create index appointment_beat on appointment (bureau_id, beat_id, from_at, id);
create index appointment_place on appointment (bureau_id, place_id, from_at);
-- What time will end.
create index appointment_open on appointment (bureau_id, to_at) where state in ('asked', 'confirmed');

-- How to tell the resident that another time is needed, where he wishes it; gone with the appointment.
create table appointment_contact (
  bureau_id uuid not null,
  appointment_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  phone_cipher bytea,
  phone_masked text,
  salutation_cipher bytea,
  consented_at timestamptz not null,
  primary key (bureau_id, appointment_id),
  foreign key (bureau_id, appointment_id) references appointment (bureau_id, id) on delete cascade
);
select wanjia_protect('appointment_contact', 'beat');

-- By what its receipt shows a wish is found again and taken back. The server alone looks here: a wish
-- for no visits stands in no list that anybody could read.
create table wish_receipt (
  bureau_id uuid not null,
  -- SHA-256 of what the receipt shows.
  look_hash bytea not null,
  place_id uuid not null,
  -- Null for a wish for no visits.
  appointment_id uuid,
  -- By the card left at the door, or by telephone at a desk.
  confirmed boolean not null,
  made_at timestamptz not null,
  taken_back_at timestamptz,
  expires_at timestamptz not null,
  primary key (bureau_id, look_hash)
);
select wanjia_protect('wish_receipt', 'bureau');
select wanjia_reserve('wish_receipt', 'system');
create index wish_receipt_expiry on wish_receipt (bureau_id, expires_at);
