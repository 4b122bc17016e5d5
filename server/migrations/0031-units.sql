-- A business unit has no beat and no station: of all matters it sees those that are in its hands.
create policy assigned on matter for select
  using (bureau_id = nullif(current_setting('app.bureau', true), '')::uuid
    and current_setting('app.role', true) = 'business_unit'
    and nullif(current_setting('app.member', true), '')::uuid in (responsible_id, assignee_id));
