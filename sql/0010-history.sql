-- How the farm, its slaves and its targets were, from the last ten seconds to the last month.

-- A row is a piece of one subject's history: a minute in steps of 10 s, an hour in steps of 1 min, or a day in steps of 15 min.
-- Rows are added once a piece and never grow, so that the cost of keeping them is that of a row a minute a subject; full
-- pieces are rolled up into the next, and rows too fine for their age go. A step that nobody saw is null in `building`, and so
-- is every figure of it; a counter that is null counted nothing in the steps that somebody saw.
create table history (
  kind text not null check (kind in ('farm', 'slave', 'target')),
  name text not null check (length(name) <= 201),
  step_s smallint not null check (step_s in (10, 60, 900)),
  at timestamptz not null,
  -- gauges: what was so in a step, on average
  building real[] not null,
  waiting real[],
  delayed real[],
  slaves real[],
  load real[],
  temperature_c real[],
  memory_used real[],
  disk_used real[],
  swap_used real[],
  -- counters: how much there was of it in a step
  received_bytes real[],
  success real[],
  failure real[],
  timeout real[],
  memory real[],
  rejected real[],
  transient real[],
  lost real[],
  cancelled real[],
  skipped real[],
  no_source real[],
  primary key (kind, name, step_s, at)
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_insert_scale_factor = 0.2);

-- The same steps as two masters saw them, of which one took over from the other: no step was seen by both, or both saw the same.
create function joined_steps(one real[], other real[]) returns real[] language sql immutable parallel safe as $$
  select array_agg(greatest(a, b) order by i) from unnest(one, other) with ordinality as steps (a, b, i)
$$;

-- Since when a job is in the queue, to tell how long its target lets work wait.
alter table jobs add queued_at timestamptz not null default now();
create index jobs_waiting on jobs (target_id, queued_at) where phase = 'ready';

-- Ends by target are counted all the time, failures by reason when somebody looks.
drop index attempts_ended;
create index attempts_ended on attempts (ended_at) include (outcome, target_id) where ended_at is not null;
create index attempts_failed on attempts (ended_at) include (reason_kind, reason_subject, version_id)
  where settles and outcome <> 'success';
