-- Builds that are made again on purpose: the new wheel has this build tag (PEP 427), so that it is another file.
create table rebuilds (
  version_id integer not null references versions on delete cascade,
  target_id integer not null references targets,
  build_number integer not null check (build_number > 0),
  by text not null check (length(by) between 1 and 200),
  ordered_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (version_id, target_id, build_number)
);
create unique index rebuilds_open on rebuilds (version_id, target_id) where ended_at is null;
