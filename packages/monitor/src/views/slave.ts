import { formatSize } from '@piw/host/size';
import { age } from '@piw/operator/moment';
import { sparkline } from '@piw/operator/sparkline';
import { slaveLabelled } from '@piw/wire/board-slaves';
import type { HistorySeries } from '@piw/wire/control/history-look';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { ranges } from '../charts/farm-charts.ts';
import { answerTo, type Wish, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { cut } from '../text/fit.ts';
import { type Line, line, type Span, span } from '../text/span.ts';
import { steps } from './build.ts';
import { diskSpan, heatSpan, loadSpan, memorySpan } from './machine-words.ts';
import { doing, stateGlyph } from './slave-words.ts';
import type { PageView } from './view.ts';

const points = 24;
const series: HistorySeries[] = ['load', 'memoryUsed', 'diskUsed', 'temperatureC'];

/** One slave: who it is, how its machine is and was, what it builds with the steps of that, why it doesn't, the log. */
export const slavePage = (label: string): PageView => ({
  kind: 'page',
  wishes: (monitor) => wishes(label, monitor),
  attempt: (monitor) => slaveOf(label, monitor)?.task?.attempt ?? lastOf(label, monitor),
  lines: (monitor, width) => {
    const slave = slaveOf(label, monitor);
    const { board } = monitor.feed;
    return slave && board
      ? about(slave, board, monitor, width)
      : [line(` No slave is called ${label} any more. Esc goes back.`)];
  },
});

const slaveOf = (label: string, { feed: { board } }: Monitor): SlavePicture | undefined =>
  board === null ? undefined : slaveLabelled(board, label);

/** What it built last: its log is shown while it builds nothing. */
const lastOf = (label: string, { feed: { board } }: Monitor): number | null =>
  board?.builds.find(({ slave }) => slave === label)?.attempt ?? null;

/** Its history, its build where it has one, else why it has none. */
function wishes(label: string, monitor: Monitor): Wish[] {
  const task = slaveOf(label, monitor)?.task ?? null;
  const { range } = monitor.charts;
  const fromMs = monitor.nowMs - ranges[range];
  return [
    wish(
      'HISTORY',
      { subject: { of: 'slave', slave: label }, series, fromMs, toMs: null, points },
      10_000,
      `slave ${label} ${range}`,
    ),
    task === null ? wish('WHY', { slave: label }, 2000) : wish('BUILD', { attempt: task.attempt }, 2000),
  ];
}

function about(slave: SlavePicture, board: Board, monitor: Monitor, width: number): Line[] {
  const { nowMs, looks } = monitor;
  const build = slave.task && answerTo(looks, 'BUILD', { attempt: slave.task.attempt });
  const reasons = slave.task === null ? (answerTo(looks, 'WHY', { slave: slave.label })?.reasons ?? []) : [];
  return [
    line(' ', stateGlyph(slave, nowMs), ' ', span(slave.label, 'strong'), `  ${slave.targets.join('  ')}`),
    line(span(`   ${cut(identity(slave, nowMs), width - 3)}`, 'dim')),
    line('   ', doing(slave, board, nowMs)),
    machine(slave, monitor),
    ...reasons.map(({ text }) => line('   ', span(text, 'strong'))),
    ...(build ? [line('  ', ...steps(build.steps, nowMs).spans)] : []),
  ];
}

/** What it tells of itself; of what it can, what isn't a matter of course. */
function identity({ host, software, upSinceMs, slave, capabilities }: SlavePicture, nowMs: number): string {
  const can = Object.entries(capabilities).map(
    ([name, value]) => `${name} ${name === 'memory' && typeof value === 'number' ? formatSize(value) : value}`,
  );
  return [host, `up ${age(upSinceMs, nowMs)}`, `slave ${software}`, `number ${slave}`, ...can].join('  ');
}

/** How its machine is, each figure after how it was in the time that is looked at. */
function machine({ label, vitals, skewMs }: SlavePicture, { looks, charts: { range } }: Monitor): Line {
  const known = answerTo(looks, 'HISTORY', `slave ${label} ${range}`)?.series ?? {};
  const chart = (name: HistorySeries): Span => span(`${sparkline(known[name] ?? [])} `, 'dim');
  return line(
    ...[span(`   ${range}  `, 'dim'), 'load ', chart('load'), loadSpan(vitals)],
    ...['  mem ', chart('memoryUsed'), memorySpan(vitals)],
    ...['  disk ', chart('diskUsed'), diskSpan(vitals)],
    ...(vitals?.temperatureC == null ? [] : ['  °C ', chart('temperatureC'), heatSpan(vitals)]),
    `  skew ${skewMs > 0 ? '+' : ''}${skewMs} ms`,
  );
}
