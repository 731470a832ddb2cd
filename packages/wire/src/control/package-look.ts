import { outcome } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';
import { attemptId, filename, recipe, sentence } from '../vocabulary.ts';

const cell = z
  .object({
    target: targetKey,
    state: z.enum([
      'file',
      'built',
      'failed',
      'skipped',
      'excluded',
      'upstream',
      'waiting',
      'delayed',
      'building',
      'none',
    ]),
    attempt: attemptId.nullable(),
    outcome: outcome.nullable(),
    text: sentence.nullable(),
    file: filename.nullable(),
    url: z.string().nullable(),
  })
  .meta({
    id: 'cell',
    description:
      'One version against one target; `built`: its build went well, and none of its wheels serves this target.',
  });

/** The look at a package's matrix. */
export const packageLook = {
  PACKAGE: {
    about: 'A package: its versions against the targets, its recipe.',
    ask: z.object({ package: packageName }),
    answer: z.object({
      package: packageName,
      description: z.string().nullable(),
      skipped: sentence.nullable(),
      recipe: recipe.nullable(),
      targets: z.array(targetKey),
      versions: z.array(
        z.object({
          version,
          releasedMs: z.number().nullable(),
          yanked: z.string().nullable(),
          skipped: sentence.nullable(),
          asked: z.boolean(),
          cells: z.array(cell),
        }),
      ),
    }),
  },
};
