import { formatSize } from '@piw/host/size';
import { outcome } from '@piw/wheel/outcome';
import type { Answer } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { facts, type Page, table, title } from './page.ts';
import { outcomeCell } from './states.ts';

export const statisticsCommand = look({
  command: 'statistics',
  describe: 'Show the figures of the farm',
  builder: (yargs) => yargs,
  question: 'STATISTICS',
  ask: () => ({}),
  page: statisticsPage,
});

/** What the farm holds, and how builds ended. */
export function statisticsPage({ lastHour, today, ...holds }: Answer<'STATISTICS'>): Page {
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
  ];
}
