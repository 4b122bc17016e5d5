-- Answers on their way to residents. No number stands here: it is looked up with the matter when a
-- text goes out, and the words themselves go thirty days after that.

create table message (
  bureau_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  -- The event of the matter that it carries; a question carries none.
  event_seq integer,
  station_id uuid not null,
  beat_id uuid,
  purpose text not null check (purpose in ('answer', 'interim', 'callback', 'reminder')),
  channel text not null check (channel in ('sms', 'letter', 'notice_board')),
  state text not null check (state in ('queued', 'held', 'sending', 'sent', 'delivered', 'failed', 'shown', 'cancelled')),
  -- Why it is held, or why it failed.
  reason text,
  not_before timestamptz not null,
  attempts integer not null,
  attempted_at timestamptz,
  sent_at timestamptz,
  ended_at timestamptz,
  by_hand boolean not null,
  -- The gateway's names for its pieces, and whether each arrived.
  parts jsonb not null,
  reply text check (reply in ('0', '1', '2', '3', '4', '5', 'T', 'words')),
  replied_at timestamptz,
  -- A keyed hash of the number, to find the question that a reply belongs to. Gone with the words.
  number_hash bytea,
  -- The words, encrypted.
  text_cipher bytea,
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (bureau_id, id),
  -- One answer is one message.
  unique (bureau_id, matter_id, event_seq),
  check ((state in ('held', 'failed')) = (reason is not null)),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
select wanjia_protect('message', 'beat');
revoke delete on message from wanjia_app;
create index message_made on message (bureau_id, made_at, id)
  include (state, channel, purpose, station_id, beat_id);
create index message_station on message (bureau_id, station_id, made_at, id)
  include (state, channel, purpose, beat_id);
-- What a person or the clock still has to do with: few, whatever the table grows to.
create index message_todo on message (bureau_id, made_at, id)
  include (state, channel, station_id, beat_id)
  where state in ('held', 'failed') or state = 'queued' and channel <> 'sms';
create index message_due on message (bureau_id, not_before, id) where state = 'queued' and channel = 'sms';
create index message_sending on message (bureau_id, attempted_at) where state = 'sending';
create index message_parts on message using gin (parts jsonb_path_ops) where state = 'sent';
create index message_asked on message (bureau_id, number_hash, sent_at)
  where purpose in ('callback', 'reminder') and number_hash is not null;
create index message_unanswered on message (bureau_id, sent_at, id)
  where purpose = 'callback' and reply is null and state in ('sent', 'delivered');
create index message_kept on message (bureau_id, coalesce(ended_at, sent_at)) where text_cipher is not null;

-- How often a number was asked in a quarter: nobody is asked more than three times. The number itself
-- is not there, and nothing leads from here to a matter.
create table asked_number (
  bureau_id uuid not null,
  number_hash bytea not null,
  quarter text not null,
  contacts integer not null,
  primary key (bureau_id, number_hash, quarter)
);
select wanjia_protect('asked_number', 'bureau');

-- Numbers whose owners want no texts.
create table silent_number (
  bureau_id uuid not null,
  number_hash bytea not null,
  since timestamptz not null,
  primary key (bureau_id, number_hash)
);
select wanjia_protect('silent_number', 'bureau');
