import { outcome, reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';
import { recipe, sentence } from '../vocabulary.ts';
import { done } from './done.ts';
import { whichCells } from './selection.ts';
import { slavesOnly } from './slave-orders.ts';

/** Orders about what is built: packages, versions, jobs. */
export const cellOrders = {
  SKIP: {
    about:
      'Settle cells without a build, until UNSKIP: what these slaves build, or these cells; attempts at them are cancelled.',
    ask: z.object({ what: z.union([slavesOnly, whichCells]), why: sentence.min(1) }),
    answer: done,
  },
  UNSKIP: { about: 'Take a skip back.', ask: whichCells, answer: done },
  PRIORITISE: {
    about: 'Move jobs in the queue.',
    ask: z.object({ cells: whichCells, to: z.enum(['front', 'back', 'usual']) }),
    answer: done,
  },
  WITHDRAW: {
    about:
      'Take back what was asked for: attempts at it are cancelled, and what is due only for that leaves the queue; the rest is built in its turn.',
    ask: whichCells,
    answer: done,
  },
  RETRY: {
    about: 'Let cells that failed be tried again: those that fit all that is given.',
    ask: z.object({
      package: packageName.nullable(),
      version: version.nullable(),
      target: targetKey.nullable(),
      outcome: outcome.nullable(),
      reason: reasonKind.nullable(),
      subject: z.string().max(200).nullable(),
    }),
    answer: done,
  },
  TRY: {
    about:
      'Let one slave try one cell that failed, before anything else; if it leaves, or has had no time for an hour, any slave.',
    ask: z.object({ package: packageName, version, target: targetKey, slave: z.string().max(100) }),
    answer: done,
  },
  BUILD_AGAIN: {
    about:
      'Build the wheels of a version again, of all targets or one: the new ones have the next build tag (PEP 427).',
    ask: z.object({ package: packageName, version, target: targetKey.nullable() }),
    answer: done,
  },
  RECIPE: {
    about: 'Say what is particular about building a package; null: nothing is. Its waiting jobs go by it at once.',
    ask: z.object({ package: packageName, recipe: recipe.nullable() }),
    answer: done,
  },
  ADD: {
    about: 'Ask for a package: one version, the newest (null), or all that have an sdist.',
    ask: z.object({ package: packageName, version: version.nullable(), all: z.boolean() }),
    answer: z.object({
      package: packageName,
      versions: z.array(z.object({ version, isNew: z.boolean() })),
    }),
  },
};
