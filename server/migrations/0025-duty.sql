-- A station's day, read and signed off by its leader the morning after (一日清).

create table station_day (
  bureau_id uuid not null,
  station_id uuid not null,
  day date not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  -- As they were counted when it was signed (domain/duty/terms.ts).
  figures jsonb not null,
  -- Matters of the day that nobody had touched, each with its reason: [{"matterId", "why"}].
  left_over jsonb not null,
  note text,
  primary key (bureau_id, station_id, day),
  foreign key (bureau_id, station_id) references station (bureau_id, id),
  foreign key (bureau_id, signed_by) references member (bureau_id, id)
);
select wanjia_protect('station_day', 'station');
revoke update, delete on station_day from wanjia_app;
