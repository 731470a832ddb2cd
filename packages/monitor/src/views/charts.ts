import {
  chartsOf,
  chartsQuestion,
  mostTargets,
  type TargetHistory,
  targetQuestion,
  targetsChart,
} from '../charts/farm-charts.ts';
import { answerTo, type Wish, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, span } from '../text/span.ts';
import type { ChartsView } from './view.ts';

const freshMs = 10_000;

/** Whom the charts are of. */
function nameOf({ charts: { subject } }: Monitor): string {
  if (subject.of === 'slave') return subject.slave;
  return subject.of === 'target' ? subject.target : 'the farm';
}

/** What is known of the charts that are chosen is kept under this. */
const aboutOf = (monitor: Monitor): string =>
  `charts ${monitor.charts.subject.of} ${nameOf(monitor)} ${monitor.charts.range}`;

const aboutTarget = (target: string, { charts: { range } }: Monitor): string => `charts by target ${target} ${range}`;

/** The targets that the farm's chart tells apart; where there is one it would tell nothing new. */
function targetsOf({ charts: { subject }, feed: { board } }: Monitor): readonly string[] {
  const targets = (board?.farm.targets ?? []).filter(({ retired }) => !retired).map(({ target }) => target);
  return subject.of === 'farm' && targets.length > 1 ? targets.slice(0, mostTargets) : [];
}

/** How the farm, a target or a slave was: what was built, what waited, how the machine was. */
export const chartsView: ChartsView = {
  kind: 'charts',
  wishes: (monitor) => {
    const { subject, range } = monitor.charts;
    return [
      wish('HISTORY', chartsQuestion(subject, range, monitor.nowMs), freshMs, aboutOf(monitor)),
      ...targetsOf(monitor).map((target): Wish => {
        const ask = targetQuestion(target, range, monitor.nowMs);
        return wish('HISTORY', ask, freshMs, aboutTarget(target, monitor));
      }),
    ];
  },
  charts: (monitor) => {
    const answer = answerTo(monitor.looks, 'HISTORY', aboutOf(monitor));
    if (!answer) return [];
    const [builds, ...others] = chartsOf(answer, monitor.charts.subject);
    const targets = byTarget(monitor);
    if (targets.length < targetsOf(monitor).length) return []; // what came later would move what is seen
    return [...(builds ? [builds] : []), ...targetsChart(targets), ...others];
  },
  heading,
};

const byTarget = (monitor: Monitor): TargetHistory[] =>
  targetsOf(monitor).flatMap((target) => {
    const answer = answerTo(monitor.looks, 'HISTORY', aboutTarget(target, monitor));
    return answer ? [{ target, answer }] : [];
  });

function heading(monitor: Monitor): Line {
  const hint = '< > other times   n other target   :charts SLAVE';
  return line(' ', span(nameOf(monitor), 'strong'), `  the last ${monitor.charts.range}  `, span(hint, 'dim'));
}
