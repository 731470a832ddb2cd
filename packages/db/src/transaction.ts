import type pg from 'pg';
import type { Queryable, Transaction } from './queryable.ts';

const tries = 5;

/**
 * Does it all or nothing, on one connection. Deadlocks and serialization failures (40P01, 40001) are tried again, so
 * `work` must have no effects but its queries. Throws what `work` threw; a connection error at the commit leaves open whether it
 * happened: look it up.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (tried === tries || !isCollision(error)) throw error;
    }
  }
}

/** Reads it all as it was at one moment, whatever is written meanwhile (PostgreSQL's repeatable read). */
export const atOneMoment = <T>(pool: pg.Pool, work: (db: Queryable) => Promise<T>): Promise<T> =>
  once(pool, work, 'begin isolation level repeatable read, read only');

async function once<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>, begin = 'begin'): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client as unknown as Transaction);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const isCollision = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');
