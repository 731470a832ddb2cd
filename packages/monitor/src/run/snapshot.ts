import type { ControlClient } from '@piw/wire/control-client';
import type { Answer, ControlType } from '@piw/wire/control-protocol';
import { boardOf } from '@piw/wire/status-board';
import { drawFrame } from '../frame/frame.ts';
import type { Monitor, Size } from '../state/monitor.ts';
import type { ViewName } from '../state/place.ts';
import { startMonitor } from '../state/start.ts';
import { step } from '../state/step.ts';
import { type Palette, paint } from '../text/paint.ts';
import { viewAt } from '../views/views.ts';
import { usualPreferences } from './preferences.ts';

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
  signal: AbortSignal,
): Promise<string[]> {
  const board = boardOf(await control.ask('SNAPSHOT', {}, { signal }));
  const nowMs = Date.now();
  const start = startMonitor({ size, nowMs, readonly, preferences: { ...usualPreferences, view } });
  const fed = step(start, { type: 'FEED', nowMs, feed: { board, heardMs: nowMs, trouble: null } })[0];
  const known = await withAnswers(fed, control, signal);
  const drawChart = view === 'charts' ? (await import('../charts/draw-chart.ts')).drawChart : null;
  return drawFrame(known, drawChart).lines.map((line) => paint(line, palette));
}

/** With the answers to all that the view wants to know. */
async function withAnswers(monitor: Monitor, control: ControlClient, signal: AbortSignal): Promise<Monitor> {
  let known = monitor;
  for (const { id, question, ask } of viewAt(monitor.place).wishes(monitor)) {
    const answer: Answer<ControlType> = await control.ask(question, ask, { signal });
    known = step(known, { type: 'LOOKED', id, answer })[0];
  }
  return known;
}
