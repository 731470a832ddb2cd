import { z } from 'zod';
import type { Strikes } from './judge-strikes.ts';
import { type Quarantine, quarantine } from './quarantine.ts';
import type { Queryable, Transaction } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

const strikes = z.object({
  slaveId: z.int(),
  inARow: z.int(),
  sinceMs: z.number(),
  quarantines: z.int(),
  quarantine: quarantine.nullable(),
});

const columns = `slave_id as "slaveId", in_a_row as "inARow", since as "sinceMs", quarantines, quarantine`;

const read = { name: 'strikes-of', text: `select ${columns} from strikes where slave_id = any ($1)` };

const write = {
  name: 'write-strikes',
  text: `
    insert into strikes as s (slave_id, in_a_row, since, quarantines, quarantine)
    select "slaveId", "inARow", to_timestamp("sinceMs" / 1000), quarantines, quarantine
    from jsonb_to_recordset($1) as n ("slaveId" integer, "inARow" integer, "sinceMs" float8, quarantines integer, quarantine jsonb)
    order by "slaveId"
    on conflict (slave_id) do update
    set in_a_row = excluded.in_a_row, since = excluded.since, quarantines = excluded.quarantines,
      quarantine = excluded.quarantine`,
};

const lift = {
  name: 'lift-quarantine',
  text: `
    update strikes set quarantine = null, in_a_row = 0, quarantines = 0
    from slaves
    where slaves.slave_id = strikes.slave_id and strikes.quarantine is not null and ($1::text[] is null or label = any ($1))
    returning slaves.slave_id as "slaveId", label`,
};
const lifted = z.object({ slaveId: z.int(), label: z.string() });

/** How one slave stands with those who judge it. */
export interface SlaveStrikes extends Strikes {
  readonly slaveId: number;
}

/** How these slaves stand; one that was never struck is missing. */
export async function strikesOf(db: Queryable, slaveIds: readonly number[]): Promise<Map<number, SlaveStrikes>> {
  const found = await rows(db, read, strikes, [slaveIds]);
  return new Map(found.map((one) => [one.slaveId, one]));
}

/** The quarantine that a slave was last given; it may be over. */
export async function quarantineOf(db: Queryable, slaveId: number): Promise<Quarantine | null> {
  return (await firstRow(db, read, strikes, [[slaveId]]))?.quarantine ?? null;
}

/** Writes down how slaves stand. */
export async function writeStrikes(tx: Transaction, changed: readonly SlaveStrikes[]): Promise<void> {
  if (changed.length > 0) await tx.query({ ...write, values: [JSON.stringify(changed)] });
}

/** Lets slaves out of quarantine, by their labels or all of them, and forgets what led to it. Returns those that were in one. */
export const liftQuarantine = (db: Queryable, labels: readonly string[] | 'all'): Promise<z.output<typeof lifted>[]> =>
  rows(db, lift, lifted, [labels === 'all' ? null : labels]);
