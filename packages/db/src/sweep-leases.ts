import { z } from 'zod';
import { type End, type EndedAll, endAttempts } from './end-attempts.ts';
import type { Transaction } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** How long leases last; whether the master hears nobody at all; how much of each log it has, by attempt. */
export interface Sweep {
  readonly leaseMs: number;
  readonly deaf: boolean;
  readonly logs?: ReadonlyMap<number, number>;
}

const tick = {
  name: 'tick-sweep',
  text: `
    update farm set swept_at = clock_timestamp()
    from (select swept_at as last from farm for update) as before
    returning (extract(epoch from clock_timestamp() - last) * 1000)::float8 as "gapMs"`,
};
const shift = {
  name: 'shift-leases',
  text: `
    update leases
    set expires_at = expires_at + $1::float8 * interval '1 ms', deadline_at = deadline_at + $1::float8 * interval '1 ms'`,
};
const expired = {
  name: 'expired-leases',
  text: `
    select attempt_id as attempt, label, expires_at >= deadline_at as "overTime"
    from leases join slaves using (slave_id)
    where expires_at < now()
    order by attempt_id
    for update of leases skip locked`,
};
const lost = z.object({ attempt: z.int(), label: z.string(), overTime: z.boolean() });

/**
 * Ends the attempts whose lease ran out, by the database's clock, as `lost`. When the last sweep is longer ago than half a lease, or the
 * master is deaf, nobody could renew: every lease moves by the gap instead, and nobody is lost. (A gap of nearly a lease, and the time
 * since leases were last renewed before it, would be enough for all to run out.)
 */
export async function sweepLeases(tx: Transaction, { leaseMs, deaf, logs }: Sweep): Promise<EndedAll> {
  const { gapMs } = (await firstRow(tx, tick, z.object({ gapMs: z.number() })))!;
  if (deaf || gapMs > leaseMs / 2) {
    await tx.query({ ...shift, values: [gapMs] });
    return { ended: [], woken: [], places: [], blame: { slaves: [], fault: undefined } };
  }
  const found = await rows(tx, expired, lost);
  return endAttempts(
    tx,
    found.map((one) => toEnd(one, logs?.get(one.attempt) ?? null)),
    leaseMs,
  );
}

function toEnd({ attempt, label, overTime }: z.output<typeof lost>, logBytes: number | null): End {
  const text = overTime ? `${label} went on long after its time limit` : `${label} was not heard of any more`;
  const reason = { kind: 'slave-lost', subject: label, text } as const;
  return { attempt, outcome: 'lost', reason, steps: null, logBytes, files: [] };
}
