import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const text = `select pg_try_advisory_lock(x'70697702'::integer) as taken`;

/** A machine that dies doesn't hang up: asked 3 s after it was last heard, and every 2 s, it is given up when it has been silent for 7. */
const probes = { tcp_keepalives_idle: 3, tcp_keepalives_interval: 2, tcp_keepalives_count: 2 };

/**
 * Tries to become the one active master of a database; false where another is. The lock lasts as long as the connection:
 * take it on one that is kept for it, and when that breaks, stop. Where the master's machine dies or is cut off, the server
 * notices within 10 s.
 */
export async function takeMasterLock(client: Queryable): Promise<boolean> {
  for (const [name, value] of Object.entries(probes)) await client.query({ text: `set ${name} = ${value}` });
  return (await firstRow(client, { name: 'take-master-lock', text }, z.object({ taken: z.boolean() })))!.taken;
}
