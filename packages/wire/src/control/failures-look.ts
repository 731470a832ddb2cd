import { reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { targetKey } from '../status-protocol.ts';
import { attemptId, sentence } from '../vocabulary.ts';

const failureGroup = z
  .object({
    kind: reasonKind.nullable(),
    subject: z.string().nullable(),
    text: sentence.nullable(),
    builds: z.int(),
    packages: z.int(),
    latestMs: z.number(),
    attempt: attemptId,
    package: packageName,
    version,
    target: targetKey,
    remedy: sentence.nullable(),
  })
  .meta({
    id: 'failure group',
    description:
      'Builds that failed for one reason about one subject and settled their targets; text, attempt and what it built are those of the latest, the remedy what would mend them.',
  });

/** The look at why builds fail. */
export const failuresLook = {
  FAILURES: {
    about:
      'What stands failed, by reason and subject, the most builds first. Of very many the latest are looked at: those since `countedFromMs`.',
    ask: z.object({ sinceMs: z.number().nullable(), limit: z.int().min(1).max(1000) }),
    answer: z.object({ countedFromMs: z.number().nullable(), groups: z.array(failureGroup) }),
  },
};
