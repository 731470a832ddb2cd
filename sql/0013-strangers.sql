-- Whoever said HELLO once and never built anything is forgotten: what refers to slaves must be found without reading the queue.
create index jobs_lost_by on jobs (lost_by) where lost_by is not null;
