-- A matter may end with the emergency line: somebody is in danger, and 110 has it.

alter table matter drop constraint matter_disposition_check;
alter table matter add constraint matter_disposition_check
  check (disposition in ('closed', 'closed_referred', 'declined', 'withdrawn', 'merged', 'handed_to_110'));
alter table matter drop constraint matter_check;
alter table matter add constraint matter_check
  check ((disposition is not null) = (state in ('closed', 'withdrawn', 'handed_to_110')));
