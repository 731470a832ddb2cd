import { once } from 'node:events';
import type { Context } from '@piw/host/command';
import { asTypedIn } from '@piw/operator/as-typed';
import type { Link, LinkArguments } from '@piw/operator/open-link';
import type { FullScreen } from '@piw/operator/terminal/full-screen';
import { mayHaveMouse } from '@piw/operator/terminal/mouse';
import type { Suspension } from '@piw/operator/terminal/suspension';
import { terminalSize } from '@piw/operator/terminal/terminal-size';
import { wordsOf } from '@piw/operator/trouble';
import type { Effect } from '../state/event.ts';
import { startMonitor } from '../state/start.ts';
import type { Palette } from '../text/paint.ts';
import { copySequence } from './copy.ts';
import { logIn } from './log-in.ts';
import { giveOrders } from './perform.ts';
import { keepPreferences, preferencesFile, readPreferences } from './preferences.ts';
import { saveLog } from './save-log.ts';
import { show } from './show.ts';
import { Store } from './store.ts';
import { watch } from './watch.ts';

export interface MonitorOptions extends LinkArguments {
  readonly readonly: string | null;
  readonly palette: Palette;
  /** Whether the mouse is heard; by default where that does no harm. */
  readonly mouse?: boolean | undefined;
  /** What logs in to a host: words, `{host}` among them. */
  readonly ssh: string;
}

/** Runs the control centre on this process's terminal until the operator leaves or the signal says so. Throws what waiting for the master doesn't mend. */
export async function runMonitor(options: MonitorOptions, context: Context): Promise<void> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([context.signal, leaving.signal]);
  const path = preferencesFile(context.env);
  const { readonly, palette } = options;
  const { preferences, trouble, mayWrite } = await readPreferences(path);
  const store = new Store(
    startMonitor({ size: terminalSize(process.stdout), nowMs: Date.now(), readonly, preferences }),
    asTypedIn(context.typing),
  );
  if (trouble !== null) store.dispatch({ type: 'TOLD', tone: 'odd', text: trouble });
  const { link, ended } = watch(options, store, signal);
  ended.catch((error: unknown) => leaving.abort(error));
  const { screen, suspension, close, drawn } = await show(store, palette, options.mouse ?? mayHaveMouse(context.env));
  drawn.catch((error: unknown) => leaving.abort(error));
  const leave = (): void => leaving.abort();
  store.performWith(performer({ store, screen, suspension, link, signal, leave, options, env: context.env }));
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    close();
    const unkept = mayWrite ? await keepPreferences(path, store.get()) : null;
    await ended.catch(() => undefined);
    if (!(await screen.isTaken())) process.exit(troubleOf(leaving.signal) ? 1 : 0);
    if (unkept !== null) context.stderr.write(`${unkept}\n`);
  }
  const why = troubleOf(leaving.signal);
  if (why) throw why;
}

/** What made the monitor end that should not have. */
function troubleOf({ reason }: AbortSignal): Error | null {
  return reason instanceof Error && reason.name !== 'AbortError' ? reason : null;
}

interface Means {
  readonly store: Store;
  readonly screen: FullScreen;
  readonly suspension: Suspension;
  readonly link: () => Promise<Link>;
  readonly signal: AbortSignal;
  readonly leave: () => void;
  readonly options: MonitorOptions;
  readonly env: NodeJS.ProcessEnv;
}

/** Does what the monitor wants to be done; what fails is told. */
function performer(means: Means): (effect: Effect) => void {
  const { store } = means;
  return (effect) => {
    perform(effect, means).catch((error: unknown) => {
      if (!means.signal.aborted) store.dispatch({ type: 'TOLD', tone: 'bad', text: wordsOf(error) });
    });
  };
}

async function perform(
  effect: Effect,
  { store, screen, suspension, link, signal, leave, options, env }: Means,
): Promise<void> {
  const told = (text: string): void => store.dispatch({ type: 'TOLD', tone: 'good', text });
  switch (effect.do) {
    case 'order':
      await giveOrders(effect, { store, control: (await link()).control, signal });
      break;
    case 'copy':
      screen.say(copySequence(effect.text, env));
      told(`copied ${effect.text}`);
      break;
    case 'save':
      told(`saved as ${await saveLog((await link()).control, effect.attempt, effect.path, signal)}`);
      break;
    case 'ssh': {
      const trouble = await logIn(effect.host, options.ssh, screen, signal);
      if (trouble !== null) store.dispatch({ type: 'TOLD', tone: 'bad', text: trouble });
      break;
    }
    case 'suspend':
      await suspension.suspend();
      break;
    case 'redraw':
      screen.redraw();
      break;
    case 'quit':
      leave();
      break;
  }
}
