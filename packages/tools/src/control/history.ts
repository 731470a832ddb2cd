import { formatDuration } from '@piw/host/duration';
import { UsageError } from '@piw/host/operator-error';
import { formatSize } from '@piw/host/size';
import { asMoment, moment } from '@piw/operator/moment';
import { sparkline } from '@piw/operator/sparkline';
import { type HistorySeries, historySeries } from '@piw/wire/control/history-look';
import type { Answer, Question } from '@piw/wire/control-protocol';
import { look } from './look.ts';
import { line, type Page, table } from './page.ts';
import { withTarget } from './which-cells.ts';

export const historyCommand = look({
  command: 'history',
  describe: 'Show how the farm, a slave or a target was, from the last minutes to the last month',
  builder: (yargs) =>
    withTarget(yargs)
      .option('slave', { type: 'string', describe: 'Of this slave' })
      .option('since', { type: 'string', default: '1h', describe: 'Since then: 1h, 2d, 31d, 2024-05-01T12:00' })
      .option('until', { type: 'string', describe: 'Until then, instead of now' })
      .option('series', { choices: historySeries.options, array: true, describe: 'What of it' })
      .option('points', {
        type: 'number',
        default: 32,
        coerce: asPoints,
        describe: 'In so many steps at most, up to 1000',
      }),
  question: 'HISTORY',
  ask: ({ slave, target, since, until, series, points }, nowMs) => ({
    subject: subjectOf(slave, target),
    series: series ?? usual[subjectOf(slave, target).of],
    fromMs: asMoment(since, nowMs),
    toMs: until === undefined ? null : asMoment(until, nowMs),
    points,
  }),
  page: (answer) => historyPage(answer),
});

type Subject = Question<'HISTORY'>['subject'];

const machine: readonly HistorySeries[] = ['load', 'temperatureC', 'memoryUsed', 'diskUsed', 'swapUsed'];
const usual: Readonly<Record<Subject['of'], HistorySeries[]>> = {
  farm: ['success', 'failure', 'building', 'waiting', 'slaves', ...machine, 'receivedBytes'],
  slave: ['success', 'failure', 'building', ...machine, 'receivedBytes'],
  target: ['success', 'failure', 'building', 'waiting', 'delayed'],
};

function subjectOf(slave: string | undefined, target: string | undefined): Subject {
  if (slave !== undefined && target !== undefined)
    throw new UsageError('A slave and a target have histories of their own.', 'Give --slave or --target.');
  if (slave !== undefined) return { of: 'slave', slave };
  return target === undefined ? { of: 'farm' } : { of: 'target', target };
}

function asPoints(given: number): number {
  if (Number.isInteger(given) && given >= 2 && given <= 1000) return given;
  throw new Error('a number from 2 to 1000 is needed');
}

/** A series a line, drawn small; counts of builds are those of a step. */
export function historyPage({ fromMs, stepMs, series }: Answer<'HISTORY'>): Page {
  const rows = historySeries.options.flatMap((name) => row(name, series[name] ?? []));
  const steps = Math.max(0, ...Object.values(series).map(({ length }) => length));
  return [
    line(`from ${moment(fromMs)} in ${steps} steps of ${formatDuration(stepMs)}`),
    rows.length === 0 ? line('Nothing is known of that time.') : table(['SERIES', 'LEAST', 'MOST', 'LAST', ''], rows),
  ];
}

/** Its line; none where nothing is known of it, as of the temperature of a machine that has no thermometer. */
function row(name: HistorySeries, figures: readonly (number | null)[]): string[][] {
  const known = figures.filter((figure) => figure !== null);
  const last = known.at(-1);
  if (last === undefined) return [];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const chart = sparkline(figures, name === 'temperatureC' ? least : 0);
  return [[name, ...[least, most, last].map((figure) => textOf(name, figure)), chart]];
}

function textOf(name: HistorySeries, figure: number): string {
  if (name === 'receivedBytes') return formatSize(figure);
  if (name === 'temperatureC') return `${Math.round(figure)} °C`;
  if (name.endsWith('Used')) return `${Math.round(figure * 100)} %`;
  return String(Math.round(figure * 10) / 10);
}
