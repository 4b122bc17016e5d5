-- Hazards: what the competent body decides of their grade, the same at the same place, and the lot.

alter table matter drop constraint matter_grade_check;
alter table matter add constraint matter_grade_check check (grade in ('ordinary', 'major_candidate', 'major'));

-- The same at the same place, cleared not long ago.
create index matter_hazard_here on matter (bureau_id, place_id, subtype, cleared_at)
  where kind = 'hazard' and cleared_at is not null;

-- A week's lot: of what was cleared in it, a tenth is looked at once more. Its id is the seed, so that
-- it can be drawn again.
create table hazard_lot (
  bureau_id uuid not null,
  id uuid not null,
  -- The Monday.
  week date not null,
  cleared integer not null,
  drawn integer not null,
  drawn_at timestamptz not null,
  primary key (bureau_id, id),
  unique (bureau_id, week)
);
select wanjia_protect('hazard_lot', 'bureau');
revoke update, delete on hazard_lot from wanjia_app;

create table hazard_lot_item (
  bureau_id uuid not null,
  lot_id uuid not null,
  matter_id uuid not null,
  station_id uuid not null,
  beat_id uuid,
  primary key (bureau_id, lot_id, matter_id),
  foreign key (bureau_id, lot_id) references hazard_lot (bureau_id, id),
  foreign key (bureau_id, matter_id) references matter (bureau_id, id)
);
select wanjia_protect('hazard_lot_item', 'beat');
revoke update, delete on hazard_lot_item from wanjia_app;
