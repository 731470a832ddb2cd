import type { Context } from '@piw/host/command';
import { asTypedIn } from '@piw/operator/as-typed';
import type { ControlClient } from '@piw/wire/control-client';
import type { Answer, ControlType } from '@piw/wire/control-protocol';
import { boardOf } from '@piw/wire/status-board';
import { drawFrame } from '../frame/frame.ts';
import type { Size } from '../state/monitor.ts';
import type { ViewName } from '../state/place.ts';
import { startMonitor } from '../state/start.ts';
import { type Palette, paint } from '../text/paint.ts';
import { viewAt } from '../views/views.ts';
import { usualPreferences } from './preferences.ts';
import { Store } from './store.ts';

/** What a single picture shows. */
export interface SnapshotOptions {
  readonly view: ViewName;
  readonly size: Size;
  readonly palette: Palette;
  readonly readonly: string | null;
}

/** The screen as it would be shown now, as lines of text. Throws a ControlError where no master answers. */
export async function takeSnapshot(
  control: ControlClient,
  { view, size, palette, readonly }: SnapshotOptions,
  { typing, signal }: Pick<Context, 'typing' | 'signal'>,
): Promise<string[]> {
  const board = boardOf(await control.ask('SNAPSHOT', {}, { signal }));
  const nowMs = Date.now();
  const store = new Store(
    startMonitor({ size, nowMs, readonly, preferences: { ...usualPreferences, view } }),
    asTypedIn(typing),
  );
  store.dispatch({ type: 'FEED', nowMs, feed: { board, heardMs: nowMs, trouble: null } });
  await askAll(store, control, signal);
  const drawChart = view === 'charts' ? (await import('../charts/draw-chart.ts')).drawChart : null;
  return drawFrame(store.get(), drawChart).lines.map((line) => paint(line, palette));
}

/** The store learns all that the view wants to know. */
async function askAll(store: Store, control: ControlClient, signal: AbortSignal): Promise<void> {
  const monitor = store.get();
  for (const { id, question, ask } of viewAt(monitor.place).wishes(monitor)) {
    const answer: Answer<ControlType> = await control.ask(question, ask, { signal });
    store.dispatch({ type: 'LOOKED', id, answer });
  }
}
