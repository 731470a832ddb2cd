import { hostname } from 'node:os';
import { listAttention } from '@piw/db/attention';
import { readFarm } from '@piw/db/farm';
import { readFault } from '@piw/db/world-fault';
import { softwareVersion } from '@piw/host/software-version';
import { readVitals } from '@piw/host/vitals';
import { type Board, boardOf } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Premises } from '../premises.ts';
import { askedJobs } from './asked-jobs.ts';
import { latestBuilds } from './build-pictures.ts';
import type { Figures } from './figures.ts';
import { targetPictures } from './target-pictures.ts';

/** The farm as it is when a master begins: what the database knows, and the slaves that were met. */
export async function firstBoard(premises: Premises, figures: Figures, slaves: SlavePicture[]): Promise<Board> {
  const { pool, epoch, options, paths, disk, startedMs } = premises;
  const [{ paused }, { fault }] = await Promise.all([readFarm(pool), readFault(pool)]);
  const farm = {
    name: options.name,
    host: hostname(),
    software: softwareVersion(),
    startedMs,
    siteUrl: options.siteUrl,
    paused: paused ?? disk.pause,
    fault,
    targets: await targetPictures(pool),
    vitals: await readVitals(paths.output),
  };
  const [jobs, builds, statistics, attention] = await Promise.all([
    askedJobs(pool),
    latestBuilds(pool),
    figures.read(),
    listAttention(pool),
  ]);
  return boardOf({ epoch, n: 0, farm, slaves, jobs, builds, statistics, attention });
}
