import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { placeColumns, type QueuePlace, queuePlace } from './queue-heads.ts';
import type { Woken } from './requeue.ts';
import { firstRow, rows } from './rows.ts';

/** What got work, and in how many milliseconds the next delay ends; null where nothing is delayed. */
export interface Ripened extends Woken {
  readonly nextMs: number | null;
  /** Where it was put. */
  readonly places: readonly QueuePlace[];
}

const ripen = {
  name: 'ripen-jobs',
  text: `
    with ripe as (
      select version_id, target_id from jobs
      where phase = 'delayed' and ready_at <= now()
      order by ready_at
      limit $1
      for update skip locked
    ), ripened as (
      update jobs set phase = 'ready' from ripe
      where (jobs.version_id, jobs.target_id) = (ripe.version_id, ripe.target_id)
      returning jobs.*
    )
    select ${placeColumns} from ripened`,
};

const next = {
  name: 'next-ripe',
  text: `
    select (extract(epoch from min(ready_at) - now()) * 1000)::float8 as "nextMs" from jobs
    where phase = 'delayed'`,
};

/** Delayed jobs whose time has come may be taken. */
export async function ripenJobs(db: Queryable, limit = 1000): Promise<Ripened> {
  const places = await rows(db, ripen, queuePlace, [limit]);
  const { nextMs } = (await firstRow(db, next, z.object({ nextMs: z.number().nullable() })))!;
  const woken = [...new Set(places.map(({ targetId }) => targetId))];
  return { woken, places, nextMs: nextMs === null ? null : Math.max(0, nextMs) };
}
