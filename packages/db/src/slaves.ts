import { z } from 'zod';
import { type Pause, pause } from './pause.ts';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** What a slave says of itself; the hello is kept whole. */
export interface SlaveIdentity {
  readonly label: string;
  readonly owner: string;
  readonly instance: string;
  readonly hello: Readonly<Record<string, unknown>>;
}

const knownSlave = z.object({
  slaveId: z.int(),
  isNew: z.boolean(),
  paused: pause.nullable(),
  firstSeenMs: z.number(),
});

/** A slave as the farm knows it. */
export type KnownSlave = z.output<typeof knownSlave>;

const know = {
  name: 'know-slave',
  text: `
    insert into slaves as s (label, owner, instance, hello) values ($1, $2, $3, $4)
    on conflict (label) do update
    set instance = excluded.instance, hello = excluded.hello, last_seen_at = now()
    where s.owner = excluded.owner
    returning slave_id as "slaveId", xmax = 0 as "isNew", paused, first_seen_at as "firstSeenMs"`,
};

const setPause = {
  name: 'pause-slaves',
  text: `
    update slaves set paused = $2
    where ($1::text[] is null or label = any ($1)) and paused is distinct from $2::jsonb
    returning slave_id as "slaveId", label`,
};
const named = z.object({ slaveId: z.int(), label: z.string() });

const touch = { name: 'touch-slaves', text: `update slaves set last_seen_at = now() where slave_id = any ($1)` };

const forget = {
  name: 'forget-strangers',
  text: `
    delete from slaves
    where slave_id in (
      select slave_id from slaves
      where paused is null and not exists (select from attempts where attempts.slave_id = slaves.slave_id)
        and not exists (select from trials where trials.slave_id = slaves.slave_id)
      order by last_seen_at desc
      offset $1)`,
};

const list = {
  name: 'list-slaves',
  text: `
    select slave_id as "slaveId", label, owner, instance, paused, first_seen_at as "firstSeenMs",
      last_seen_at as "lastSeenMs"
    from slaves
    where last_seen_at >= to_timestamp($1::float8 / 1000)
    order by label
    limit 10000`,
};
const storedSlave = z.object({
  ...named.shape,
  owner: z.string(),
  instance: z.string(),
  paused: pause.nullable(),
  firstSeenMs: z.number(),
  lastSeenMs: z.number(),
});

export type StoredSlave = z.output<typeof storedSlave>;

/** Makes a slave known, or notes its new hello. Undefined: the label belongs to another owner. */
export const knowSlave = (
  db: Queryable,
  { label, owner, instance, hello }: SlaveIdentity,
): Promise<KnownSlave | undefined> => firstRow(db, know, knownSlave, [label, owner, instance, hello]);

/** Pauses slaves by their labels, or all that are known; null lets them work again. Returns those for which that is news. */
export const pauseSlaves = (
  db: Queryable,
  labels: readonly string[] | 'all',
  word: Pause | null,
): Promise<z.output<typeof named>[]> => rows(db, setPause, named, [labels === 'all' ? null : labels, word]);

/** Notes that slaves were heard; once a minute is enough. */
export async function touchSlaves(db: Queryable, slaveIds: readonly number[]): Promise<void> {
  if (slaveIds.length > 0) await db.query({ ...touch, values: [slaveIds] });
}

/** Forgets slaves that never had an attempt and that nobody paused, but for so many that were seen last. Returns how many. */
export const forgetStrangers = async (db: Queryable, kept: number): Promise<number> =>
  (await db.query({ ...forget, values: [kept] })).rowCount ?? 0;

/** The slaves that were seen since a time, by label. */
export const listSlaves = (db: Queryable, sinceMs = 0): Promise<StoredSlave[]> =>
  rows(db, list, storedSlave, [sinceMs]);
