-- How a home is used is written by officers of its beat, as the table has always said, and by desks for
-- their own stations. The first policy let any officer of the station write it.
drop policy noted on occupancy;
create policy noted on occupancy for insert with check (
  bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
  and case current_setting('app.scope', true)
    when 'bureau' then true
    when 'station' then station_id = any (string_to_array(current_setting('app.stations', true), ',')::uuid[])
    when 'beat' then beat_id = any (string_to_array(current_setting('app.beats', true), ',')::uuid[])
    else false
  end);
