import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const text = `select pg_try_advisory_lock(x'70697702'::integer) as taken`;

/**
 * Tries to become the one active master of a database; false where another is. The lock lasts as long as the connection:
 * take it on one that is kept for it, and when that breaks, stop. Where the master's machine dies or is cut off, the server
 * notices within 10 s (see openPool).
 */
export async function takeMasterLock(client: Queryable): Promise<boolean> {
  return (await firstRow(client, { name: 'take-master-lock', text }, z.object({ taken: z.boolean() })))!.taken;
}
