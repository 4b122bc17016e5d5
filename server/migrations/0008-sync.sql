-- Phones, and the ledger of every command they sent.

create table device (
  bureau_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  protocol smallint not null,
  registered_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  primary key (bureau_id, id),
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
create index device_member on device (bureau_id, member_id);
select wanjia_protect('device', 'bureau');

-- One push that brought something new: who sent it, from which phone, when it arrived, how wrong
-- that phone's clock was, and one signature over all that was accepted. `leaves` are the Merkle
-- leaves, 32 bytes each, from which every receipt can be given again.
create table sync_batch (
  bureau_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  device_id uuid not null,
  received_at timestamptz not null,
  clock_error_ms bigint not null,
  via_desk boolean not null,
  leaves bytea,
  root bytea,
  key_id text,
  signature bytea,
  primary key (bureau_id, id),
  check ((leaves is null) = (signature is null))
);
select wanjia_protect('sync_batch', 'bureau');

-- Each command is decided once; this is the decision. `leaf` is its place in the batch's leaves,
-- `refusal` why it was refused, `hash` is empty for one that was replaced before it arrived.
-- No foreign keys: a batch and its commands are written by one statement, and a check for each row
-- would cost more than the row.
create table sync_command (
  bureau_id uuid not null,
  id uuid not null,
  hash bytea not null,
  seq bigint not null,
  batch_id uuid not null,
  device_id uuid not null,
  leaf smallint,
  refusal jsonb,
  primary key (bureau_id, id),
  check ((leaf is null) <> (refusal is null))
);
-- For reconciling the ledger of one phone by ranges of ids.
create index sync_command_device on sync_command (bureau_id, device_id, id);
select wanjia_protect('sync_command', 'bureau');
