import { age } from '@piw/operator/moment';
import { slavesInOrder } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Monitor } from '../state/monitor.ts';
import { oncePer } from '../state/once-per.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { type Span, span } from '../text/span.ts';
import { diskSpan, diskUsed, heatSpan, loadSpan, memorySpan, memoryUsed } from './machine-words.ts';
import { doing, isLong, stateGlyph, stateRank } from './slave-words.ts';
import type { ListView } from './view.ts';

/** A row of the builders: the master, or a slave. */
type Builder =
  | { readonly is: 'master'; readonly board: Board }
  | { readonly is: 'slave'; readonly slave: SlavePicture };

/** What stands in a column for the master, and for a slave. */
const either =
  <T>(master: (board: Board) => T, slave: (slave: SlavePicture) => T) =>
  (builder: Builder): T =>
    builder.is === 'master' ? master(builder.board) : slave(builder.slave);

const vitalsOf = either(
  ({ farm }) => farm.vitals,
  ({ vitals }) => vitals,
);

const columnsAt = (nowMs: number): readonly ColumnOf<Builder>[] => [...who(nowMs), ...work(nowMs), ...machine, ...ends];

function who(nowMs: number): readonly ColumnOf<Builder>[] {
  return [
    {
      ...{ id: 'state', title: 'S', width: 1, yields: 0 },
      cell: either(
        () => span('◆', 'strong'),
        (slave) => stateGlyph(slave, nowMs),
      ),
      sortBy: either(
        () => -1,
        ({ state }) => stateRank(state),
      ),
    },
    {
      ...{ id: 'label', title: 'LABEL', width: 14, yields: 0 },
      cell: either(
        () => span('master', 'strong'),
        ({ label }) => span(label),
      ),
    },
    {
      ...{ id: 'target', title: 'TARGET', width: 20, yields: 6 },
      cell: either(
        () => span('–', 'dim'),
        ({ targets, task }) => span(targetWords(targets, task?.target)),
      ),
    },
    {
      ...{ id: 'board', title: 'BOARD', width: 18, yields: 9 },
      cell: either(
        ({ farm }) => span(farm.host, 'dim'),
        ({ capabilities }) => span(boardOf(capabilities), 'dim'),
      ),
    },
  ];
}

function work(nowMs: number): readonly ColumnOf<Builder>[] {
  return [
    {
      ...{ id: 'up', title: 'UP', width: 6, align: 'right', yields: 7 },
      cell: either(
        ({ farm }) => span(age(farm.startedMs, nowMs)),
        ({ connectedMs, state }) => span(state === 'lost' || state === 'gone' ? '–' : age(connectedMs, nowMs)),
      ),
      sortBy: either(
        ({ farm }) => nowMs - farm.startedMs,
        ({ connectedMs }) => nowMs - connectedMs,
      ),
    },
    {
      ...{ id: 'task', title: 'TASK', width: 7, align: 'right', yields: 3 },
      cell: either(
        ({ farm }) => span(heard(farm.vitals?.clockMs, nowMs)),
        (slave) => taskTime(slave, nowMs),
      ),
      sortBy: either(
        () => null,
        ({ task, stateSinceMs }) => nowMs - (task?.sinceMs ?? stateSinceMs),
      ),
    },
    {
      ...{ id: 'doing', title: 'DOING', width: 24, grows: true, yields: 0 },
      cell: either(masterDoing, (slave) => doing(slave, nowMs)),
    },
  ];
}

const machine: readonly ColumnOf<Builder>[] = [
  {
    ...{ id: 'load', title: 'LOAD', width: 5, align: 'right', yields: 5 },
    cell: (builder) => loadSpan(vitalsOf(builder)),
    sortBy: (builder) => vitalsOf(builder)?.load ?? null,
  },
  {
    ...{ id: 'memory', title: 'MEM', width: 4, align: 'right', yields: 4 },
    cell: (builder) => memorySpan(vitalsOf(builder)),
    sortBy: (builder) => memoryUsed(vitalsOf(builder)),
  },
  {
    ...{ id: 'disk', title: 'DISK', width: 4, align: 'right', yields: 4 },
    cell: (builder) => diskSpan(vitalsOf(builder)),
    sortBy: (builder) => diskUsed(vitalsOf(builder)),
  },
  {
    ...{ id: 'heat', title: '°C', width: 3, align: 'right', yields: 4 },
    cell: (builder) => heatSpan(vitalsOf(builder)),
    sortBy: (builder) => vitalsOf(builder)?.temperatureC ?? null,
  },
];

const ends: readonly ColumnOf<Builder>[] = [
  {
    ...{ id: 'ok', title: '✓1H', width: 4, align: 'right', yields: 2 },
    cell: (builder) => span(String(lastHour(builder).successes), 'good'),
    sortBy: (builder) => lastHour(builder).successes,
  },
  {
    ...{ id: 'failed', title: '✗1H', width: 4, align: 'right', yields: 2 },
    cell: (builder) => failedSpan(lastHour(builder).failures),
    sortBy: (builder) => lastHour(builder).failures,
  },
];

/** Every slave a row, after the master. */
export const buildersView: ListView = {
  kind: 'list',
  columns: ({ nowMs }) => columnsAt(nowMs),
  rows: (monitor) =>
    rowsOf(columnsAt(monitor.nowMs), builders(monitor), {
      key: either(
        () => 'master',
        ({ slave }) => `slave ${slave}`,
      ),
      pinned: ({ is }) => is === 'master',
      ref: (builder) => (builder.is === 'master' ? { of: 'master' } : { of: 'slave', slave: builder.slave }),
    }),
  empty: () => 'Nothing is known of the farm yet.',
  wishes: () => [],
  open: ({ ref }) => (ref.of === 'slave' ? { view: 'slave', label: ref.slave.label } : null),
};

const builders = ({ feed: { board } }: Monitor): readonly Builder[] => (board === null ? [] : buildersOf(board));

const buildersOf = oncePer((board: Board): readonly Builder[] => [
  { is: 'master', board },
  ...slavesInOrder(board).map((slave): Builder => ({ is: 'slave', slave })),
]);

function masterDoing(board: Board): Span {
  const { paused, fault } = board.farm;
  if (paused !== null) return span(`paused by ${paused.by}: ${paused.why}`, 'odd');
  if (fault !== null) return span(`one build a minute: ${fault.text}`, 'bad');
  const slaves = [...board.slaves.values()];
  return span(`dispatching, ${slaves.filter(({ task }) => task !== null).length} of ${slaves.length} building`);
}

const targetWords = (targets: readonly string[], now: string | undefined): string => {
  const first = now ?? targets[0] ?? '';
  return targets.length > 1 ? `${first} +${targets.length - 1}` : first;
};

const boardOf = (capabilities: SlavePicture['capabilities']): string =>
  String(capabilities['board'] ?? capabilities['os'] ?? '');

const heard = (clockMs: number | undefined, nowMs: number): string =>
  clockMs === undefined ? '' : age(clockMs, nowMs);

/** How long it builds; how long it has been as it is, where it doesn't. */
const taskTime = (slave: SlavePicture, nowMs: number): Span =>
  isLong(slave, nowMs)
    ? span(`${age(slave.task!.sinceMs, nowMs)} !`, 'odd')
    : span(age(slave.task?.sinceMs ?? slave.stateSinceMs, nowMs), slave.task === null ? 'dim' : undefined);

const lastHour = either(
  ({ statistics: { lastHour: ends } }) => ({
    successes: ends.success ?? 0,
    failures: Object.entries(ends).reduce((sum, [outcome, count]) => (isFailure(outcome) ? sum + count : sum), 0),
  }),
  ({ lastHour: its }) => its,
);

const isFailure = (outcome: string): boolean =>
  outcome !== 'success' && outcome !== 'cancelled' && outcome !== 'skipped';

const failedSpan = (count: number): Span => span(String(count), count > 0 ? 'bad' : 'dim');
