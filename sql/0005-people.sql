-- What people did, and what people must do.

-- Every order that changed something, with who gave it. Rows are only ever added.
create table journal (
  entry_id integer generated always as identity primary key,
  at timestamptz not null default now(),
  who text not null check (length(who) between 1 and 200),
  order_name text not null check (length(order_name) between 1 and 60),
  subject text not null check (length(subject) <= 400),
  text text not null check (length(text) <= 2000)
);

-- What needs a human: raised once, cleared once.
create table attention (
  attention_id integer generated always as identity primary key,
  kind text not null check (length(kind) between 1 and 60),
  subject text not null check (length(subject) <= 400),
  text text not null check (length(text) <= 2000),
  remedy text not null check (length(remedy) <= 2000),
  raised_at timestamptz not null default now(),
  cleared_at timestamptz,
  check (cleared_at >= raised_at)
);
create unique index attention_open on attention (kind, subject) where cleared_at is null;
