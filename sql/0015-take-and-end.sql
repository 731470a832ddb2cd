-- Taking and ending jobs in fewer and cheaper statements: what a farm does most is mostly the cost of beginning statements.

-- Gives each slave that waits the first job that suits it, for all of them in one call.
--
-- An offer is {slaveId, targetIds, aloneIds, needIds, limitMs}. `heads` are the (target, need) queues that any offer names, each with the
-- place before which nothing in it is ready: {targetId, needId, priority, lost, releasedUs, versionId}. Those that lie further back now
-- are returned in `moved`. For each offer, in the order given: the best suitable job of its queues is found, then one of that
-- queue locked; what another taker holds is passed over, and where all suitable jobs of a queue are held the next queue is tried. A
-- slave with a lease gets nothing. A lost job isn't given to the slave that lost it until it has waited ten minutes for
-- another, unless that slave is alone with its target. Attempts and leases are made at the end, for all at once.
--
-- Plans are made once. What reads more than the rows that are meant is ruled out, so that no plan made for a small table survives its growth.
drop function take_jobs(jsonb, jsonb, double precision, double precision);
create function take_jobs(
  offers jsonb, heads jsonb, lease_ms double precision, grace_ms double precision, out taken json, out moved json
)
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
declare
  next_look integer := 0;
  firsts jobs[];
  offer record;
  queue record;
  job record;
  versions_taken integer[] := '{}';
  targets_taken integer[] := '{}';
  takers integer[] := '{}';
  limits_ms double precision[] := '{}';
begin
  for offer in
    select o.* from jsonb_to_recordset(offers)
      as o ("slaveId" integer, "targetIds" integer[], "aloneIds" integer[], "needIds" integer[], "limitMs" double precision)
  loop
    -- Every scan passes over what was taken since: with a thousand slaves that would soon be most of the work.
    if cardinality(takers) >= next_look then
      select array_agg(first.job) filter (where (first.job).version_id is not null),
        json_agg(json_build_object('targetId', h."targetId", 'needId', h."needId",
          'priority', coalesce((first.job).priority, 5), 'lost', coalesce((first.job).lost, false),
          'releasedUs', coalesce((extract(epoch from (first.job).released_at) * 1000000)::bigint, -9000000000000000),
          'versionId', coalesce((first.job).version_id, 2147483647)))
          filter (where coalesce((first.job).version_id, 2147483647) <> h."versionId")
      into firsts, moved
      from jsonb_to_recordset(heads)
        as h ("targetId" integer, "needId" integer, priority smallint, lost boolean, "releasedUs" bigint, "versionId" integer)
      left join lateral (
        select j as job from jobs as j
        where j.phase = 'ready' and j.target_id = h."targetId" and j.need_id = h."needId"
          and (-j.priority, j.lost, j.released_at, -j.version_id) <=
            (-h.priority, h.lost, timestamptz 'epoch' + h."releasedUs" * interval '1 microsecond', -h."versionId")
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit 1
      ) as first on true;
      next_look := cardinality(takers) + 50;
    end if;
    exit when firsts is null;
    continue when offer."slaveId" = any (takers) or exists (select from leases where slave_id = offer."slaveId");
    for queue in
      select first.* from unnest(firsts) as f
      cross join lateral (
        select j.* from jobs as j
        where j.phase = 'ready' and j.target_id = f.target_id and j.need_id = f.need_id
          and (-j.priority, j.lost, j.released_at, -j.version_id) <= (-f.priority, f.lost, f.released_at, -f.version_id)
          and (
            j.lost_by is distinct from offer."slaveId"
            or j.target_id = any (offer."aloneIds")
            or j.ready_at < now() - interval '10 minutes'
          )
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit 1
      ) as first
      where f.target_id = any (offer."targetIds") and f.need_id = any (offer."needIds")
      order by first.priority, first.lost desc, first.released_at desc, first.version_id
    loop
      update jobs set phase = 'leased'
      where (version_id, target_id) = (
        select j.version_id, j.target_id from jobs as j
        where j.phase = 'ready' and j.target_id = queue.target_id and j.need_id = queue.need_id
          and (-j.priority, j.lost, j.released_at, -j.version_id) <=
            (-queue.priority, queue.lost, queue.released_at, -queue.version_id)
          and (
            j.lost_by is distinct from offer."slaveId"
            or j.target_id = any (offer."aloneIds")
            or j.ready_at < now() - interval '10 minutes'
          )
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit 1
        for update skip locked
      )
      returning version_id, target_id into job;
      continue when not found;
      versions_taken := versions_taken || job.version_id;
      targets_taken := targets_taken || job.target_id;
      takers := takers || offer."slaveId";
      limits_ms := limits_ms || offer."limitMs";
      exit;
    end loop;
  end loop;
  if takers = '{}' then
    return;
  end if;

  with attempt as (
    insert into attempts (version_id, target_id, slave_id)
    select * from unnest(versions_taken, targets_taken, takers)
    returning attempt_id, version_id, target_id, slave_id
  ), about as (
    select attempt.*, p.name, v.version, p.recipe, v.released_at, v.requires_python,
      now() + (coalesce((p.recipe ->> 'timeoutMs')::double precision, limit_ms) + grace_ms) * interval '1 ms' as deadline_at
    from attempt
    join unnest(takers, limits_ms) as t (slave_id, limit_ms) using (slave_id)
    join versions as v using (version_id)
    join packages as p using (package_id)
  ), lease as (
    insert into leases (attempt_id, version_id, target_id, slave_id, expires_at, deadline_at)
    select attempt_id, version_id, target_id, slave_id, least(now() + lease_ms * interval '1 ms', deadline_at), deadline_at
    from about
  )
  select json_agg(json_build_object('attempt', a.attempt_id, 'slaveId', a.slave_id, 'versionId', a.version_id,
    'targetId', a.target_id, 'package', a.name, 'version', a.version, 'recipe', a.recipe,
    'target', json_build_object('abi', t.abi, 'platform', t.platform),
    'releasedMs', floor(extract(epoch from a.released_at) * 1000), 'requiresPython', a.requires_python,
    'startedMs', floor(extract(epoch from now()) * 1000), 'buildNumber', b.build_number) order by a.attempt_id)
  into taken
  from about as a
  join targets as t using (target_id)
  left join rebuilds as b
    on b.version_id = a.version_id and b.target_id = a.target_id and b.ended_at is null;
end $$;

-- Writes down how attempts ended, frees their leases, and drops or returns their jobs: those that settle their cells, with the rebuilds
-- that these were, and the others. Jobs that go back wait as long as was decided, or not at all; a lost one comes to the front,
-- for another slave. An end is {attempt, versionId, targetId, outcome, reason, settles, counts, steps, logBytes, delayMs, lostBy};
-- only what speaks for a failure in the end counts. Returns the places of jobs that may be taken again.
create function end_attempts(ends jsonb) returns json
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
declare
  places json;
begin
  with e as materialized (
    select * from jsonb_to_recordset(ends) as e (attempt bigint, "versionId" integer, "targetId" integer, outcome text,
      reason jsonb, settles boolean, counts boolean, steps jsonb, "logBytes" bigint, "delayMs" double precision, "lostBy" integer)
  ), ended as (
    update attempts as a
    set ended_at = now(), outcome = e.outcome, reason_kind = e.reason ->> 'kind',
      reason_subject = e.reason ->> 'subject', reason_text = e.reason ->> 'text', settles = e.settles, counts = e.counts,
      steps = coalesce(e.steps, a.steps), log_bytes = coalesce(e."logBytes", a.log_bytes)
    from e
    where a.attempt_id = e.attempt
  ), freed as (
    delete from leases using e where leases.attempt_id = e.attempt
  ), dropped as (
    delete from jobs as j using e
    where e.settles and (j.version_id, j.target_id) = (e."versionId", e."targetId")
  ), rebuilt as (
    update rebuilds as b set ended_at = now() from e
    where e.settles and (b.version_id, b.target_id) = (e."versionId", e."targetId") and b.ended_at is null
  ), returned as (
    update jobs as j
    set phase = case when e."delayMs" > 0 then 'delayed' else 'ready' end,
      ready_at = now() + e."delayMs" * interval '1 ms',
      retry_at = case when e."delayMs" > 0 then now() + e."delayMs" * interval '1 ms' end,
      lost_by = e."lostBy"
    from e
    where not e.settles and (j.version_id, j.target_id) = (e."versionId", e."targetId")
    returning j.*
  )
  select json_agg(json_build_object('targetId', r.target_id, 'needId', r.need_id, 'priority', r.priority, 'lost', r.lost,
    'releasedUs', (extract(epoch from r.released_at) * 1000000)::bigint, 'versionId', r.version_id))
  into places
  from returned as r
  where r.phase = 'ready';
  return places;
end $$;
