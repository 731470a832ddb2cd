import { againOutcomes, failedOutcomes } from '@piw/operator/count-ends';
import type { HistorySeries, HistorySubject } from '@piw/wire/control/history-look';
import type { Answer, Question } from '@piw/wire/control-protocol';
import type { Chart, Course } from './chart.ts';

const hourMs = 3_600_000;

/** How far back charts reach, in milliseconds. */
export const ranges = {
  '1h': hourMs,
  '6h': 6 * hourMs,
  '1d': 24 * hourMs,
  '7d': 168 * hourMs,
  '31d': 744 * hourMs,
} as const;
export type Range = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as readonly Range[];

const ofBuilds = ['success', ...failedOutcomes, ...againOutcomes, 'building'] as const satisfies HistorySeries[];
const ofQueue = ['waiting', 'delayed'] as const satisfies HistorySeries[];
const ofMachine = [
  'load',
  'temperatureC',
  'memoryUsed',
  'diskUsed',
  'receivedBytes',
] as const satisfies HistorySeries[];

/** Units of what is counted. */
const counted: ReadonlySet<string> = new Set(['an hour', 'jobs']);

/** As many steps as are told apart on a screen. */
const points = 120;

/** What is asked for the charts of the farm, of a target, or of a slave. */
export const chartsQuestion = (subject: HistorySubject, range: Range, nowMs: number): Question<'HISTORY'> => ({
  subject,
  series: [...ofBuilds, ...(subject.of === 'slave' ? [] : ofQueue), ...(subject.of === 'target' ? [] : ofMachine)],
  fromMs: nowMs - ranges[range],
  toMs: null,
  points,
});

/** The charts that the answer makes: of the queue for the farm and targets, of a machine for the farm and slaves. */
export function chartsOf({ fromMs, stepMs, series }: Answer<'HISTORY'>, subject: HistorySubject): Chart[] {
  const figures = (name: HistorySeries): readonly (number | null)[] => series[name] ?? [];
  const times = (name: HistorySeries, factor: number) => scaled(figures(name), factor);
  const chart = (title: string, unit: string, ...courses: Course[]): Chart => ({
    title,
    unit,
    isCounted: counted.has(unit),
    courses,
    fromMs,
    stepMs,
  });
  const perHour = hourMs / stepMs;
  const builds = [
    chart(
      ...(['Builds', 'an hour'] as const),
      { title: 'good', tone: 'good', figures: times('success', perHour) },
      { title: 'failed', tone: 'bad', figures: scaled(summed(failedOutcomes.map(figures)), perHour) },
      { title: 'again', tone: 'odd', figures: scaled(summed(againOutcomes.map(figures)), perHour) },
    ),
  ];
  const ends = chart(
    ...(['What ended badly', 'an hour'] as const),
    { title: 'failure', tone: 'bad', figures: times('failure', perHour) },
    { title: 'timeout', tone: 'odd', figures: times('timeout', perHour) },
    { title: 'memory', tone: 'cleaning', figures: times('memory', perHour) },
    { title: 'transient', tone: 'sending', figures: times('transient', perHour) },
    { title: 'lost', tone: 'good', figures: times('lost', perHour) },
  );
  const queue = chart(
    ...(['Queue', 'jobs'] as const),
    { title: 'waiting', tone: 'sending', figures: figures('waiting') },
    { title: 'delayed', tone: 'odd', figures: figures('delayed') },
    { title: 'building', tone: 'good', figures: figures('building') },
  );
  const machine = [
    chart('Load', '', { title: 'load', tone: 'sending', figures: figures('load') }),
    chart('Temperature', '°C', { title: 'temperature', tone: 'bad', figures: figures('temperatureC') }),
    chart(
      ...(['Memory and disk', '% in use'] as const),
      { title: 'memory', tone: 'cleaning', figures: times('memoryUsed', 100) },
      { title: 'disk', tone: 'odd', figures: times('diskUsed', 100) },
    ),
    chart('Wheels received', 'MB a minute', {
      ...{ title: 'received', tone: 'good', figures: times('receivedBytes', 60_000 / stepMs / 1e6) },
    }),
  ];
  return [...builds, ...(subject.of === 'slave' ? [] : [queue]), ...(subject.of === 'target' ? [] : machine), ends];
}

/** One of the targets of a farm, and what is known of it. */
export interface TargetHistory {
  readonly target: string;
  readonly answer: Answer<'HISTORY'>;
}

const tones = ['good', 'sending', 'odd', 'cleaning', 'bad'] as const;

/** No more lines than these are told apart in a chart. */
export const mostTargets = tones.length;

/** What is asked of each target for the chart of them all. */
export const targetQuestion = (target: string, range: Range, nowMs: number): Question<'HISTORY'> => ({
  ...chartsQuestion({ of: 'target', target }, range, nowMs),
  series: ['success', ...failedOutcomes],
});

/** How many builds ended of each target. */
export function targetsChart(all: readonly TargetHistory[]): Chart[] {
  const [first] = all;
  if (first === undefined) return [];
  const { fromMs, stepMs } = first.answer;
  const courses = all.slice(0, mostTargets).map(({ target, answer: { series } }, nth): Course => {
    const ended = summed((['success', ...failedOutcomes] as const).map((name) => series[name] ?? []));
    return { title: target, tone: tones[nth]!, figures: scaled(ended, hourMs / stepMs) };
  });
  return [{ title: 'By target', unit: 'an hour', isCounted: true, courses, fromMs, stepMs }];
}

const scaled = (figures: readonly (number | null)[], factor: number): (number | null)[] =>
  figures.map((figure) => (figure === null ? null : figure * factor));

/** Step by step; what nobody knows counts nothing beside what is known. */
function summed(all: readonly (readonly (number | null)[])[]): (number | null)[] {
  const length = Math.max(0, ...all.map((figures) => figures.length));
  return Array.from({ length }, (_, step) => {
    const known = all.flatMap((figures) => figures[step] ?? []);
    return known.length === 0 ? null : known.reduce((sum, figure) => sum + figure, 0);
  });
}
