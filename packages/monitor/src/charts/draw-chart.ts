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

/** blessed-contrib draws with dots of braille; gaps are drawn as nothing happening. */
function drawLines({ courses, fromMs, stepMs }: Chart, width: number, height: number): Line[] {
  const off = new Offscreen(width, height + spareRows);
  try {
    const style = { line: 'green', text: 'white', baseline: 'white' };
    const widget = contrib.line({
      screen: off.screen,
      ...{ top: 0, left: 0, width, height: height + spareRows, style },
      xLabelPadding: 0,
      xPadding: 0,
    });
    off.screen.append(widget);
    const count = Math.max(...courses.map(({ figures }) => figures.length));
    const x = timeLabels(fromMs, stepMs, count);
    widget.setData(
      courses.map(({ title, tone, figures }) => ({
        ...{ title, x, style: { line: colours[tone] } },
        y: figures.map((figure) => figure ?? 0),
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
