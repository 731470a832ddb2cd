import { formatDuration } from '@piw/host/duration';
import { formatSize } from '@piw/host/size';
import { age } from '@piw/operator/moment';
import { outcome } from '@piw/wheel/outcome';
import type { Answer } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { facts, type Page, section, styled, table, title } from './page.ts';
import { outcomeCell } from './states.ts';

export const statisticsCommand = look({
  command: 'statistics',
  describe: 'Show the figures of the farm',
  builder: (yargs) => yargs,
  question: 'STATISTICS',
  ask: () => ({}),
  page: (answer, nowMs) => statisticsPage(answer, nowMs),
});

/** What the farm holds, how builds ended, how each target comes along. */
export function statisticsPage({ lastHour, today, targets, ...holds }: Answer<'STATISTICS'>, nowMs: number): Page {
  return [
    facts([
      ['packages', String(holds.packages)],
      ['versions', String(holds.versions)],
      ['files', `${holds.files}, ${formatSize(holds.filesBytes)}`],
    ]),
    title('Builds that ended'),
    table(
      ['OUTCOME', 'LAST HOUR', 'TODAY (UTC)'],
      outcome.options
        .filter((kind) => kind === 'success' || kind === 'failure' || lastHour[kind] || today[kind])
        .map((kind) => [outcomeCell(kind), String(lastHour[kind] ?? 0), String(today[kind] ?? 0)]),
    ),
    ...section(
      'How targets come along',
      ['TARGET', 'WAITING', 'AN HOUR', 'EMPTY IN', 'OLDEST', 'A BUILD TAKES'],
      targets.map(({ target, waiting, perHour, emptyMs, oldestMs, medianMs }) => [
        target,
        String(waiting),
        String(perHour),
        emptyMs === null ? styled('odd', perHour > 0 ? '?' : 'never') : emptyMs === 0 ? '' : formatDuration(emptyMs),
        oldestMs === null ? '' : age(oldestMs, nowMs),
        medianMs === null ? '' : formatDuration(medianMs),
      ]),
    ),
  ];
}
