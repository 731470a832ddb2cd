import contrib from 'blessed-contrib';
import { fitLine } from '../text/fit.ts';
import { type Line, span } from '../text/span.ts';
import type { Chart, Course } from './chart.ts';
import { legendOf } from './legend.ts';
import { Offscreen } from './offscreen.ts';
import { type Canvas, type Field, plot } from './plot.ts';
import { scaleFor, ticksOf } from './scale.ts';
import { spansOf } from './sgr-spans.ts';
import { timeLabels } from './time-labels.ts';

const colours: Readonly<Record<Course['tone'], string>> = {
  ...{ good: 'green', bad: 'red', odd: 'yellow', cleaning: 'magenta', sending: 'cyan' },
};

/** A chart with its title and what its lines are, in just so many lines. */
export function drawChart(chart: Chart, width: number, height: number): readonly Line[] {
  const legend = legendOf(chart, width);
  const room = height - legend.length;
  const drawn = chart.courses.some(({ figures }) => figures.some((figure) => figure !== null))
    ? room > beneath + 1
      ? drawLines(chart, width, room)
      : []
    : [{ spans: [span('   nothing is known of that time', 'dim')] }];
  const lines = [...legend, ...drawn];
  return Array.from({ length: height }, (_, row) => fitLine(lines[row] ?? { spans: [] }, width));
}

/** The columns that blessed-contrib's canvas leaves empty at its right. */
const spareColumns = 6;

/** The lines beneath the figures: the axis, and the times. */
const beneath = 2;

/** blessed-contrib draws with dots of braille. */
function drawLines(chart: Chart, width: number, height: number): Line[] {
  const off = new Offscreen(width + spareColumns, height);
  try {
    const widget = contrib.canvas({ screen: off.screen, top: 0, left: 0, width: width + spareColumns, height });
    off.screen.append(widget);
    drawOn((widget as unknown as { readonly ctx: Canvas }).ctx, chart, width, height);
    return off.text(width).map((text) => ({ spans: spansOf(text) }));
  } finally {
    off.close();
  }
}

function drawOn(canvas: Canvas, { courses, isCounted, fromMs, stepMs }: Chart, width: number, height: number): void {
  const count = Math.max(...courses.map(({ figures }) => figures.length));
  const bottom = height - beneath - 1;
  const greatest = Math.max(...courses.flatMap(({ figures }) => figures.map((figure) => figure ?? 0)));
  const scale = scaleFor(greatest, bottom, isCounted);
  const ticks = ticksOf(scale);
  const left = Math.max(...ticks.map((tick) => tick.length)) + 3;
  const field: Field = { left, columns: Math.max(1, width - left), bottom, scale };
  canvas.fillStyle = 'white';
  drawAxes(canvas, field, ticks);
  drawTimes(canvas, field, timeLabels(fromMs, stepMs, count));
  plot(
    canvas,
    field,
    courses.map(({ tone, figures }) => ({ colour: colours[tone], figures: withGaps(figures, count) })),
  );
}

function drawAxes(canvas: Canvas, { left, columns, bottom, scale: { rows, count } }: Field, ticks: readonly string[]) {
  for (let row = bottom - rows * count; row <= bottom; row++) {
    const nth = (bottom - row) / rows;
    const tick = Number.isInteger(nth) ? ticks[nth]! : '';
    canvas.fillText(`${tick.padStart(left - 2)} │`, 0, row * 4);
  }
  canvas.fillText(`└${'─'.repeat(columns)}`, (left - 1) * 2, (bottom + 1) * 4);
}

/** As many as there is room for, each where its step begins. */
function drawTimes(canvas: Canvas, { left, columns, bottom }: Field, labels: readonly string[]): void {
  const longest = Math.max(...labels.map((label) => label.length));
  const every = Math.max(1, Math.ceil((labels.length * (longest + 2)) / columns));
  for (let step = 0; step < labels.length; step += every) {
    const column = Math.floor((step / labels.length) * columns);
    if (column + longest <= columns) canvas.fillText(labels[step]!, (left + column) * 2, (bottom + 2) * 4);
  }
}

/** What nobody knows is no number. A figure by itself, to which no line leads, is drawn as long as its step. */
function withGaps(figures: readonly (number | null)[], count: number): number[] {
  const drawn = Array.from({ length: count }, (_, step) => figures[step] ?? Number.NaN);
  for (const [step, figure] of figures.entries()) {
    if (figure === null || figures[step - 1] != null || figures[step + 1] != null) continue;
    drawn[step + 1 < count ? step + 1 : step - 1] = figure;
  }
  return drawn;
}
