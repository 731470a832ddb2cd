import { formatDuration } from '@piw/host/duration';
import { formatSize } from '@piw/host/size';
import { countEnds } from '@piw/operator/count-ends';
import { age, moment } from '@piw/operator/moment';
import { countSlavesByState, slavesInOrder } from '@piw/wire/board-slaves';
import { type Board, boardOf } from '@piw/wire/status-board';
import { type Snapshot, type StatisticsPicture, slaveState } from '@piw/wire/status-protocol';
import { buildsTable } from './builds.ts';
import { look } from './look.ts';
import { type Cell, facts, type Page, section, styled, title } from './page.ts';
import { targetsTable } from './targets.ts';

export const statusCommand = look({
  command: 'status',
  describe: 'Show the farm on a page',
  builder: (yargs) => yargs,
  question: 'SNAPSHOT',
  ask: () => ({}),
  page: statusPage,
});

const buildsShown = 5;

/** The farm, what needs a human, what is being built and what was built last. */
export function statusPage(snapshot: Snapshot, nowMs: number): Page {
  const board = boardOf(snapshot);
  const { targets } = board.farm;
  const ended = board.builds.filter(({ endedMs }) => endedMs !== null).slice(0, buildsShown);
  return [
    aboutFarm(board, nowMs),
    ...section(
      'Needs attention',
      [],
      [...board.attention.values()].map(({ text, remedy }) => [styled('odd', text), remedy]),
    ),
    ...(targets.length === 0 ? [] : [title('Targets'), targetsTable(targets)]),
    ...section('Being built', ['PACKAGE', 'VERSION', 'TARGET', 'SLAVE', 'STEP', 'FOR'], underWay(board, nowMs)),
    ...(ended.length === 0 ? [] : [title('Built last'), buildsTable(ended, nowMs)]),
  ];
}

function aboutFarm(board: Board, nowMs: number) {
  const { name, host, software, startedMs, siteUrl, paused, targets } = board.farm;
  const total = (of: 'waiting' | 'delayed' | 'building') => targets.reduce((sum, target) => sum + target[of], 0);
  return facts([
    ['farm', `${name} on ${host}, version ${software}, up ${age(startedMs, nowMs)}`],
    ['site', siteUrl],
    ['paused', paused && styled('odd', `by ${paused.by} since ${moment(paused.sinceMs)}: ${paused.why}`)],
    ['slaves', slaves(board)],
    ['queue', `${total('waiting')} waiting, ${total('delayed')} delayed, ${total('building')} building`],
    ['builds', `${ends(board.statistics.lastHour)} in the last hour; ${ends(board.statistics.today)} today (UTC)`],
    ['holds', holds(board.statistics)],
    ['machine', machine(board)],
  ]);
}

function slaves(board: Board): string {
  const counts = countSlavesByState(board);
  const told = slaveState.options.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  const then = [...board.slaves.values()].filter(({ task, paused }) => task !== null && paused !== null).length;
  if (told.length === 0) return 'none';
  return told.join(', ') + (then === 0 ? '' : `; ${then} paused after ${then === 1 ? 'its build' : 'their builds'}`);
}

function ends(by: StatisticsPicture['today']): string {
  const { good, failed, again } = countEnds(by);
  return `${good} good, ${failed} failed${again === 0 ? '' : `, ${again} to be tried again`}`;
}

const holds = ({ packages, versions, files, filesBytes }: StatisticsPicture): string =>
  `${packages} packages, ${versions} versions, ${files} files (${formatSize(filesBytes)})`;

function machine({ farm: { vitals } }: Board): Cell | null {
  if (vitals === null) return null;
  const { load, memoryFreeBytes, memorySizeBytes, diskFreeBytes, diskSizeBytes, temperatureC, upMs } = vitals;
  const memory = `${formatSize(memoryFreeBytes)} of ${formatSize(memorySizeBytes)} memory free`;
  const disk = `${formatSize(diskFreeBytes)} of ${formatSize(diskSizeBytes)} disk free`;
  const heat = temperatureC === null ? '' : `, ${Math.round(temperatureC)} °C`;
  return `up ${formatDuration(upMs)}, load ${load.toFixed(1)}, ${memory}, ${disk}${heat}`;
}

const underWay = (board: Board, nowMs: number): Cell[][] =>
  slavesInOrder(board).flatMap(({ label, task }) =>
    task === null ? [] : [[task.package, task.version, task.target, label, task.step ?? '', age(task.sinceMs, nowMs)]],
  );
