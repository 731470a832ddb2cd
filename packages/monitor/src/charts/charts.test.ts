import { expect, test } from 'vitest';
import { asciiOf } from '../text/ascii.ts';
import { type Tone, textOf } from '../text/span.ts';
import type { Chart } from './chart.ts';
import { drawChart } from './draw-chart.ts';
import { chartsOf, chartsQuestion, targetsChart } from './farm-charts.ts';
import { markedColumns } from './marks.ts';
import { scaleFor, ticksOf } from './scale.ts';
import { spansOf } from './sgr-spans.ts';
import { timeLabels } from './time-labels.ts';

const rising: Chart = {
  ...{ title: 'Builds', unit: 'an hour', isCounted: true, fromMs: 0, stepMs: 60_000 },
  courses: [{ title: 'good', tone: 'good', figures: Array.from({ length: 40 }, (_, n) => n) }],
};

test('a chart has just so many lines of just so many columns, with its title and its last figure', () => {
  const lines = drawChart(rising, 60, 10);
  expect(lines).toHaveLength(10);
  expect(textOf(lines[0]!)).toContain('Builds an hour  ── good 39');
  const tones = new Set(lines.flatMap(({ spans }) => spans.map(({ tone }): Tone | undefined => tone)));
  expect(tones).toContain('good');
});

test('a chart of what nobody knows says so', () => {
  const unknown = { ...rising, courses: [{ ...rising.courses[0]!, figures: [null, null] }] };
  expect(drawChart(unknown, 60, 10).map(textOf).join('\n')).toContain('nothing is known of that time');
});

const figures = (from: number, by: number) => Array.from({ length: 40 }, (_, n) => from + n * by);

test('the lines of a chart are told apart without colours, and named as they are drawn', () => {
  const courses = [
    { title: 'good', tone: 'good', figures: figures(10, 1) },
    { title: 'failed', tone: 'bad', figures: figures(50, -1) },
    { title: 'again', tone: 'odd', figures: [...Array<null>(20).fill(null), 5, 5, ...Array<null>(18).fill(null)] },
  ] as const;
  const [legend, ...drawn] = drawChart({ ...rising, courses }, 60, 12).map(textOf);
  expect(legend).toContain('─o─ good 49  ─x─ failed 11  ─+─ again 5');
  for (const mark of ['o', 'x', '+']) expect(drawn.join('')).toContain(mark);
  expect(drawn.map(asciiOf).join('')).toMatch(/o.*x|x.*o/);
});

test('marks of lines that lie on one another stand side by side, also where little is known', () => {
  const known = (from: number, to: number) => Array.from({ length: 60 }, (_, at) => at >= from && at < to);
  for (const all of [known(0, 60), known(48, 57), known(20, 23)]) {
    const columns = [0, 1, 2].flatMap((nth) => markedColumns(all, nth, 3));
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns.every((column) => all[column])).toBe(true);
  }
});

test('what finds no room in the first line of the legend goes on in the second', () => {
  const courses = ['failure', 'timeout', 'memory', 'transient', 'lost'].map((title) => ({
    ...{ title, tone: 'bad' as const, figures: [1] },
  }));
  const lines = drawChart({ ...rising, courses }, 50, 8).map(textOf);
  expect(lines.slice(0, 2).join('')).toMatch(/─o─ failure 1 .*─x─ timeout 1.*─\+─ memory 1 .*─\*─ transient 1/);
  expect(lines).toHaveLength(8);
});

test('however little room there is, a chart is no larger', () => {
  for (const height of [1, 2, 3, 4]) expect(drawChart(rising, 20, height)).toHaveLength(height);
});

test.each([
  [12, ['0', '5', '10', '15']],
  [300, ['0', '100', '200', '300']],
  [1.76, ['0', '1', '2']],
  [0, ['0', '1']],
])('counts up to %d stand beside whole steps, evenly, the last no lower', (greatest, sides) => {
  const chart = { ...rising, courses: [{ ...rising.courses[0]!, figures: [0, greatest, greatest] }] };
  const rows = drawChart(chart, 60, 10)
    .map(textOf)
    .map((text) => /^ *(\d+) │/.exec(text)?.[1]);
  const at = rows.flatMap((side, row) => (side === undefined ? [] : [row])).toReversed();
  expect(at.map((row) => rows[row])).toEqual(sides);
  expect(new Set(at.slice(1).map((row, nth) => at[nth]! - row)).size).toBe(1);
});

test.each([
  [0.012, 4, { step: 0.005, count: 3 }],
  [64, 7, { step: 50, count: 2 }],
  [2.2, 4, { step: 1, count: 3 }],
])('what is not counted has steps of 1, 2 or 5 too: up to %d in %i lines', (greatest, height, scale) => {
  expect(scaleFor(greatest, height, false)).toMatchObject(scale);
});

test('no scale ends below what is greatest, nor is it higher than the chart', () => {
  for (let greatest = 0.0007; greatest < 1e7; greatest *= 1.37)
    for (const height of [1, 2, 3, 4, 5, 7, 12]) {
      const { step, count, rows } = scaleFor(greatest, height, false);
      expect(step * count).toBeGreaterThanOrEqual(greatest * (1 - 1e-9));
      expect(count * rows).toBeLessThanOrEqual(height);
    }
});

test('small steps are told with the decimals that they need', () => {
  expect(ticksOf({ step: 0.005, count: 3, rows: 1 })).toEqual(['0.000', '0.005', '0.010', '0.015']);
  expect(ticksOf({ step: 20, count: 2, rows: 1 })).toEqual(['0', '20', '40']);
});

/** In which columns of a chart of these figures there is something of its line. */
function inked(figures: readonly (number | null)[]): string {
  const lines = drawChart({ ...rising, courses: [{ ...rising.courses[0]!, figures }] }, 60, 10).slice(1);
  const columns = lines.map(({ spans }) =>
    spans.flatMap(({ text, tone }) => Array.from(text, () => (tone === 'good' ? '#' : ' '))),
  );
  return Array.from({ length: 60 }, (_, at) => (columns.some((line) => line[at] === '#') ? '#' : ' ')).join('');
}

test('what nobody knows is a gap in a chart, at its beginning, within and at its end, and nothing else is', () => {
  const [gap, known] = [Array<null>(10).fill(null), Array<number>(10).fill(5)];
  expect(inked([...known, ...known, ...known])).toMatch(/^ +#+ +$/);
  expect(inked([...known, ...gap, ...known])).toMatch(/^ +#+ {10,}#+ +$/);
  const late = inked([...gap, ...gap, ...known]);
  expect(late.indexOf('#')).toBeGreaterThan(30);
  const early = inked([...known, ...gap, ...gap]);
  expect(early.lastIndexOf('#')).toBeLessThan(30);
});

test('zero is drawn, and so is a figure by itself', () => {
  expect(inked([0, 0, 0, 0])).toContain('#####');
  const gap = Array<null>(10).fill(null);
  expect(inked([...gap, 3, ...gap])).toContain('#');
  expect(inked([...gap, 3])).toContain('#');
});

test('drawing charts leaves no handlers at the process', () => {
  const before = ['exit', 'SIGINT', 'uncaughtException'].map((name) => process.listenerCount(name));
  drawChart(rising, 60, 10);
  expect(['exit', 'SIGINT', 'uncaughtException'].map((name) => process.listenerCount(name))).toEqual(before);
});

test('colours become what they mean', () => {
  expect(spansOf('a\x1b[32mb\x1b[m c')).toEqual([
    { text: 'a', tone: undefined },
    { text: 'b', tone: 'good' },
    { text: ' c', tone: undefined },
  ]);
});

test('builds are told by the hour, whatever a step is', () => {
  const answer = { fromMs: 0, stepMs: 600_000, series: { success: [1, null], failure: [1, 0], timeout: [1, null] } };
  const [builds] = chartsOf(answer, { of: 'target', target: 'cp311-linux_aarch64' });
  expect(builds!.courses.map(({ title, figures }) => [title, figures])).toMatchObject([
    ['good', [6, null]],
    ['failed', [12, 0]],
    ['again', []],
  ]);
});

test('the farm, a target and a slave have the charts that make sense of them', () => {
  const answer = { fromMs: 0, stepMs: 600_000, series: {} };
  const titles = (subject: Parameters<typeof chartsOf>[1]) => chartsOf(answer, subject).map(({ title }) => title);
  expect(titles({ of: 'farm' })).toEqual(
    expect.arrayContaining(['Builds', 'Queue', 'Load', 'Temperature', 'Wheels received', 'What ended badly']),
  );
  expect(titles({ of: 'target', target: 'cp311-linux_aarch64' })).toEqual(['Builds', 'Queue', 'What ended badly']);
  expect(titles({ of: 'slave', slave: 'rock-1' })).not.toContain('Queue');
  expect(chartsQuestion({ of: 'slave', slave: 'rock-1' }, '1h', 1e12).series).not.toContain('waiting');
});

test('targets are told apart in a chart of them all', () => {
  const history = (target: string, success: number) => ({
    ...{ target, answer: { fromMs: 0, stepMs: 600_000, series: { success: [success], failure: [1] } } },
  });
  const [chart] = targetsChart([history('cp311-linux_aarch64', 1), history('cp313-linux_aarch64', 2)]);
  expect(chart!.courses.map(({ title, figures }) => [title, figures])).toEqual([
    ['cp311-linux_aarch64', [12]],
    ['cp313-linux_aarch64', [18]],
  ]);
  expect(new Set(chart!.courses.map(({ tone }) => tone)).size).toBe(2);
  expect(targetsChart([])).toEqual([]);
});

test('what is asked reaches back as far as was chosen', () => {
  expect(chartsQuestion({ of: 'farm' }, '7d', 1e12)).toMatchObject({ fromMs: 1e12 - 7 * 86_400_000, toMs: null });
});

test('a day is labelled by its hours, a month by its days', () => {
  const noon = new Date(2024, 4, 1, 12).getTime();
  expect(timeLabels(noon, 600_000, 2)).toEqual(['12:00', '12:10']);
  expect(timeLabels(noon, 86_400_000, 3)).toEqual(['05-01', '05-02', '05-03']);
});
