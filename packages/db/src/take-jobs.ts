import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { QueueHeads, type QueuePlace, queuePlace } from './queue-heads.ts';
import { rows } from './rows.ts';

/** A slave that waits: the targets and need sets that suit it, and how long its builds may last, in milliseconds. */
export interface Offer {
  readonly slaveId: number;
  readonly targetIds: readonly number[];
  /** Those of its targets that nobody else builds for: what it lost of them is given to it again. */
  readonly aloneIds: readonly number[];
  readonly needIds: readonly number[];
  readonly limitMs: number;
}

/** For how long a lease holds without renewal, and how far after a build's limit its deadline lies. */
export interface LeaseTerms {
  readonly leaseMs: number;
  readonly graceMs?: number;
}

const taken = z.object({
  attempt: z.int(),
  slaveId: z.int(),
  versionId: z.int(),
  targetId: z.int(),
  package: packageName,
  version,
  target,
  recipe: z.record(z.string(), z.unknown()).nullable(),
  releasedMs: z.number(),
  requiresPython: z.string().nullable(),
  startedMs: z.number(),
  /** Of a rebuild on purpose (PEP 427). */
  buildNumber: z.int().nullable(),
});

/** A job that a slave was given: the attempt that began, and what it is to build. */
export type Taken = z.output<typeof taken>;

/** A job that was taken, or where a queue's head is. */
const answer = z.union([taken.extend({ head: z.null() }), z.object({ attempt: z.null(), head: queuePlace })]);

const take = {
  name: 'take-jobs',
  text: `
    select taken_attempt as attempt, taken_by as "slaveId", taken_version as "versionId", taken_target as "targetId",
      p.name as package, v.version, json_build_object('abi', t.abi, 'platform', t.platform) as target, p.recipe,
      v.released_at as "releasedMs", v.requires_python as "requiresPython", now() as "startedMs", head,
      b.build_number as "buildNumber"
    from take_jobs($1, $2, $3, $4)
    left join versions as v on v.version_id = taken_version
    left join packages as p on p.package_id = v.package_id
    left join targets as t on t.target_id = taken_target
    left join rebuilds as b on b.version_id = taken_version and b.target_id = taken_target and b.ended_at is null
    order by taken_attempt`,
};

/** After a build's limit there is time for its files to be sent. */
const usualGraceMs = 15 * 60_000;

/**
 * Gives each waiting slave the first job that suits it, with an attempt and a lease, in one statement (sql/0011). Slaves for
 * whom there is nothing, or who have a lease, get none. Looks from the heads of the queues on; without any, from the beginning.
 */
export async function takeJobs(
  db: Queryable,
  offers: readonly Offer[],
  terms: LeaseTerms,
  heads = new QueueHeads(),
): Promise<Taken[]> {
  return (await heads.take((known) => takeFrom(db, offers, terms, known))).jobs;
}

async function takeFrom(
  db: Queryable,
  offers: readonly Offer[],
  { leaseMs, graceMs = usualGraceMs }: LeaseTerms,
  known: readonly QueuePlace[],
): Promise<{ jobs: Taken[]; heads: QueuePlace[] }> {
  const values = [JSON.stringify(offers), JSON.stringify(known), leaseMs, graceMs];
  const answers = await rows(db, take, answer, values);
  return {
    jobs: answers.flatMap((one) => (one.attempt === null ? [] : [one])),
    heads: answers.flatMap(({ head }) => head ?? []),
  };
}
