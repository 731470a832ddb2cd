import { type Built, fromSlave } from '@piw/wire/slave-protocol';
import { firstFault } from '@piw/wire/table';
import type { BuildEnd } from '../build/build-order.ts';

/** What the master is told of an end: not where the files lie. One that no message can carry is the slave's own fault. */
export function builtOf(attempt: number, end: BuildEnd, logBytes: number): Built {
  const { outcome, reason, steps, files } = end;
  const built: Built = {
    ...{ attempt, outcome, reason, logBytes, steps: [...steps] },
    files: files.map(({ filename, sizeBytes, sha256, dependencies }) => ({
      ...{ filename, sizeBytes, sha256, dependencies },
    })),
  };
  const { error } = fromSlave.BUILT.safeParse(built);
  return error ? builtOf(attempt, slavesFault(`it can't tell of its end: ${firstFault(error)}`), logBytes) : built;
}

/** A bug or a broken machine is not the package's fault: another try, elsewhere if there is an elsewhere. `words` makes of the error what everybody may read. */
export function slavesFault(error: unknown, words = (text: string) => text): BuildEnd {
  const text = `The slave itself failed: ${words(String(error))}`.slice(0, 2000);
  const isFull = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  return {
    outcome: 'transient',
    reason: { kind: isFull ? 'disk-full' : 'backend-error', subject: 'slave', text },
    steps: [],
    files: [],
  };
}
