-- What a resident holds in hand: receipts by which a matter is followed without an account, and photos
-- of places that came with it.

create table matter_receipt (
  bureau_id uuid not null,
  -- SHA-256 of what the receipt shows; the receipt itself is kept nowhere.
  look_hash bytea not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  -- Of the plate that it came in by: so many from one building in an hour, and no more.
  building_id uuid,
  source text not null check (source in ('page', 'plain', 'desk')),
  -- The member who gave it; nobody where it was made on the resident's phone.
  issued_by uuid,
  issued_at timestamptz not null,
  primary key (bureau_id, look_hash),
  check ((source = 'desk') = (issued_by is not null)),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
select wanjia_protect('matter_receipt', 'beat');
revoke update, delete on matter_receipt from wanjia_app;
create index matter_receipt_matter on matter_receipt (bureau_id, matter_id);
create index matter_receipt_flood on matter_receipt (bureau_id, station_id, issued_at);

-- Photos of places, encrypted with the server's field key; gone six months after the matter ended.
create table matter_photo (
  bureau_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  sealed bytea not null,
  received_at timestamptz not null,
  primary key (bureau_id, id),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
select wanjia_protect('matter_photo', 'beat');
revoke update on matter_photo from wanjia_app;
create index matter_photo_matter on matter_photo (bureau_id, matter_id);
