-- Who is to blame when builds end as they should not: the slave, or the world.

-- A slave's transient and rejected ends in a row, since when, and how often that led to quarantine since its last success.
-- Apart from slaves, whose rows are written all the time by others.
create table strikes (
  slave_id integer primary key references slaves on delete cascade,
  in_a_row integer not null check (in_a_row >= 0),
  since timestamptz not null,
  quarantines integer not null default 0 check (quarantines >= 0),
  quarantine jsonb check (jsonb_typeof(quarantine) = 'object')
);

-- What all slaves meet and none can help: while it stands, one build a minute probes it and nothing is counted.
alter table farm add fault jsonb check (jsonb_typeof(fault) = 'object');
