import type { Chart } from '../charts/chart.ts';
import type { Monitor } from '../state/monitor.ts';
import { type Line, line, span } from '../text/span.ts';
import type { ChartsView } from '../views/view.ts';

/** What draws a chart in so many columns and lines; what it needs is loaded only where charts are looked at. */
export type ChartPainter = (chart: Chart, width: number, height: number) => readonly Line[];

/** Below that nothing can be made out. */
const leastHeight = 8;
const leastWidth = 50;
const gap = 2;
/** Narrower than this is no chart at all. */
const narrowest = 20;

/** As many charts as can be read, side by side where it is wide enough, the important ones first. */
export function drawCharts(
  view: ChartsView,
  monitor: Monitor,
  height: number,
  drawChart: ChartPainter | null,
): readonly Line[] {
  const charts = view.charts(monitor);
  if (drawChart === null || charts.length === 0)
    return [view.heading(monitor), line('  ', span('Asking the master …', 'dim'))];
  if (monitor.size.columns < narrowest) return [view.heading(monitor)];
  const across = Math.max(1, Math.min(2, Math.floor((monitor.size.columns + gap) / (leastWidth + gap))));
  const width = Math.floor((monitor.size.columns - gap * (across - 1)) / across);
  const down = Math.max(1, Math.min(Math.ceil(charts.length / across), Math.floor((height - 1) / leastHeight)));
  const its = Math.floor((height - 1) / down);
  const bands = Array.from({ length: down }, (_, row) => charts.slice(row * across, (row + 1) * across));
  return [view.heading(monitor), ...bands.flatMap((band) => beside(band.map((chart) => drawChart(chart, width, its))))];
}

const beside = (blocks: readonly (readonly Line[])[]): Line[] =>
  (blocks[0] ?? []).map((_, row) => ({
    spans: blocks.flatMap((block, nth) => [...(nth > 0 ? [span(' '.repeat(gap))] : []), ...(block[row]?.spans ?? [])]),
  }));
