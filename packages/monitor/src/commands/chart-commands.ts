import { rangeNames } from '../charts/farm-charts.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import { type Command, stepTo } from './command.ts';

const inCharts = ({ place }: Monitor): boolean => place.view === 'charts';

const hasHistory = (monitor: Monitor): boolean => inCharts(monitor) || monitor.place.view === 'slave';

function ranged(monitor: Monitor, by: 1 | -1): Monitor {
  const range = rangeNames[rangeNames.indexOf(monitor.charts.range) + by];
  if (range !== undefined) return { ...monitor, charts: { ...monitor.charts, range } };
  return telling(
    monitor,
    'odd',
    `${monitor.charts.range} is the ${by < 0 ? 'shortest' : 'longest'} time that there is.`,
  );
}

/** What can be done with charts. */
export const chartCommands: readonly Command[] = [
  {
    ...{ name: 'shorter', keys: ['<'], group: 'List', hint: 'shorter', on: 'charts', when: hasHistory },
    about: 'a shorter time: 31d 7d 1d 6h 1h',
    run: (monitor) => stepTo(ranged(monitor, -1)),
  },
  {
    ...{ name: 'longer', keys: ['>'], group: 'List', hint: 'longer', on: 'charts', when: hasHistory },
    about: 'a longer time: 1h 6h 1d 7d 31d',
    run: (monitor) => stepTo(ranged(monitor, 1)),
  },
  {
    ...{ name: 'shorter', keys: ['left', 'h'], group: 'List', when: inCharts, about: 'a shorter time' },
    run: (monitor) => stepTo(ranged(monitor, -1)),
  },
  {
    ...{ name: 'longer', keys: ['right', 'l'], group: 'List', when: inCharts, about: 'a longer time' },
    run: (monitor) => stepTo(ranged(monitor, 1)),
  },
  {
    ...{ name: 'next-target', keys: ['n'], group: 'List', hint: 'target', on: 'charts' },
    about: 'of the next target, or of the farm',
    when: inCharts,
    run: (monitor) => {
      const { subject } = monitor.charts;
      const targets = (monitor.feed.board?.farm.targets ?? []).map(({ target }) => target);
      const next = targets[subject.of === 'target' ? targets.indexOf(subject.target) + 1 : 0];
      const chosen = next === undefined ? ({ of: 'farm' } as const) : ({ of: 'target', target: next } as const);
      return stepTo({ ...monitor, charts: { ...monitor.charts, subject: chosen } });
    },
  },
];
