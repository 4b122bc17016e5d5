-- Days off as announced year by year, where a bureau loaded them: in place of those that came with the
-- program, or behind them.
create table work_year (
  bureau_id uuid not null,
  year integer not null check (year between 2000 and 2200),
  holidays date[] not null,
  make_up_days date[] not null,
  -- The announcement.
  source text not null check (source <> ''),
  loaded_at timestamptz not null,
  -- Null: from the command line.
  loaded_by uuid,
  primary key (bureau_id, year),
  check (not holidays && make_up_days)
);
select wanjia_protect('work_year', 'bureau');
revoke delete on work_year from wanjia_app;
