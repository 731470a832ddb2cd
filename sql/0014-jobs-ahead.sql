-- How many jobs of a target are given out before one, counted no further than a limit: along jobs_ready, whose whole order is one
-- comparison (0011), need by need. Whatever would read more than the limit is ruled out.
create function jobs_ahead(one jobs, at_most integer) returns bigint language plpgsql stable
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
as $$
begin
  return (
    select least(at_most, sum(counted.n))
    from needs
    cross join lateral (
      select count(*) as n from (
        select from jobs as j
        where j.phase = 'ready' and j.target_id = one.target_id and j.need_id = needs.need_id
          and (-j.priority, j.lost, j.released_at, -j.version_id) >
            (-one.priority, one.lost, one.released_at, -one.version_id)
        order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
        limit at_most
      ) as before
    ) as counted
  );
end $$;
