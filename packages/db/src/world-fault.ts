import { type ReasonKind, reasonKind } from '@piw/wheel/outcome';
import { z } from 'zod';
import type { Troubles } from './judge-world.ts';
import type { Queryable, Transaction } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** What all slaves meet and none can help, since a time in milliseconds. */
export const fault = z.object({ kind: reasonKind, text: z.string(), sinceMs: z.number() });

export type Fault = z.output<typeof fault>;

const read = {
  name: 'read-fault',
  text: `select fault, (extract(epoch from now()) * 1000)::float8 as "nowMs" from farm`,
};
const write = { name: 'write-fault', text: `update farm set fault = $1` };

/** How far back one looks for when something last ran. */
const window = `now() - interval '1 day'`;

/** Transient ends with one reason since anything ran; what failed for that reason after many tries did not run. */
const suffered = {
  name: 'troubles-since',
  text: `
    select attempt_id as attempt, slave_id as "slaveId" from attempts
    where outcome = 'transient' and reason_kind = $1
      and ended_at > coalesce((
        select ended_at from attempts
        where ended_at > ${window} and outcome in ('success', 'failure', 'timeout', 'memory', 'no-source')
          and reason_kind is distinct from $1 and reason_kind is distinct from 'slave-lost'
        order by ended_at desc
        limit 1), ${window})
    order by ended_at desc
    limit 100`,
};
const suffering = z.object({ attempt: z.int(), slaveId: z.int() });

/** Slaves that were heard within three minutes, and whose they are. */
const present = {
  name: 'slaves-present',
  text: `
    select count(*)::integer as present, count(distinct owner)::integer as "ownersPresent",
      count(distinct owner) filter (where slave_id = any ($1))::integer as owners
    from slaves
    where last_seen_at > now() - interval '3 minutes' or slave_id = any ($1)`,
};
const presence = z.object({ present: z.int(), ownersPresent: z.int(), owners: z.int() });

const pardon = {
  name: 'pardon-attempts',
  text: `update attempts set counts = false where attempt_id = any ($1) and counts`,
};
const absolve = {
  name: 'absolve-slaves',
  text: `
    update strikes set in_a_row = 0, quarantine = null where slave_id = any ($1) and (in_a_row > 0 or quarantine is not null)
    returning slave_id as "slaveId"`,
};

/** The fault that stands, and what time it is for the database. */
export const readFault = async (db: Queryable): Promise<{ readonly fault: Fault | null; readonly nowMs: number }> =>
  (await firstRow(db, read, z.object({ fault: fault.nullable(), nowMs: z.number() })))!;

/** Declares the world at fault, or no longer. */
export async function writeFault(tx: Transaction, found: Fault | null): Promise<void> {
  await tx.query({ ...write, values: [found] });
}

/** What else met the same since anything last ran, with those that are ending now; and who met it. */
export async function troublesSince(
  tx: Transaction,
  kind: ReasonKind,
  now: readonly { readonly slaveId: number }[],
): Promise<Troubles & { readonly met: readonly z.output<typeof suffering>[] }> {
  const met = await rows(tx, suffered, suffering, [kind]);
  const slaves = [...new Set([...met, ...now].map(({ slaveId }) => slaveId))];
  const there = (await firstRow(tx, present, presence, [slaves]))!;
  return { kind, attempts: met.length + now.length, slaves: slaves.length, ...there, met };
}

/** What led to a fault of the world is nobody's: it counts for nothing. Returns the slaves that had strikes for it. */
export async function pardonAll(
  tx: Transaction,
  met: readonly z.output<typeof suffering>[],
): Promise<readonly number[]> {
  await tx.query({ ...pardon, values: [met.map(({ attempt }) => attempt)] });
  const absolved = await rows(tx, absolve, z.object({ slaveId: z.int() }), [met.map(({ slaveId }) => slaveId)]);
  return absolved.map(({ slaveId }) => slaveId);
}
