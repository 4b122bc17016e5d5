-- A photo shows the place as somebody reported it, or as it was left by whoever put it right: beside the
-- word of whoever reported it, the second clears a hazard.
alter table matter_photo add column shows text not null default 'as_reported'
  check (shows in ('as_reported', 'put_right'));
