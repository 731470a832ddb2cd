import { type Outcome, outcome } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { rows } from './rows.ts';
import { askForCells, servedCells } from './served-cells.ts';

/** Which failures are tried again: all that agree with everything that isn't null. */
export interface RetryFilter {
  readonly package: string | null;
  readonly version: string | null;
  readonly target: { readonly abi: string; readonly platform: string } | null;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly subject: string | null;
}

const cell = z.object({
  versionId: z.int(),
  targetId: z.int(),
  package: packageName,
  version,
  target,
  outcome: outcome.nullable(),
});

/** A cell that is tried again, and what had settled it; null for one that merely waited. */
export type RetriedCell = z.output<typeof cell>;

const failed = {
  name: 'failed-cells',
  text: `
    select distinct on (a.version_id, a.target_id) a.version_id as "versionId", a.target_id as "targetId",
      p.name as package, v.version, json_build_object('abi', t.abi, 'platform', t.platform) as target, a.outcome
    from attempts as a
    join versions as v using (version_id)
    join packages as p using (package_id)
    join targets as t using (target_id)
    where a.settles and a.outcome <> 'success'
      and ($1::text is null or p.name = $1) and ($2::text is null or v.version = $2)
      and ($3::text is null or (t.abi, t.platform) = ($3, $4))
      and ($5::text is null or a.outcome = $5) and ($6::text is null or a.reason_kind = $6)
      and ($7::text is null or a.reason_subject = $7)
    order by a.version_id, a.target_id, a.attempt_id desc
    limit $8`,
};

const waiting = {
  name: 'waiting-cells',
  text: `
    select j.version_id as "versionId", j.target_id as "targetId", p.name as package, v.version,
      json_build_object('abi', t.abi, 'platform', t.platform) as target, null as outcome
    from jobs as j
    join versions as v using (version_id)
    join packages as p using (package_id)
    join targets as t using (target_id)
    where j.phase = 'delayed' and p.name = $1 and ($2::text is null or v.version = $2)
      and ($3::text is null or (t.abi, t.platform) = ($3, $4))
    order by j.version_id, j.target_id
    limit $5`,
};

const forget = {
  name: 'forget-failures',
  text: `
    update attempts as a set settles = false, counts = false
    from unnest($1::integer[], $2::integer[]) as c (version_id, target_id)
    where (a.version_id, a.target_id) = (c.version_id, c.target_id) and (a.settles or a.counts)
      and a.outcome <> 'success'`,
};

const hasten = {
  name: 'hasten-jobs',
  text: `
    update jobs as j set retry_at = null, lost_by = null
    from unnest($1::integer[], $2::integer[]) as c (version_id, target_id)
    where (j.version_id, j.target_id) = (c.version_id, c.target_id) and j.phase <> 'leased'`,
};

/** What is tried again, and of that what upstream serves by now and nobody asked for by name: it stays upstream's. */
export interface Retried extends Woken {
  readonly cells: RetriedCell[];
  readonly served: RetriedCell[];
}

/**
 * Failures are forgotten, so that the ladder has their cells due again, and cells of a named package that wait for
 * a retry wait no longer; what `who` names so is asked for by name. At most `limit` cells at a time; where as many come back, there may be more.
 */
export async function retry(tx: Transaction, filter: RetryFilter, who: string, limit = 1000): Promise<Retried> {
  const { target: one, outcome: how, reason, subject } = filter;
  const where = [filter.package, filter.version, one?.abi ?? null, one?.platform ?? null];
  const settled = await rows(tx, failed, cell, [...where, how, reason, subject, limit]);
  const isPlain = how === null && reason === null && subject === null;
  const delayed = isPlain && filter.package !== null ? await rows(tx, waiting, cell, [...where, limit]) : [];
  const cells = [...settled, ...delayed].slice(0, limit);
  const values = [cells.map(({ versionId }) => versionId), cells.map(({ targetId }) => targetId)];
  await tx.query({ ...forget, values });
  await tx.query({ ...hasten, values });
  const served = await servedCells(tx, cells);
  const isNamed = filter.package !== null;
  if (isNamed) await askForCells(tx, served, who);
  const versionIds = [...new Set(cells.map(({ versionId }) => versionId))];
  const left = isNamed ? [] : served;
  return { cells: cells.filter((one) => !left.includes(one)), served: left, ...(await requeue(tx, versionIds)) };
}
