import { Box, Text, useInput } from 'ink';
import { memo, useEffect, useState, useSyncExternalStore } from 'react';
import type { ChartPainter } from './frame/charts.ts';
import { drawFrame } from './frame/frame.ts';
import type { Store } from './run/store.ts';
import { keyNames } from './terminal/key-name.ts';
import { type Palette, paint } from './text/paint.ts';

/** A line that is drawn again only where it changed. */
const PaintedLine = memo(({ text }: { readonly text: string }) => (
  <Text wrap="truncate">{text === '' ? ' ' : text}</Text>
));

/** The lines of the screen. */
export const Screen = ({ lines }: { readonly lines: readonly string[] }) => (
  <Box flexDirection="column">
    {lines.map((text, row) => (
      <PaintedLine key={row} text={text} />
    ))}
  </Box>
);

/** What draws charts, once it is wanted. */
function useChartPainter(wanted: boolean): ChartPainter | null {
  const [painter, setPainter] = useState<ChartPainter | null>(null);
  useEffect(() => {
    if (wanted) void import('./charts/draw-chart.ts').then(({ drawChart }) => setPainter(() => drawChart));
  }, [wanted]);
  return painter;
}

/** The monitor as it is, and its keys. */
export const App = ({ store, palette }: { readonly store: Store; readonly palette: Palette }) => {
  const monitor = useSyncExternalStore(store.subscribe, store.get);
  const drawChart = useChartPainter(monitor.place.view === 'charts');
  useInput((input, key) => {
    for (const name of keyNames(input, key)) store.dispatch({ type: 'KEY', key: name });
  });
  return <Screen lines={drawFrame(monitor, drawChart).lines.map((line) => paint(line, palette))} />;
};
