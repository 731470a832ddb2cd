-- What the upstream index lists of the farm's packages, kept so that pages are drawn and jobs decided without asking it.

-- Whether upstream's files are listed beside ours, and settle targets: the master that becomes active says so.
alter table farm add column upstream text not null default 'ignore' check (upstream in ('merge', 'ignore'));

-- The wheels that upstream serves of a version: [{requiresPython, tagSets}]. Null until it was heard.
alter table versions add column upstream jsonb check (jsonb_typeof(upstream) = 'array');

create table upstream_pages (
  package_id integer primary key references packages on delete cascade,
  -- gzipped JSON, and the SHA-256 of its text; null where upstream has no such package, or wasn't heard yet
  listing bytea,
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  -- what upstream said of its page, to ask whether it changed (RFC 9110, 13.1)
  etag text check (length(etag) <= 1000),
  last_modified text check (length(last_modified) <= 100),
  heard_at timestamptz,
  -- since when everything of the package seems to be gone; believed when it is said a second time
  missed_at timestamptz,
  due_at timestamptz not null default now(),
  -- why it could not be heard the last times
  error text check (length(error) <= 2000),
  failures smallint not null default 0 check (failures >= 0),
  check ((listing is null) = (digest is null)),
  check ((error is null) = (failures = 0))
) with (fillfactor = 70);
create index upstream_pages_due on upstream_pages (due_at);
create index upstream_pages_failing on upstream_pages (package_id) where error is not null;

insert into upstream_pages (package_id) select package_id from packages;

create function ask_upstream() returns trigger language plpgsql as $$
begin
  insert into upstream_pages (package_id) values (new.package_id);
  return null;
end $$;

create trigger ask_upstream after insert on packages for each row execute function ask_upstream();
