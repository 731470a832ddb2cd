import { setTimeout as delay } from 'node:timers/promises';
import { FullScreen } from '@piw/operator/terminal/full-screen';
import { answersGround, groundQuestion } from '@piw/operator/terminal/ground';
import { Suspension } from '@piw/operator/terminal/suspension';
import { terminalSize } from '@piw/operator/terminal/terminal-size';
import type { Instance } from 'ink';
import type { ReactElement } from 'react';
import { drawFrame } from '../frame/frame.ts';
import { InkTerminal } from '../terminal/ink-terminal.ts';
import { type Palette, paint } from '../text/paint.ts';
import type { Store } from './store.ts';

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

/** Draws the monitor on this process's terminal, and hears its keyboard, its mouse and its size. */
export async function show(store: Store, palette: Palette, mouse: boolean): Promise<Shown> {
  const forInk = new InkTerminal(terminalSize(process.stdout), () => screen.hear());
  const screen: FullScreen = new FullScreen(
    { in: process.stdin, out: process.stdout },
    {
      keys: forInk.push,
      paste: (text) => store.dispatch({ type: 'PASTE', text }),
      ...(mouse && { mouse: (did) => store.dispatch({ type: 'MOUSE', mouse: did }) }),
      ground: (ground) => ink.rerender(appWith({ ...palette, light: ground === 'light' })),
    },
  );
  const suspension = new Suspension(screen, (text) => store.dispatch({ type: 'TOLD', tone: 'odd', text }));
  const resized = (): void => {
    const size = terminalSize(process.stdout);
    screen.resized();
    forInk.resized(size);
    store.dispatch({ type: 'RESIZE', size });
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
  const appWith = (its: Palette): ReactElement => createElement(App, { store, palette: its, draw: screen.draw });
  const { stdout, stdin } = forInk;
  const ink: Instance = render(appWith(palette), {
    ...{ stdout, stdin, stderr: process.stderr, debug: true, patchConsole: false, exitOnCtrlC: false },
  });
  if (palette.colours && answersGround(process.env)) screen.say(groundQuestion);
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
