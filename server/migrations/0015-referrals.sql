-- Matters in the hands of bodies outside of the police, and the table that says whose hands.

alter table matter drop constraint matter_disposition_check;
alter table matter add constraint matter_disposition_check
  check (disposition in ('closed', 'closed_referred', 'declined', 'withdrawn'));

-- The body for which a partner answers.
alter table posting add column partner_id uuid;
alter table posting add foreign key (bureau_id, partner_id) references partner (bureau_id, id);
alter table posting add check ((partner_id is not null) = (role = 'partner'));

-- All that a body outside of the police gets to see, written down beside the matter: the place and the
-- problem, never who said it. One row for each time that it was sent.
create table referral (
  bureau_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  -- Of the matter's event that sent it.
  seq integer not null,
  station_id uuid not null,
  beat_id uuid,
  partner_id uuid not null,
  number text not null,
  kind text not null,
  subtype text not null,
  -- Disputes that must not be mediated: the body says that it isn't, and where to go instead.
  suitable boolean,
  place text not null,
  station_name text not null,
  duty_phone text not null,
  basis text not null,
  law text,
  text text not null,
  -- The resident agreed that the body may have his number.
  contact boolean not null,
  state text not null check (state in ('sent', 'accepted', 'returned', 'recalled', 'answered')),
  arbitrated boolean not null,
  -- When the next word of the body is due.
  due_at timestamptz,
  sent_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  outcome text,
  reason text,
  said text not null default '',
  -- A link for a body without an account: only the hash of its secret is kept.
  link_hash bytea,
  link_expires_at timestamptz,
  primary key (bureau_id, id),
  unique (bureau_id, matter_id, seq),
  check ((link_hash is null) = (link_expires_at is null)),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id),
  foreign key (bureau_id, partner_id) references partner (bureau_id, id)
);
select wanjia_protect('referral', 'beat');
revoke delete on referral from wanjia_app;
-- A partner's session has no bureau (app.bureau is empty), so that every table is shut to it but this
-- one, where it sees what was sent to its own body, and the audit, to which it adds.
create policy partner on referral for select
  using (bureau_id = nullif(current_setting('app.partner_bureau', true), '')::uuid
    and partner_id = nullif(current_setting('app.partner', true), '')::uuid);
create policy partner_append on audit for insert
  with check (bureau_id = nullif(current_setting('app.partner_bureau', true), '')::uuid);
create index referral_partner on referral (bureau_id, partner_id, sent_at, id) include (state);
create index referral_link on referral (bureau_id, link_hash) where link_hash is not null;
