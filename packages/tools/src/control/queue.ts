import { age, ahead } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { withLimit } from './how-many.ts';
import { look } from './look.ts';
import { line, type Page, section } from './page.ts';
import { jobStateCell } from './states.ts';
import { targetsTable } from './targets.ts';
import { asTarget } from './which-cells.ts';

export const queueCommand = look({
  command: 'queue [target]',
  describe: 'Show how long the queue is, and its head',
  builder: (yargs) =>
    withLimit(yargs, 'jobs').positional('target', {
      type: 'string',
      coerce: asTarget,
      describe: 'Of this target only',
    }),
  question: 'QUEUE',
  ask: ({ target, limit }) => ({ target: target ?? null, limit }),
  page: (answer, nowMs) => queuePage(answer, nowMs),
});

/** Counts by target, then the jobs in the order in which they are built. */
export const queuePage = ({ targets, jobs }: Answer<'QUEUE'>, nowMs: number): Page => [
  targets.length === 0 ? line('The farm has no targets yet.') : targetsTable(targets),
  ...(jobs.length === 0 ? [line(''), line('Nothing is to be built.')] : []),
  ...section(
    'Next',
    ['PACKAGE', 'VERSION', 'TARGET', 'STATE', 'PRIORITY', 'RELEASED'],
    jobs.map(({ package: name, version, target, state, priority, releasedMs, readyMs }) => [
      name,
      version,
      target,
      state === 'delayed' && readyMs !== null ? `in ${ahead(readyMs, nowMs)}` : jobStateCell(state),
      priority,
      releasedMs === null ? '' : `${age(releasedMs, nowMs)} ago`,
    ]),
  ),
];
