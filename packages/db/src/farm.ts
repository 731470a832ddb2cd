import { z } from 'zod';
import { type Pause, pause } from './pause.ts';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const farm = z.object({ name: z.string(), epoch: z.int(), paused: pause.nullable() });

/** The farm itself: its name, the epoch of its present master, and why it is paused. */
export type Farm = z.output<typeof farm>;

const read = { name: 'read-farm', text: `select name, epoch, paused from farm` };
const begin = { name: 'next-epoch', text: `update farm set epoch = epoch + 1 returning epoch` };
const rename = { name: 'name-farm', text: `update farm set name = $1 where name <> $1` };
const hold = { name: 'pause-farm', text: `update farm set paused = $1` };

/** The farm as it is kept. */
export const readFarm = async (db: Queryable): Promise<Farm> => (await firstRow(db, read, farm))!;

/** A master became active: the number of its epoch, higher than any before. */
export const nextEpoch = async (db: Queryable): Promise<number> =>
  (await firstRow(db, begin, z.object({ epoch: z.int() })))!.epoch;

/** Gives the farm its name, 1 to 100 characters. */
export async function nameFarm(db: Queryable, name: string): Promise<void> {
  await db.query({ ...rename, values: [name] });
}

/** Holds back all work, slaves to come included; null lets it go on. */
export async function pauseFarm(db: Queryable, word: Pause | null): Promise<void> {
  await db.query({ ...hold, values: [word] });
}
