import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runningBuilds } from '@piw/db/builds';
import type { Premises } from '../premises.ts';

/** Removes what was received for attempts that have ended; what runs goes on from what is there. */
export async function cleanIncoming({ pool, paths }: Pick<Premises, 'pool' | 'paths'>): Promise<void> {
  await mkdir(paths.incoming, { recursive: true });
  const running = new Set((await runningBuilds(pool)).map(({ attempt }) => String(attempt)));
  for (const name of await readdir(paths.incoming))
    if (/^\d+$/.test(name) && !running.has(name)) await rm(join(paths.incoming, name), { recursive: true });
}
