import { useInput } from 'ink';
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ChartPainter } from './frame/charts.ts';
import { drawFrame } from './frame/frame.ts';
import type { Store } from './run/store.ts';
import { typeKeys } from './run/type-keys.ts';
import { keyNames } from './terminal/key-name.ts';
import { type Palette, paint } from './text/paint.ts';

/** What draws charts, once it is wanted. */
function useChartPainter(wanted: boolean): ChartPainter | null {
  const [painter, setPainter] = useState<ChartPainter | null>(null);
  useEffect(() => {
    if (wanted) void import('./charts/draw-chart.ts').then(({ drawChart }) => setPainter(() => drawChart));
  }, [wanted]);
  return painter;
}

export interface AppProps {
  readonly store: Store;
  readonly palette: Palette;
  /** Puts the lines of the screen on the terminal. */
  readonly draw: (lines: readonly string[]) => void;
}

/**
 * The monitor as it is, and its keys. Its lines are laid out already, and ink would take them apart character by character to lay them
 * out again, which costs ten times as much as drawing them: they go to the terminal as they are.
 */
export const App = ({ store, palette, draw }: AppProps) => {
  const monitor = useSyncExternalStore(store.subscribe, store.get);
  const drawChart = useChartPainter(monitor.place.view === 'charts');
  useInput((input, key) => typeKeys(store, keyNames(input, key)));
  useLayoutEffect(() => {
    draw(drawFrame(monitor, drawChart).lines.map((line) => paint(line, palette)));
  }, [monitor, drawChart, palette, draw]);
  return null;
};
