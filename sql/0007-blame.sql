-- Who is to blame when builds end as they should not: the slave, or the world.

-- Transient and rejected ends in a row, since when, and how often that led to quarantine since its last success.
alter table slaves
  add strikes integer not null default 0 check (strikes >= 0),
  add struck_at timestamptz,
  add quarantines integer not null default 0 check (quarantines >= 0),
  add quarantine jsonb check (jsonb_typeof(quarantine) = 'object'),
  add check ((strikes = 0) = (struck_at is null));

-- What all slaves meet and none can help: while it stands, one build a minute probes it and nothing is counted.
alter table farm add fault jsonb check (jsonb_typeof(fault) = 'object');
