import { formatSize } from '@piw/host/size';
import { age } from '@piw/operator/moment';
import { slavesInOrder } from '@piw/wire/board-slaves';
import { boardOf } from '@piw/wire/status-board';
import type { SlavePicture, Snapshot } from '@piw/wire/status-protocol';
import { look } from './look.ts';
import { type Cell, line, type Page, styled, table } from './page.ts';
import { slaveStateCell } from './states.ts';

export const slavesCommand = look({
  command: 'slaves',
  describe: 'Show the slaves: what they do, how they are',
  builder: (yargs) => yargs,
  question: 'SNAPSHOT',
  ask: () => ({}),
  page: slavesPage,
  part: ({ slaves }) => slaves,
});

/** Of memory and disk it is told what is free: that is what a build needs. */
const vitalsHead = ['LOAD', 'FREE MEMORY', 'FREE DISK', 'HEAT'];

/** A slave a line. */
export function slavesPage(snapshot: Snapshot, nowMs: number): Page {
  const slaves = slavesInOrder(boardOf(snapshot));
  if (slaves.length === 0) return [line('No slave has come yet.')];
  const head = ['SLAVE', 'STATE', 'FOR', 'OK', 'FAILED', 'HEARD', ...vitalsHead, 'TARGETS', 'DOING'];
  return [
    table(
      head,
      slaves.map((slave) => slaveRow(slave, nowMs)),
    ),
  ];
}

const slaveRow = (slave: SlavePicture, nowMs: number): Cell[] => [
  slave.label,
  slaveStateCell(slave.state),
  age(slave.stateSinceMs, nowMs),
  String(slave.lastHour.successes),
  styled(slave.lastHour.failures > 0 ? 'bad' : null, String(slave.lastHour.failures)),
  age(slave.heardMs, nowMs),
  ...signs(slave.vitals),
  slave.targets.join(' '),
  doing(slave),
];

function signs(vitals: SlavePicture['vitals']): Cell[] {
  if (vitals === null) return ['', '', '', ''];
  const { load, memoryFreeBytes, diskFreeBytes, temperatureC, throttled } = vitals;
  const heat = temperatureC === null ? '' : `${Math.round(temperatureC)} °C`;
  return [
    load.toFixed(1),
    formatSize(memoryFreeBytes),
    formatSize(diskFreeBytes),
    throttled ? styled('bad', `${heat} throttled`.trim()) : heat,
  ];
}

/** What it builds, and why it does not. */
const doing = ({ task, why, paused }: SlavePicture): string =>
  [
    ...(task === null ? [] : [`${task.package} ${task.version} ${task.target} ${task.step ?? ''}`.trim()]),
    ...(why === null || why === paused?.why ? pauseOf(paused, task !== null) : [why]),
  ].join('; ');

const pauseOf = (paused: SlavePicture['paused'], isBusy: boolean): string[] =>
  paused === null ? [] : [`${isBusy ? 'after that ' : ''}paused by ${paused.by}: ${paused.why}`];
