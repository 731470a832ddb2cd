import { outcome, reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { buildPicture } from '../status-protocol.ts';
import { attemptId, bytes, dependenciesByManager, filename, sha256, step } from '../vocabulary.ts';
import { page } from './selection.ts';

const publishedFile = z
  .object({
    filename,
    sizeBytes: z.int(),
    sha256,
    url: z.string().nullable(),
    dependencies: dependenciesByManager,
  })
  .meta({ id: 'published file', description: 'A wheel of the farm; no url: it is not listed any more.' });

/** Looks at attempts, their files and their logs. */
export const buildLooks = {
  BUILDS: {
    about:
      'Attempts that began or ended, latest first; `before` an attempt, for the next page. `next` is the attempt before which there may be more: a page ends early where what is looked for is rare.',
    ask: z.object({
      ...page,
      package: packageName.nullable(),
      version: version.nullable(),
      outcome: outcome.nullable(),
      reason: reasonKind.nullable(),
      slave: z.string().nullable(),
      sinceMs: z.number().nullable(),
    }),
    answer: z.object({ builds: z.array(buildPicture), next: attemptId.nullable() }),
  },
  BUILD: {
    about: 'One attempt: its steps, its files, where its log is.',
    ask: z.object({ attempt: attemptId }),
    answer: z.object({
      build: buildPicture,
      steps: z.array(step),
      files: z.array(publishedFile),
      logBytes: z.int(),
      logUrl: z.string().nullable(),
    }),
  },
  LOG: {
    about: 'A part of a log, of a running attempt too.',
    ask: z.object({
      attempt: attemptId,
      offset: z.int().nonnegative(),
      limit: z
        .int()
        .min(1)
        .max(1 << 20),
    }),
    answer: z.object({ offset: z.int(), bytes, sizeBytes: z.int(), ended: z.boolean() }),
  },
};
