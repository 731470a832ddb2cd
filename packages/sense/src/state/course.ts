import { farmNow } from '@piw/operator/farm-clock';
import type { HistorySubject } from '@piw/wire/control/history-look';
import type { Question } from '@piw/wire/control-protocol';
import { side } from '../pixels/picture.ts';
import { type Figure, figuresOf } from './figures.ts';
import { slaveAt } from './nodes.ts';
import { type RangeName, ranges, type Sense } from './sense.ts';

/** A course that the page wants to draw: under which key, what to ask, and of which series. */
export interface CourseWish {
  readonly key: string;
  readonly series: NonNullable<Figure['past']>['series'];
  readonly ask: Question<'HISTORY'>;
}

/** Eight steps of a course, of which the last goes on. */
export function courseWish(sense: Sense): CourseWish | null {
  const { page, selected, feed } = sense;
  if (page.at !== 'graph') return null;
  const past = figuresOf(sense)[page.figure]?.past;
  const slave = slaveAt(feed.board, selected);
  if (!past || (selected !== 'master' && !slave)) return null;
  const subject: HistorySubject = slave ? { of: 'slave', slave: slave.label } : { of: 'farm' };
  const fromMs = farmNow(sense) - ranges[page.range];
  return {
    key: courseKey(sense, page),
    series: past.series,
    ask: { subject, series: [past.series], fromMs, toMs: null, points: side },
  };
}

export const courseKey = (
  { selected }: Sense,
  { figure, range }: { readonly figure: number; readonly range: RangeName },
): string => `${selected} ${figure} ${range}`;
