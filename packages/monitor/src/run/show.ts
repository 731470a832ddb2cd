import type { Instance } from 'ink';
import type { ReactElement } from 'react';
import { FullScreen } from '../terminal/full-screen.ts';
import { answersGround } from '../terminal/ground.ts';
import type { Palette } from '../text/paint.ts';
import type { Store } from './store.ts';

/** How often the clock goes on where nothing else happens, in milliseconds. */
const tickMs = 1000;

/** The monitor as it is seen: its screen, and what gives the terminal back. */
export interface Shown {
  readonly screen: FullScreen;
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
      mouse: (mouse) => store.dispatch({ type: 'MOUSE', mouse }),
      ground: (ground) => ink.rerender(appWith({ ...palette, light: ground === 'light' })),
    },
    mouse,
  );
  const [{ App }, { render }, { createElement }] = await Promise.all([
    import('../app.tsx'),
    import('ink'),
    import('react'),
  ]);
  const resized = (): void => {
    store.dispatch({ type: 'RESIZE', size: terminalSize() });
    screen.resized();
  };
  const tick = (): void => {
    if (Date.now() - store.get().nowMs >= tickMs) store.dispatch({ type: 'TICK', nowMs: Date.now() });
  };
  const ticking = setInterval(tick, tickMs / 2);
  process.stdout.on('resize', resized);
  const appWith = (its: Palette): ReactElement => createElement(App, { store, palette: its });
  screen.enter();
  const { stdout, stdin } = screen;
  const ink: Instance = render(appWith(palette), {
    ...{ stdout, stdin, stderr: process.stderr, debug: true, patchConsole: false, exitOnCtrlC: false },
  });
  if (palette.colours && answersGround(process.env)) screen.askGround();
  const close = (): void => {
    clearInterval(ticking);
    process.stdout.off('resize', resized);
    screen.leave(); // first: what ink writes at its end, to show a cursor, would be taken for a frame
    ink.unmount();
  };
  return { screen, close, drawn: ink.waitUntilExit() };
}
