import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const task = z.object({
  attempt: z.int(),
  versionId: z.int(),
  targetId: z.int(),
  package: packageName,
  version,
  target,
  startedMs: z.number(),
  leftMs: z.number(),
});

/** What a slave has a lease on, and how many milliseconds are left until its deadline. */
export type LeasedTask = z.output<typeof task>;

const text = `
  select l.attempt_id as attempt, l.version_id as "versionId", l.target_id as "targetId", p.name as package, v.version,
    json_build_object('abi', t.abi, 'platform', t.platform) as target, a.started_at as "startedMs",
    (extract(epoch from l.deadline_at - now()) * 1000)::float8 as "leftMs"
  from leases as l
  join attempts as a using (attempt_id)
  join versions as v on v.version_id = l.version_id
  join packages as p on p.package_id = v.package_id
  join targets as t on t.target_id = l.target_id
  where l.slave_id = $1`;

/** The attempt that a slave has a lease on; undefined where it has none. */
export const leasedTask = (db: Queryable, slaveId: number): Promise<LeasedTask | undefined> =>
  firstRow(db, { name: 'leased-task', text }, task, [slaveId]);
