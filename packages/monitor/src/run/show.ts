import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from 'ink';
import type { ReactElement } from 'react';
import { drawFrame } from '../frame/frame.ts';
import { FullScreen } from '../terminal/full-screen.ts';
import { answersGround } from '../terminal/ground.ts';
import { type Palette, paint } from '../text/paint.ts';
import type { Store } from './store.ts';
import { Suspension } from './suspend.ts';

/** How often the clock goes on where nothing else happens, in milliseconds. */
const tickMs = 1000;

/** The monitor as it is seen: its screen, and what gives the terminal back. */
export interface Shown {
  readonly screen: FullScreen;
  readonly suspension: Suspension;
  readonly close: () => void;
  /** Rejects where it can't be drawn. */
  readonly drawn: Promise<unknown>;
}

/** The size of this process's terminal. */
export const terminalSize = () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 });

/** Draws the monitor on this process's terminal, and hears its keyboard, its mouse and its size. */
export async function show(store: Store, palette: Palette, mouse: boolean): Promise<Shown> {
  const screen = new FullScreen(
    { in: process.stdin, out: process.stdout },
    {
      paste: (text) => store.dispatch({ type: 'PASTE', text }),
      mouse: (mouse) => store.dispatch({ type: 'MOUSE', mouse }),
      ground: (ground) => ink.rerender(appWith({ ...palette, light: ground === 'light' })),
    },
    mouse,
  );
  const suspension = new Suspension(screen, (text) => store.dispatch({ type: 'TOLD', tone: 'odd', text }));
  const resized = (): void => {
    screen.resized();
    store.dispatch({ type: 'RESIZE', size: terminalSize() });
  };
  const tick = (): void => {
    if (Date.now() - store.get().nowMs >= tickMs) store.dispatch({ type: 'TICK', nowMs: Date.now() });
  };
  const ticking = setInterval(tick, tickMs / 2);
  process.stdout.on('resize', resized);
  screen.enter();
  await showFirst(store, palette, screen);
  const [{ App }, { render }, { createElement }] = await Promise.all([
    import('../app.tsx'),
    import('ink'),
    import('react'),
  ]);
  const { stdout, stdin, draw } = screen;
  const appWith = (its: Palette): ReactElement => createElement(App, { store, palette: its, draw });
  const ink: Instance = render(appWith(palette), {
    ...{ stdout, stdin, stderr: process.stderr, debug: true, patchConsole: false, exitOnCtrlC: false },
  });
  if (palette.colours && answersGround(process.env)) screen.askGround();
  const close = (): void => {
    suspension.close();
    clearInterval(ticking);
    process.stdout.off('resize', resized);
    screen.leave(); // first: what ink writes at its end, to show a cursor, would be taken for a frame
    ink.unmount();
  };
  return { screen, suspension, close, drawn: ink.waitUntilExit() };
}

/** The farm is there before ink is, whose loading takes longer than all else, and which hears the keyboard: it isn't waited for longer than this, in milliseconds. */
const firstMs = 300;

/** Draws what there is until the farm is seen. */
async function showFirst(store: Store, palette: Palette, screen: FullScreen): Promise<void> {
  const seen = new AbortController();
  const draw = (): void => {
    const monitor = store.get();
    try {
      screen.draw(drawFrame(monitor).lines.map((line) => paint(line, palette)));
    } catch {
      seen.abort(); // it is told of when it can't be drawn with ink either
    }
    if (monitor.feed.board !== null || monitor.link.trouble !== null) seen.abort();
  };
  const stop = store.subscribe(draw);
  draw();
  await delay(firstMs, undefined, { signal: seen.signal }).catch(() => undefined);
  stop();
}
