import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { type Queue, QueueHeads, queuePlace } from './queue-heads.ts';
import { firstRow } from './rows.ts';

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

/** All in one row: what is taken one at a time is mostly the cost of reading answers. */
const answer = z.object({ taken: z.array(taken).nullable(), moved: z.array(queuePlace).nullable() });

const take = { name: 'take-jobs', text: `select taken, moved from take_jobs($1, $2, $3, $4)` };

/** After a build's limit there is time for its files to be sent. */
const usualGraceMs = 15 * 60_000;

/**
 * Gives each waiting slave the first job that suits it, with an attempt and a lease, in one statement (sql/0015). Slaves for
 * whom there is nothing, or who have a lease, get none. Looks from the heads of the queues on; without any, from the beginning.
 */
export async function takeJobs(
  db: Queryable,
  offers: readonly Offer[],
  { leaseMs, graceMs = usualGraceMs }: LeaseTerms,
  heads = new QueueHeads(),
): Promise<Taken[]> {
  const { jobs } = await heads.take(queuesOf(offers), async (places) => {
    const values = [JSON.stringify(offers), JSON.stringify(places), leaseMs, graceMs];
    const { taken: jobs, moved } = (await firstRow(db, take, answer, values))!;
    return { jobs: jobs ?? [], moved: moved ?? [] };
  });
  return jobs;
}

/** The queues that any of the offers names, each once. */
function queuesOf(offers: readonly Offer[]): Queue[] {
  const queues = new Map<string, Queue>();
  for (const { targetIds, needIds } of offers)
    for (const targetId of targetIds)
      for (const needId of needIds) queues.set(`${targetId}/${needId}`, { targetId, needId });
  return [...queues.values()];
}
