import { readBuild } from '@piw/db/builds';
import { findCells } from '@piw/db/cells';
import { findBuilds } from '@piw/db/find-builds';
import { listSlaves } from '@piw/db/slaves';
import { Refusal } from '@piw/host/operator-error';
import type { Ask, Reply } from '@piw/wire/control-protocol';
import { step } from '@piw/wire/vocabulary';
import { z } from 'zod';
import { buildPicture } from '../keep-count/build-pictures.ts';
import { logPath, wheelPath } from '../published-path.ts';
import { chooseSlaves } from './choose-slaves.ts';
import type { Answering, Office } from './office.ts';
import { urlOf } from './site-url.ts';

/** Attempts, running and ended. */
export const buildLooks: Answering<'BUILDS' | 'BUILD'> = (office) => ({
  BUILDS: (ask) => builds(office, ask),
  BUILD: ({ attempt }) => build(office, attempt),
});

async function builds({ premises: { pool } }: Office, ask: Ask<'BUILDS'>): Promise<Reply<'BUILDS'>> {
  if (ask.package !== null) await findCells(pool, { package: ask.package, version: ask.version, target: null });
  if (ask.slave !== null) chooseSlaves([ask.slave], await listSlaves(pool));
  const { builds: found, next } = await findBuilds(pool, { ...ask, target: null });
  return { builds: found.map(buildPicture), next };
}

const steps = z.array(step);

async function build({ premises: { pool, options }, logs }: Office, attempt: number): Promise<Reply<'BUILD'>> {
  const found = await readBuild(pool, attempt);
  if (!found) throw noSuchAttempt(attempt);
  const urlIn = urlOf(options);
  return {
    build: buildPicture(found),
    steps: steps.parse(found.steps),
    files: found.published.map(({ filename, sizeBytes, sha256, listed, dependencies }) => ({
      ...{ filename, sizeBytes, sha256, dependencies },
      url: listed ? urlIn(wheelPath(sha256, filename)) : null,
    })),
    logBytes: found.endedMs === null ? (await logs.read(attempt, 0, 1)).sizeBytes : found.logBytes,
    logUrl: found.endedMs === null ? null : urlIn(logPath(attempt)),
  };
}

export const noSuchAttempt = (attempt: number): Refusal =>
  new Refusal(`There was never an attempt ${attempt}.`, '"piw-control builds" lists them.');
