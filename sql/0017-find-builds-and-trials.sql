-- Builds are looked for from the newest back, by how they ended and why; most end well, and those are met without an index.
create index attempts_of_outcome on attempts (outcome, attempt_id) where outcome <> 'success';
create index attempts_of_reason on attempts (reason_kind, attempt_id) where reason_kind is not null;

-- Attempts are numbered as they begin, or within moments of it: where a time begins among them is found by halving, without an index
-- that each attempt would have to be entered in.
create function first_attempt_since(since timestamptz) returns bigint language plpgsql stable parallel safe as $$
declare
  low bigint := 0;
  high bigint;
  middle bigint;
  begun timestamptz;
begin
  select coalesce(max(attempt_id), 0) + 1 into high from attempts;
  while low < high loop
    middle := (low + high) / 2;
    select started_at into begun from attempts where attempt_id >= middle order by attempt_id limit 1;
    if begun is null or begun >= since then
      high := middle;
    else
      low := middle + 1;
    end if;
  end loop;
  return low;
end $$;

-- What one slave is to try, until an attempt at it ended, that slave left, or it has had no time for it long enough. The job's needs are
-- those of its package and the slave's own label, so that nobody else is given it.
create table trials (
  version_id integer not null references versions on delete cascade,
  target_id integer not null references targets,
  slave_id integer not null references slaves,
  need_id integer not null references needs,
  by text not null check (length(by) between 1 and 200),
  at timestamptz not null default now(),
  primary key (version_id, target_id)
);
