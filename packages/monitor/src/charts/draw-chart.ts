import contrib from 'blessed-contrib';
import { fitLine } from '../text/fit.ts';
import { type Line, type Span, span } from '../text/span.ts';
import type { Chart, Course } from './chart.ts';
import { Offscreen } from './offscreen.ts';
import { spansOf } from './sgr-spans.ts';
import { timeLabels } from './time-labels.ts';

const colours: Readonly<Record<Course['tone'], string>> = {
  ...{ good: 'green', bad: 'red', odd: 'yellow', cleaning: 'magenta', sending: 'cyan' },
};

/** Lines that the widget leaves empty beneath its own labels. */
const spareRows = 3;

/** A chart with its title and what its lines are, in just so many lines. */
export function drawChart(chart: Chart, width: number, height: number): readonly Line[] {
  const drawn = chart.courses.some(({ figures }) => figures.some((figure) => figure !== null))
    ? drawLines(chart, width, height - 1)
    : [{ spans: [span('   nothing is known of that time', 'dim')] }];
  return Array.from({ length: height }, (_, row) =>
    fitLine(row === 0 ? heading(chart) : (drawn[row - 1] ?? { spans: [] }), width),
  );
}

function heading({ title, unit, courses }: Chart): Line {
  const legend = courses.flatMap(({ title: name, tone, figures }): Span[] => {
    const last = figures.findLast((figure) => figure !== null);
    return [span(`  ── ${name}`, tone), span(last == null ? '' : ` ${rounded(last)}`)];
  });
  return { spans: [span(` ${title}`, 'strong'), span(unit === '' ? '' : ` ${unit}`, 'dim'), ...legend] };
}

const rounded = (figure: number): string => String(Math.round(figure * 10) / 10);

/** blessed-contrib draws with dots of braille, and no dot from or to what is no number: a gap stays empty. */
function drawLines({ courses, fromMs, stepMs }: Chart, width: number, height: number): Line[] {
  const off = new Offscreen(width, height + spareRows);
  try {
    const style = { line: 'green', text: 'white', baseline: 'white' };
    const widget = contrib.line({
      screen: off.screen,
      ...{ top: 0, left: 0, width, height: height + spareRows, style },
      ...(isFlat(courses) && { maxY: 1 }),
      xLabelPadding: 0,
      xPadding: 0,
    });
    off.screen.append(widget);
    const count = Math.max(...courses.map(({ figures }) => figures.length));
    const x = timeLabels(fromMs, stepMs, count);
    widget.setData(
      courses.map(({ title, tone, figures }) => ({
        ...{ title, x, style: { line: colours[tone] } },
        y: withGaps(figures, count),
      })) as never,
    );
    return off
      .text()
      .slice(0, height)
      .map((text) => ({ spans: spansOf(text) }));
  } finally {
    off.close();
  }
}

/** Where nothing but zero is known there would be no scale, and no line. */
const isFlat = (courses: readonly Course[]): boolean =>
  courses.every(({ figures }) => figures.every((figure) => figure === null || figure === 0));

/** What nobody knows is no number. A figure by itself, to which no line leads, is drawn as long as its step. */
function withGaps(figures: readonly (number | null)[], count: number): number[] {
  const drawn = Array.from({ length: count }, (_, step) => figures[step] ?? Number.NaN);
  for (const [step, figure] of figures.entries()) {
    if (figure === null || figures[step - 1] != null || figures[step + 1] != null) continue;
    drawn[step + 1 < count ? step + 1 : step - 1] = figure;
  }
  return drawn;
}
