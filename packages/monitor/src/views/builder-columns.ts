import { isLong } from '@piw/operator/long-build';
import { age } from '@piw/operator/moment';
import { parseTargetName } from '@piw/wheel/target';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { ColumnOf } from '../table/table.ts';
import { type Span, span } from '../text/span.ts';
import { type Builder, either, lastHour } from './builder.ts';
import { machineColumns } from './machine-columns.ts';
import { doing, stateGlyph, stateRank } from './slave-words.ts';

/** What is told of the master and of each slave. */
export const builderColumns = (nowMs: number): readonly ColumnOf<Builder>[] => [
  ...who(nowMs),
  ...where,
  ...work(nowMs),
  ...machineColumns,
  ...ends,
];

function who(nowMs: number): readonly ColumnOf<Builder>[] {
  return [
    {
      ...{ id: 'state', title: 'S', width: 1, yields: 0, fixed: true, groups: 2 },
      cell: either(
        () => span('◆', 'strong'),
        ({ slave }) => stateGlyph(slave, nowMs),
      ),
      sortBy: either(
        () => -1,
        ({ slave: { state } }) => stateRank(state),
      ),
      groupBy: either(
        () => '',
        ({ slave: { state } }) => state,
      ),
    },
    {
      ...{ id: 'label', title: 'LABEL', width: 12, most: 24, grows: true, yields: 0, fixed: true },
      cell: either(
        () => span('master', 'strong'),
        ({ slave: { label } }) => span(label),
      ),
    },
  ];
}

/** For what it builds, and on what. */
const where: readonly ColumnOf<Builder>[] = [
  {
    ...{ id: 'target', title: 'TARGET', width: 22, yields: 6, groups: 3 },
    cell: either(
      () => span('–', 'dim'),
      ({ slave: { targets, task } }) => span(targetWords(targets, task?.target)),
    ),
    groupBy: either(
      () => '',
      ({ slave: { targets } }) => targets[0] ?? '',
    ),
  },
  {
    ...{ id: 'platform', title: 'PLATFORM', width: 16, yields: 7, spare: true, groups: 1 },
    cell: either(
      () => span('–', 'dim'),
      ({ slave: { targets } }) => span(platformsOf(targets)),
    ),
  },
  {
    ...{ id: 'host', title: 'HOST', width: 20, yields: 8, spare: true, groups: 5 },
    cell: either(
      ({ board: { farm } }) => span(farm.host, 'dim'),
      ({ slave: { host } }) => span(host, 'dim'),
    ),
  },
  {
    ...{ id: 'software', title: 'VERSION', width: 9, yields: 8, spare: true },
    cell: either(
      ({ board: { farm } }) => span(farm.software, 'dim'),
      ({ slave: { software } }) => span(software, 'dim'),
    ),
  },
  {
    ...{ id: 'board', title: 'BOARD', width: 18, yields: 9, groups: 4 },
    cell: either(
      () => span('–', 'dim'),
      ({ slave: { capabilities } }) => span(boardOf(capabilities), 'dim'),
    ),
  },
];

function work(nowMs: number): readonly ColumnOf<Builder>[] {
  return [
    {
      ...{ id: 'up', title: 'UP', width: 6, align: 'right', yields: 7 },
      cell: either(
        ({ board: { farm } }) => span(age(farm.startedMs, nowMs)),
        ({ slave: { upSinceMs, state } }) => span(state === 'lost' || state === 'gone' ? '–' : age(upSinceMs, nowMs)),
      ),
      sortBy: either(
        ({ board: { farm } }) => nowMs - farm.startedMs,
        ({ slave: { upSinceMs } }) => nowMs - upSinceMs,
      ),
    },
    {
      ...{ id: 'task', title: 'TASK', width: 7, align: 'right', yields: 3 },
      cell: either(
        ({ board: { farm } }) => span(heard(farm.vitals?.clockMs, nowMs)),
        ({ slave }) => taskTime(slave, nowMs),
      ),
      sortBy: either(
        () => null,
        ({ slave: { task, stateSinceMs } }) => nowMs - (task?.sinceMs ?? stateSinceMs),
      ),
    },
    {
      ...{ id: 'doing', title: 'DOING', width: 24, grows: true, yields: 0 },
      cell: either(
        ({ board }) => masterDoing(board),
        ({ slave, board }) => doing(slave, board, nowMs),
      ),
    },
  ];
}

const ends: readonly ColumnOf<Builder>[] = [
  {
    ...{ id: 'tried', title: '#1H', width: 4, align: 'right', yields: 3, spare: true },
    cell: (builder) => span(String(tried(builder))),
    sortBy: tried,
  },
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

function tried(builder: Builder): number {
  const { successes, failures } = lastHour(builder);
  return successes + failures;
}

const failedSpan = (count: number): Span => span(String(count), count > 0 ? 'bad' : 'dim');

function masterDoing(board: Board): Span {
  const { paused, fault } = board.farm;
  if (paused !== null) return span(`paused by ${paused.by}: ${paused.why}`, 'odd');
  if (fault !== null) return span(`one build a minute: ${fault.text}`, 'bad');
  const slaves = [...board.slaves.values()].filter(({ state }) => state !== 'gone');
  return span(`dispatching, ${slaves.filter(({ task }) => task !== null).length} of ${slaves.length} busy`);
}

const targetWords = (targets: readonly string[], now: string | undefined): string => {
  const first = now ?? targets[0] ?? '';
  return targets.length > 1 ? `${first} +${targets.length - 1}` : first;
};

/** Each once, in the order in which they are offered. */
const platformsOf = (targets: readonly string[]): string =>
  [...new Set(targets.map((target) => parseTargetName(target)?.platform ?? target))].join(' ');

const boardOf = (capabilities: SlavePicture['capabilities']): string =>
  String(capabilities['board'] ?? capabilities['os'] ?? '');

const heard = (clockMs: number | undefined, nowMs: number): string =>
  clockMs === undefined ? '' : age(clockMs, nowMs);

/** How long it builds; how long it has been as it is, where it doesn't. */
const taskTime = (slave: SlavePicture, nowMs: number): Span =>
  isLong(slave, nowMs)
    ? span(`${age(slave.task!.sinceMs, nowMs)} !`, 'odd')
    : span(age(slave.task?.sinceMs ?? slave.stateSinceMs, nowMs), slave.task === null ? 'dim' : undefined);
