-- What is known of PyPI, of the platforms that are served, and of the machines that build.

-- The migrations that this database has seen; the highest number is the schema's version.
create table migrations (
  number integer primary key check (number > 0),
  name text not null,
  applied_at timestamptz not null default now()
);

-- The farm itself: always one row. The epoch rises with every master that becomes active.
create table farm (
  only_one boolean primary key default true check (only_one),
  name text not null default 'farm' check (length(name) between 1 and 100),
  epoch integer not null default 0,
  paused jsonb check (jsonb_typeof(paused) = 'object'),
  swept_at timestamptz not null default now()
);
insert into farm default values;

-- Interned requirement sets: a job's needs are one number, matched against a slave's capabilities once.
create table needs (
  need_id integer generated always as identity primary key,
  requires jsonb not null unique check (jsonb_typeof(requires) = 'object')
);
insert into needs (requires) values ('{}');

create table packages (
  package_id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(name) <= 200),
  description text check (length(description) <= 2000),
  -- PEP 792
  status text not null default 'active' check (status in ('active', 'archived', 'quarantined', 'deprecated')),
  recipe jsonb check (jsonb_typeof(recipe) = 'object'),
  need_id integer not null default 1 references needs,
  added_at timestamptz not null default now()
);

create table versions (
  version_id integer generated always as identity primary key,
  package_id integer not null references packages on delete cascade,
  -- canonical, PEP 440
  version text not null check (length(version) between 1 and 200 and version !~ '\s'),
  released_at timestamptz not null,
  requires_python text check (length(requires_python) <= 500),
  -- the reason that its author gave, PEP 592; empty where none was given
  yanked text check (length(yanked) <= 2000),
  deleted_at timestamptz,
  -- asked for by name: built whatever upstream serves
  asked_at timestamptz,
  added_at timestamptz not null default now(),
  unique (package_id, version)
);

-- An ABI on a platform, with the tags that its Python accepts, best first.
create table targets (
  target_id integer generated always as identity primary key,
  abi text not null check (abi ~ '^[a-z0-9_]{1,100}$'),
  platform text not null check (platform ~ '^[a-z0-9_]{1,100}$'),
  python text not null check (length(python) between 1 and 40),
  implementation text not null check (length(implementation) between 1 and 40),
  tags text[] not null check (cardinality(tags) between 1 and 5000),
  preferred boolean not null default false,
  -- the second platform under whose name its wheels may also be published
  alias text check (alias ~ '^[a-z0-9_]{1,100}$' and alias <> platform),
  retired_at timestamptz,
  added_at timestamptz not null default now(),
  unique (abi, platform)
);

-- The same tags, to be looked up.
create table target_tags (
  tag text not null,
  target_id integer not null references targets on delete cascade,
  primary key (tag, target_id)
);

-- A label belongs to its owner: a key, or without keys the id that the slave keeps.
create table slaves (
  slave_id integer generated always as identity primary key,
  label text not null unique check (length(label) between 1 and 100),
  owner text not null check (length(owner) <= 60),
  instance text not null check (length(instance) <= 60),
  hello jsonb not null check (jsonb_typeof(hello) = 'object'),
  paused jsonb check (jsonb_typeof(paused) = 'object'),
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
) with (fillfactor = 70);
