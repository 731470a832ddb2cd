import { z } from 'zod';
import { attemptId, sentence } from '../vocabulary.ts';
import { whichCells } from './selection.ts';

/** Why a cell isn't being built, or a slave isn't building. */
export const whyKind = z.enum([
  // of a cell that needs no build, or none now
  'served',
  'built',
  'failed',
  'skipped',
  'excluded',
  'upstream',
  'upstream-unheard',
  'deleted',
  'yanked',
  'retired',
  'lower-target-first',
  'not-due',
  // of a job
  'building',
  'delayed',
  'fresh-release',
  'no-slave',
  'needs-unmet',
  'slaves-away',
  'lost-by-its-slave',
  'queued',
  'next',
  // of everything
  'farm-paused',
  'disk-low',
  'world-at-fault',
  // of a slave
  'paused',
  'quarantined',
  'leaving',
  'away',
  'refused',
  'busy',
  'no-target',
  'nothing-waits',
  'lacks-needs',
  'all-delayed',
  'about-to-begin',
]);

/** The look at why nothing happens. */
export const whyLook = {
  WHY: {
    about:
      'Why a slave is idle, by its label, or why cells are not being built: of a package its newest version, each target in a line of its own.',
    ask: z.union([z.object({ slave: z.string().max(100) }), whichCells]),
    answer: z.object({
      reasons: z.array(z.object({ subject: z.string(), kind: whyKind, text: sentence, attempt: attemptId.nullable() })),
    }),
  },
};

export type WhyKind = z.output<typeof whyKind>;
