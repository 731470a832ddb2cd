-- Taking a job passes over nothing that was taken before: a scan begins where the head of its queue was last seen.
--
-- What was taken stays in the index until vacuum removes it, and while somebody holds an old snapshot that is never: a
-- scan from the beginning would pass over all of it each time. Now an index scan can begin at a head, since the whole order is
-- one row comparison: all of it descends, priority and number by their negatives.
drop index jobs_ready;
create index jobs_ready on jobs (target_id, need_id, (-priority), lost, released_at, (-version_id)) where phase = 'ready';

-- Gives each slave that waits the first job that suits it, for all of them in one call.
--
-- An offer is {slaveId, targetIds, aloneIds, needIds, limitMs}. `heads` are the places before which there was nothing
-- ready in a (target, need) queue, {targetId, needId, priority, lost, releasedUs, versionId}; a queue without one is read from its beginning. They are
-- brought up to date first, and returned in rows of their own. Then for each offer, in the order given: the best
-- suitable job of its queues is found, then one of that queue locked; what another taker holds is passed over, and a queue whose
-- suitable jobs are all held is barren. A slave with a lease gets nothing. A lost job isn't given to the slave that lost it until
-- it has waited ten minutes for another, unless that slave is alone with its target. Scans other than along jobs_ready are
-- ruled out, so that no plan made for a small queue survives its growth.
drop function take_jobs(jsonb, double precision, double precision);
create function take_jobs(offers jsonb, heads jsonb, lease_ms double precision, grace_ms double precision)
returns table (taken_attempt bigint, taken_by integer, taken_version integer, taken_target integer, head jsonb)
language plpgsql rows 5
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  offer record;
  pair record;
  barren text[];
begin
  select coalesce(jsonb_agg(jsonb_build_object('targetId', q.target_id, 'needId', q.need_id,
    'priority', coalesce(first.priority, 5), 'lost', coalesce(first.lost, false),
    'releasedUs', coalesce((extract(epoch from first.released_at) * 1000000)::bigint, -9000000000000000),
    'versionId', coalesce(first.version_id, 2147483647))), '[]')
  into heads
  from (
    select distinct t.id::integer as target_id, n.id::integer as need_id
    from jsonb_array_elements(offers) as o
    cross join jsonb_array_elements_text(o -> 'targetIds') as t (id)
    cross join jsonb_array_elements_text(o -> 'needIds') as n (id)
  ) as q
  left join jsonb_to_recordset(heads)
    as k ("targetId" integer, "needId" integer, priority smallint, lost boolean, "releasedUs" double precision, "versionId" integer)
    on k."targetId" = q.target_id and k."needId" = q.need_id
  left join lateral (
    select j.priority, j.lost, j.released_at, j.version_id from jobs as j
    where j.phase = 'ready' and j.target_id = q.target_id and j.need_id = q.need_id
      and (-j.priority, j.lost, j.released_at, -j.version_id) <= (
        coalesce(-k.priority, 0::smallint), coalesce(k.lost, true),
        timestamptz 'epoch' + coalesce(k."releasedUs", 9e15) * interval '1 microsecond', coalesce(-k."versionId", 0))
    order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
    limit 1
  ) as first on true;

  for offer in
    select (o ->> 'slaveId')::integer as slave_id,
      array(select jsonb_array_elements_text(o -> 'targetIds')::integer) as target_ids,
      array(select jsonb_array_elements_text(o -> 'aloneIds')::integer) as alone_ids,
      array(select jsonb_array_elements_text(o -> 'needIds')::integer) as need_ids,
      (o ->> 'limitMs')::double precision as limit_ms
    from jsonb_array_elements(offers) as o
  loop
    continue when exists (select from leases where slave_id = offer.slave_id);
    taken_version := null;
    barren := '{}';
    loop
      select k."targetId" as target_id, k."needId" as need_id, -k.priority as urgency, k.lost,
        timestamptz 'epoch' + k."releasedUs" * interval '1 microsecond' as released_at, -k."versionId" as descending_id
      into pair
      from jsonb_to_recordset(heads)
        as k ("targetId" integer, "needId" integer, priority smallint, lost boolean, "releasedUs" double precision, "versionId" integer)
      cross join lateral (
        select j.priority, j.lost, j.released_at, j.version_id from jobs as j
        where j.phase = 'ready' and j.target_id = k."targetId" and j.need_id = k."needId"
          and (-j.priority, j.lost, j.released_at, -j.version_id) <= (
            -k.priority, k.lost, timestamptz 'epoch' + k."releasedUs" * interval '1 microsecond', -k."versionId")
          and (
            j.lost_by is distinct from offer.slave_id
            or j.target_id = any (offer.alone_ids)
            or j.ready_at < now() - interval '10 minutes'
          )
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit 1
      ) as first
      where k."targetId" = any (offer.target_ids) and k."needId" = any (offer.need_ids)
        and k."targetId" || '/' || k."needId" <> all (barren)
      order by first.priority, first.lost desc, first.released_at desc, first.version_id
      limit 1;
      exit when not found;

      update jobs set phase = 'leased'
      where (version_id, target_id) = (
        select j.version_id, j.target_id from jobs as j
        where j.phase = 'ready' and j.target_id = pair.target_id and j.need_id = pair.need_id
          and (-j.priority, j.lost, j.released_at, -j.version_id) <=
            (pair.urgency, pair.lost, pair.released_at, pair.descending_id)
          and (
            j.lost_by is distinct from offer.slave_id
            or j.target_id = any (offer.alone_ids)
            or j.ready_at < now() - interval '10 minutes'
          )
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit 1
        for update skip locked
      )
      returning version_id, target_id into taken_version, taken_target;
      exit when found;
      barren := barren || (pair.target_id || '/' || pair.need_id);
    end loop;
    continue when taken_version is null;

    taken_by := offer.slave_id;
    with attempt as (
      insert into attempts (version_id, target_id, slave_id) values (taken_version, taken_target, taken_by)
      returning attempt_id
    )
    insert into leases (attempt_id, version_id, target_id, slave_id, expires_at, deadline_at)
    select attempt_id, taken_version, taken_target, taken_by, least(now() + lease_ms * interval '1 ms', deadline), deadline
    from attempt cross join (
      select now() + (coalesce((recipe ->> 'timeoutMs')::double precision, offer.limit_ms) + grace_ms) * interval '1 ms'
        as deadline
      from versions join packages using (package_id)
      where version_id = taken_version
    ) as limits
    returning attempt_id into taken_attempt;
    return next;
  end loop;

  return query
    select null::bigint, null::integer, null::integer, null::integer, known from jsonb_array_elements(heads) as known;
end $$;
