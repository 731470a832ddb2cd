-- Counts that are kept, not counted: each statement appends what it changed, and now and then the appended rows
-- are folded into the tallies. No row is shared between writers, so nothing waits. A tally is the sum of both.

create table tallies (
  what text not null,
  target_id integer not null,
  n bigint not null,
  primary key (what, target_id)
) with (fillfactor = 50);

create table tally_changes (
  what text not null,
  target_id integer not null,
  n bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create function tally_jobs() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into tally_changes select phase, target_id, count(*) from added group by phase, target_id;
  elsif tg_op = 'DELETE' then
    insert into tally_changes select phase, target_id, -count(*) from removed group by phase, target_id;
  else
    insert into tally_changes
      select phase, target_id, sum(n)
      from (
        select phase, target_id, 1 as n from added
        union all
        select phase, target_id, -1 from removed
      ) as changed
      group by phase, target_id
      having sum(n) <> 0;
  end if;
  return null;
end $$;

create trigger tally_added after insert on jobs
  referencing new table as added for each statement execute function tally_jobs();
create trigger tally_removed after delete on jobs
  referencing old table as removed for each statement execute function tally_jobs();
create trigger tally_changed after update on jobs
  referencing old table as removed new table as added for each statement execute function tally_jobs();

create function tally_rows() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into tally_changes select tg_argv[0], 0, count(*) from added having count(*) > 0;
  else
    insert into tally_changes select tg_argv[0], 0, -count(*) from removed having count(*) > 0;
  end if;
  return null;
end $$;

create trigger tally_added after insert on packages
  referencing new table as added for each statement execute function tally_rows('packages');
create trigger tally_removed after delete on packages
  referencing old table as removed for each statement execute function tally_rows('packages');
create trigger tally_added after insert on versions
  referencing new table as added for each statement execute function tally_rows('versions');
create trigger tally_removed after delete on versions
  referencing old table as removed for each statement execute function tally_rows('versions');
