import { chartsOf, chartsQuestion } from '../charts/farm-charts.ts';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, span } from '../text/span.ts';
import type { ChartsView } from './view.ts';

const freshMs = 10_000;

/** What is known of the charts that are chosen is kept under this. */
const aboutOf = ({ charts: { subject, range } }: Monitor): string =>
  `charts ${subject.of === 'target' ? subject.target : ''} ${range}`;

/** How the farm, or a target, was: what was built, what waited, how the master's machine was. */
export const chartsView: ChartsView = {
  kind: 'charts',
  wishes: (monitor) => {
    const { subject, range } = monitor.charts;
    return [wish('HISTORY', chartsQuestion(subject, range, monitor.nowMs), freshMs, aboutOf(monitor))];
  },
  charts: (monitor) => {
    const answer = answerTo(monitor.looks, 'HISTORY', aboutOf(monitor));
    return answer ? chartsOf(answer, monitor.charts.subject) : [];
  },
  heading,
};

function heading({ charts: { subject, range } }: Monitor): Line {
  const who = subject.of === 'target' ? subject.target : 'the farm';
  return line(' ', span(who, 'strong'), `  the last ${range}  `, span('< > other times   n other target', 'dim'));
}
