import { type Line, type Span, span, textOf } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import type { Chart } from './chart.ts';
import { markOf } from './marks.ts';

/** More lines than these would leave no room for the figures. */
const most = 2;

/** The title, and what the lines are, named as they are drawn: by colour and mark. What finds no room in a line goes on in the next. */
export function legendOf({ title, unit, courses }: Chart, width: number): readonly Line[] {
  const head = [span(` ${title}`, 'strong'), span(unit === '' ? '' : ` ${unit}`, 'dim')];
  const lines: Span[][] = [head];
  for (const [nth, { title: name, tone, figures }] of courses.entries()) {
    const last = figures.findLast((figure) => figure !== null);
    const mark = markOf(nth, courses.length);
    const stroke = mark === null ? '──' : `─${mark}─`;
    const its = [span(`  ${stroke} ${name}`, tone), span(last == null ? '' : ` ${rounded(last)}`)];
    const hasRoom = widthOf(textOf({ spans: [...lines.at(-1)!, ...its] })) <= width;
    if (hasRoom || lines.length === most) lines.at(-1)!.push(...its);
    else lines.push(its);
  }
  return lines.map((spans) => ({ spans }));
}

/** To a decimal; what is small to two digits. */
const rounded = (figure: number): string =>
  String(Math.abs(figure) < 1 ? Number(figure.toPrecision(2)) : Math.round(figure * 10) / 10);
