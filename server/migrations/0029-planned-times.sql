-- Times that a resident may be offered, because an officer is near by then anyway: worked out with each
-- day's plan, so that a page anybody can ask for never plans anything itself.
create table booking_offer (
  bureau_id uuid not null,
  campaign_id uuid not null,
  station_id uuid not null,
  beat_id uuid not null,
  -- As the counts name it: a building, or a row of houses by themselves.
  building text not null,
  -- Doors of a row, each with a page of its own; none where the building is a place itself.
  doors uuid[] not null,
  -- Beginnings, as [day, minute].
  times jsonb not null,
  made_at timestamptz not null,
  primary key (bureau_id, campaign_id, beat_id, building),
  foreign key (bureau_id, campaign_id) references campaign (bureau_id, id) on delete cascade
);
create index booking_offer_building on booking_offer (bureau_id, beat_id, building);
select wanjia_protect('booking_offer', 'beat');

-- A beat is entered at the building nearest to its station; where nobody said where that is, at its first.
alter table station add column point jsonb;
-- Where the beat is entered: from there the ways of a walk are counted.
alter table walk add column begins text not null default 'first_building' check (begins in ('near_station', 'first_building'));
