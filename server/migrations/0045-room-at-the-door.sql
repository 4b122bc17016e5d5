-- A door's row doubles with its first visit. A page that keeps room for it takes the new version in
-- place: less log a visit, and no second page to lock.
alter table door set (fillfactor = 45);
