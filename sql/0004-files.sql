-- What is published, and the pages that must tell of it.

-- A published filename never changes its content, not even after removal: remembered for ever.
create table published_names (
  filename text primary key check (filename ~ '^[A-Za-z0-9][\w.+!-]*\.whl$' and length(filename) <= 400),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  first_at timestamptz not null default now(),
  unique (filename, sha256)
);

create table files (
  filename text primary key,
  sha256 text not null,
  version_id integer not null references versions on delete cascade,
  built_on integer not null references targets,
  attempt_id bigint references attempts on delete set null,
  size_bytes bigint not null check (size_bytes > 0),
  tags text[] not null check (cardinality(tags) between 1 and 1000),
  build_tag text check (length(build_tag) <= 40),
  requires_python text check (length(requires_python) <= 500),
  metadata_sha256 text not null check (metadata_sha256 ~ '^[0-9a-f]{64}$'),
  has_elf boolean not null,
  dependencies jsonb not null default '{}' check (jsonb_typeof(dependencies) = 'object'),
  listed boolean not null default true,
  published_at timestamptz not null default now(),
  foreign key (filename, sha256) references published_names (filename, sha256)
);
create index files_of_version on files (version_id);
create index files_of_hash on files (sha256);

-- What an attempt made or, where the filename was published already, points to.
create table attempt_files (
  attempt_id bigint not null references attempts on delete cascade,
  filename text not null references published_names,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (attempt_id, filename)
);

-- A page that is to be written: the writer notes the generation, reads, writes, and removes only that one.
-- The subject is a package's name, empty for pages about everything; it may outlive its package.
create table pages (
  kind text not null check (kind in ('package', 'index', 'home')),
  subject text not null check (length(subject) <= 200),
  generation integer not null default 1 check (generation > 0),
  ordered_at timestamptz default now(),
  due_at timestamptz not null default now(),
  written_at timestamptz,
  primary key (kind, subject),
  check ((kind = 'package') = (subject <> ''))
) with (fillfactor = 70);
create index pages_due on pages (due_at) where ordered_at is not null;

create function tally_files() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into tally_changes
      select unnest(array['files', 'file-bytes']), 0, unnest(array[count(*), coalesce(sum(size_bytes), 0)])
      from added where listed;
  end if;
  if tg_op <> 'INSERT' then
    insert into tally_changes
      select unnest(array['files', 'file-bytes']), 0, unnest(array[-count(*), -coalesce(sum(size_bytes), 0)])
      from removed where listed;
  end if;
  return null;
end $$;

create trigger tally_added after insert on files
  referencing new table as added for each statement execute function tally_files();
create trigger tally_removed after delete on files
  referencing old table as removed for each statement execute function tally_files();
create trigger tally_changed after update on files
  referencing old table as removed new table as added for each statement execute function tally_files();
