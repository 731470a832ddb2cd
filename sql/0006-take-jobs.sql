-- Gives each slave that waits the first job that suits it, for all of them in one call.
--
-- An offer is {slaveId, targetIds, aloneIds, needIds, limitMs}. For each, in the order given: the best head of its (target, need)
-- queues is found, then locked; a head that another taker holds is passed over, and a queue whose suitable heads are all
-- held is barren. A slave with a lease gets nothing. A lost job isn't given to the slave that lost it until it has
-- waited ten minutes for another, unless that slave is alone with its target. Scans other than along jobs_ready are ruled out, so that no plan made for a small
-- queue survives its growth.
create function take_jobs(offers jsonb, lease_ms double precision, grace_ms double precision)
returns table (taken_attempt bigint, taken_by integer, taken_version integer, taken_target integer)
language plpgsql rows 1
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  offer record;
  pair record;
  barren text[];
begin
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
      select head.target_id, head.need_id into pair
      from unnest(offer.target_ids) as t (target_id)
      cross join unnest(offer.need_ids) as n (need_id)
      cross join lateral (
        select j.* from jobs as j
        where j.phase = 'ready' and j.target_id = t.target_id and j.need_id = n.need_id
          and (
            j.lost_by is distinct from offer.slave_id
            or j.target_id = any (offer.alone_ids)
            or j.ready_at < now() - interval '10 minutes'
          )
        order by j.priority, j.lost desc, j.released_at desc, j.version_id
        limit 1
      ) as head
      where t.target_id || '/' || n.need_id <> all (barren)
      order by head.priority, head.lost desc, head.released_at desc, head.version_id
      limit 1;
      exit when not found;

      select j.version_id, j.target_id into taken_version, taken_target from jobs as j
      where j.phase = 'ready' and j.target_id = pair.target_id and j.need_id = pair.need_id
        and (
          j.lost_by is distinct from offer.slave_id
          or j.target_id = any (offer.alone_ids)
          or j.ready_at < now() - interval '10 minutes'
        )
      order by j.priority, j.lost desc, j.released_at desc, j.version_id
      limit 1
      for update skip locked;
      exit when found;
      barren := barren || (pair.target_id || '/' || pair.need_id);
    end loop;
    continue when taken_version is null;

    taken_by := offer.slave_id;
    update jobs set phase = 'leased' where version_id = taken_version and target_id = taken_target;
    insert into attempts (version_id, target_id, slave_id) values (taken_version, taken_target, taken_by)
    returning attempt_id into taken_attempt;
    insert into leases (attempt_id, version_id, target_id, slave_id, expires_at, deadline_at)
    select taken_attempt, taken_version, taken_target, taken_by,
      least(now() + lease_ms * interval '1 ms', deadline), deadline
    from (
      select now() + (coalesce((recipe ->> 'timeoutMs')::double precision, offer.limit_ms) + grace_ms) * interval '1 ms'
        as deadline
      from versions join packages using (package_id)
      where version_id = taken_version
    ) as limits;
    return next;
  end loop;
end $$;
