-- What residents may say about visits and about their data.

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

-- What somebody asks about his own data, and what he was answered: with those who answer alone. What
-- concerns a complaint about the police goes to whom that goes; whom it is about learns nothing.
create table data_request (
  bureau_id uuid not null,
  id uuid not null,
  version integer not null,
  handled_by text not null check (handled_by in ('dpo', 'inspectorate', 'feedback_centre')),
  -- SHA-256 of what the receipt shows by which it is followed: the matter's own, or one made for it.
  look_hash bytea not null,
  subject_kind text not null check (subject_kind in ('matter', 'complaint', 'tip', 'appointment', 'wish', 'none')),
  subject_id uuid,
  -- Under which the matter is asked for on the phone.
  number text,
  station_id uuid,
  kind text not null check (kind in ('copy', 'correction', 'deletion', 'explanation')),
  origin text not null check (origin in ('page', 'desk', 'paper')),
  state text not null check (state in ('received', 'decided')),
  decision text check (decision in ('granted', 'partly', 'refused')),
  -- With the server's field key.
  sealed_text bytea not null,
  sealed_answer bytea,
  received_at timestamptz not null,
  -- 'infinity' where the holidays of that time aren't announced yet.
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (bureau_id, id),
  check ((state = 'decided') = (decided_at is not null)),
  -- Nobody is refused, or granted, anything without being told.
  check ((decision is not null) = (sealed_answer is not null) and (decision is not null) = (state = 'decided'))
);
select wanjia_protect('data_request', 'bureau');
select wanjia_handled('data_request');
revoke delete on data_request from wanjia_app;
create index data_request_look on data_request (bureau_id, look_hash);
create index data_request_due on data_request (bureau_id, handled_by, due_at, id);
create index data_request_received on data_request (bureau_id, received_at);
