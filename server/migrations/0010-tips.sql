-- Tips: sealed on their way to the unit that handles the case. Nothing here names a place, a visit,
-- a member who was told, an address on the network or the one who wrote.

-- The roles that may see a table at all, beside the bureau: a second condition on top of `scope`.
create function wanjia_reserve(table_name text, roles text) returns void
language plpgsql as $$
begin
  execute format('create policy reserved on %I as restrictive using (current_setting(''app.role'', true) = any (string_to_array(%L, '',''))) with check (current_setting(''app.role'', true) = any (string_to_array(%L, '','')))', table_name, roles, roles);
end
$$;

create table tip_unit (
  bureau_id uuid not null,
  id uuid not null,
  name text not null,
  name_en text not null,
  active boolean not null,
  primary key (bureau_id, id)
);
select wanjia_protect('tip_unit', 'bureau');

-- Who keeps a unit's tips. His own key rests here closed by his passphrase.
create table tip_keeper (
  bureau_id uuid not null,
  unit_id uuid not null,
  member_id uuid not null,
  public_key bytea,
  salt bytea,
  rounds integer,
  wrapped bytea,
  primary key (bureau_id, unit_id, member_id),
  check ((public_key is null) = (wrapped is null)),
  foreign key (bureau_id, unit_id) references tip_unit (bureau_id, id),
  foreign key (bureau_id, member_id) references member (bureau_id, id)
);
select wanjia_protect('tip_keeper', 'bureau');
select wanjia_reserve('tip_keeper', 'system,business_unit,sys_admin,security_admin');

-- A unit's keys: the newest is its address, older ones open what was sealed to them. The private key
-- is nowhere: each keeper holds a share, sealed to his own key, and two give it back.
create table tip_key (
  bureau_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  number integer not null,
  public_key bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  retired_at timestamptz,
  primary key (bureau_id, id),
  unique (bureau_id, unit_id, number),
  foreign key (bureau_id, unit_id) references tip_unit (bureau_id, id)
);
select wanjia_protect('tip_key', 'bureau');
select wanjia_reserve('tip_key', 'system,business_unit');

create table tip_share (
  bureau_id uuid not null,
  key_id uuid not null,
  unit_id uuid not null,
  member_id uuid not null,
  sealed bytea not null,
  primary key (bureau_id, key_id, member_id),
  foreign key (bureau_id, key_id) references tip_key (bureau_id, id),
  -- Who keeps the unit no longer takes no share with him.
  foreign key (bureau_id, unit_id, member_id) references tip_keeper (bureau_id, unit_id, member_id) on delete cascade
);
create index tip_share_keeper on tip_share (bureau_id, unit_id, member_id);
select wanjia_protect('tip_share', 'bureau');
select wanjia_reserve('tip_share', 'system,business_unit');

-- One keeper's leave to open, by the consent of another. The share that was handed over is sealed to
-- a key that lives in the asking browser's page and nowhere else.
create table tip_opening (
  bureau_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  key_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  session_key bytea not null,
  granted_by uuid,
  sealed_share bytea,
  expires_at timestamptz not null,
  primary key (bureau_id, id),
  check ((granted_by is null) = (sealed_share is null)),
  check (granted_by is distinct from asked_by),
  foreign key (bureau_id, key_id) references tip_key (bureau_id, id)
);
select wanjia_protect('tip_opening', 'bureau');
select wanjia_reserve('tip_opening', 'system,business_unit');
create index tip_opening_expiry on tip_opening (bureau_id, expires_at);

-- The row of a tip. Times that would match it with a visit are to the hour, in the id too.
create table tip (
  bureau_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  key_id uuid not null,
  category text not null,
  received_at timestamptz not null check (extract(epoch from received_at)::bigint % 3600 = 0),
  wants_answer boolean not null,
  state text not null check (state in ('received', 'transferred', 'answered')),
  routed_at timestamptz,
  answer_given_at timestamptz,
  -- SHA-256 of what the receipt shows; the receipt itself is with its owner alone.
  look_hash bytea not null,
  -- Answers are sealed to it; its other half comes out of the receipt.
  reply_key bytea not null,
  -- Until the receiving unit has taken it over.
  sealed bytea,
  sealed_answer bytea,
  primary key (bureau_id, id),
  unique (bureau_id, look_hash),
  check ((sealed is not null) = (state = 'received')),
  check ((routed_at is not null) = (state <> 'received')),
  check ((sealed_answer is not null) = (state = 'answered')),
  foreign key (bureau_id, key_id) references tip_key (bureau_id, id)
);
select wanjia_protect('tip', 'bureau');
select wanjia_reserve('tip', 'system,business_unit');
create index tip_received on tip (bureau_id, unit_id, received_at, id) include (state, category);
create index tip_waiting on tip (bureau_id, key_id) where state = 'received';
create index tip_routed on tip (bureau_id, routed_at) where routed_at is not null;
