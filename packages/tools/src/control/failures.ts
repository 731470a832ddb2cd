import { age, asMoment, moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { withLimit } from './how-many.ts';
import { look } from './look.ts';
import { type Cell, line, type Page, styled, table, title } from './page.ts';

type FailureGroup = Answer<'FAILURES'>['groups'][number];

export const failuresCommand = look({
  command: 'failures',
  describe: 'Show why builds fail, the most frequent reasons first, and what would mend them',
  builder: (yargs) =>
    withLimit(yargs, 'reasons').option('since', {
      type: 'string',
      describe: 'Of builds since then: 3h, 2d, 2024-05-01, 2024-05-01T12:00',
    }),
  question: 'FAILURES',
  ask: ({ since, limit }, nowMs) => ({ sinceMs: since === undefined ? null : asMoment(since, nowMs), limit }),
  page: (answer, nowMs) => failuresPage(answer, nowMs),
});

/** A reason a line; beneath, what to do, where that is known. */
export const failuresPage = ({ groups, countedFromMs }: Answer<'FAILURES'>, nowMs: number): Page =>
  groups.length === 0
    ? [line('No build stands failed.')]
    : [
        table(
          ['BUILDS', 'PACKAGES', 'LATEST', 'ATTEMPT', 'REASON'],
          groups.map((group): Cell[] => [
            String(group.builds),
            String(group.packages),
            `${age(group.latestMs, nowMs)} ago`,
            styled('dim', String(group.attempt)),
            reasonOf(group),
          ]),
        ),
        ...(countedFromMs === null ? [] : [line(styled('dim', `counted since ${moment(countedFromMs)}`))]),
        ...remedies(groups),
      ];

const reasonOf = ({ kind, subject, text }: FailureGroup): string =>
  kind === null ? 'nobody said why' : subject === null ? `${kind}: ${text ?? ''}` : `${kind} ${subject}`;

/** Long lines that somebody may want to copy: none is cut. */
function remedies(groups: readonly FailureGroup[]): Page {
  const known = groups.flatMap(({ remedy }) => (remedy === null ? [] : [line(`- ${remedy}`)]));
  return known.length === 0 ? [] : [title('What would mend them'), ...known];
}
