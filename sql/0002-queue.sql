-- The queue: what is due, who builds it, what came of it.

-- One try at a job. What settles is a fact for the ladder; what counts is a fact for "the third time".
create table attempts (
  attempt_id bigint generated always as identity primary key,
  version_id integer not null references versions on delete cascade,
  target_id integer not null references targets,
  slave_id integer not null references slaves,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text check (outcome in ('success', 'failure', 'timeout', 'memory', 'rejected',
    'transient', 'lost', 'cancelled', 'skipped', 'no-source')),
  reason_kind text check (length(reason_kind) <= 60),
  reason_subject text check (length(reason_subject) <= 200),
  reason_text text check (length(reason_text) <= 2000),
  steps jsonb not null default '[]' check (jsonb_typeof(steps) = 'array'),
  log_bytes bigint not null default 0 check (log_bytes >= 0),
  settles boolean not null default false,
  counts boolean not null default false,
  check ((ended_at is null) = (outcome is null)),
  check (outcome is not null or not (settles or counts)),
  check ((reason_kind is null) = (reason_text is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index attempts_of_cell on attempts (version_id, target_id, attempt_id);
create index attempts_of_slave on attempts (slave_id, attempt_id);
create index attempts_ended on attempts (ended_at) include (outcome) where ended_at is not null;
create index attempts_unsuccessful on attempts (outcome, reason_kind, reason_subject, attempt_id)
  where settles and outcome <> 'success';

-- One mechanism for a package, one of its versions, one target of either.
create table skips (
  skip_id integer generated always as identity primary key,
  package_id integer not null references packages on delete cascade,
  version_id integer references versions on delete cascade,
  target_id integer references targets,
  reason text not null check (length(reason) between 1 and 2000),
  by text not null check (length(by) between 1 and 200),
  at timestamptz not null default now()
);
create unique index skips_once on skips (package_id, coalesce(version_id, 0), coalesce(target_id, 0));
create index skips_of_version on skips (version_id) where version_id is not null;

-- An operator's word on a place in the queue, over the same cells as a skip.
create table nudges (
  nudge_id integer generated always as identity primary key,
  package_id integer not null references packages on delete cascade,
  version_id integer references versions on delete cascade,
  target_id integer references targets,
  place text not null check (place in ('front', 'back')),
  by text not null check (length(by) between 1 and 200),
  at timestamptz not null default now()
);
create unique index nudges_once on nudges (package_id, coalesce(version_id, 0), coalesce(target_id, 0));
create index nudges_of_version on nudges (version_id) where version_id is not null;

-- Somebody's wish for a build; one that names a target makes that target due out of the ladder's order.
create table requests (
  request_id integer generated always as identity primary key,
  version_id integer not null references versions on delete cascade,
  target_id integer references targets,
  who text not null check (length(who) between 1 and 200),
  mail text check (length(mail) <= 320),
  asked_at timestamptz not null default now(),
  ended_at timestamptz,
  ending text check (ending in ('answered', 'withdrawn')),
  check ((ended_at is null) = (ending is null))
);
create index requests_open on requests (version_id) where ended_at is null;

-- What is due. Its order: priority, lost ones first, newest release first.
-- Delayed until ready_at; retry_at remembers a delay that an attempt caused. A leased job has a lease.
create table jobs (
  version_id integer not null references versions on delete cascade,
  target_id integer not null references targets,
  need_id integer not null references needs,
  phase text not null check (phase in ('delayed', 'ready', 'leased')),
  -- 0 request, 1 wanted, 2 release, 3 preferred, 4 backlog
  priority smallint not null check (priority between 0 and 4),
  released_at timestamptz not null,
  ready_at timestamptz not null,
  retry_at timestamptz,
  lost_by integer references slaves,
  lost boolean generated always as (lost_by is not null) stored,
  primary key (version_id, target_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

create index jobs_ready on jobs (target_id, need_id, priority, lost desc, released_at desc, version_id)
  where phase = 'ready';
create index jobs_delayed on jobs (ready_at) where phase = 'delayed';

-- A slave's hold on a job. Renewals touch no index, so that they are HOT.
create table leases (
  attempt_id bigint primary key references attempts on delete cascade,
  version_id integer not null,
  target_id integer not null,
  slave_id integer not null unique references slaves,
  expires_at timestamptz not null,
  deadline_at timestamptz not null,
  unique (version_id, target_id),
  foreign key (version_id, target_id) references jobs on delete cascade,
  check (expires_at <= deadline_at)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0);

-- Changes that touch many versions, worked off in batches: every version of a package, or of all, after the cursor.
create table requeues (
  requeue_id integer generated always as identity primary key,
  package_id integer references packages on delete cascade,
  cursor integer not null default 0 check (cursor >= 0),
  why text not null check (length(why) between 1 and 200),
  ordered_at timestamptz not null default now()
);
