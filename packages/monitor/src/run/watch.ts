import { setTimeout as delay } from 'node:timers/promises';
import { knock } from '@piw/operator/knock';
import { followStatus } from '@piw/wire/status-feed';
import { LogKeeper } from './keep-log.ts';
import { LookKeeper } from './keep-looks.ts';
import { type Link, type LinkArguments, openLink } from './link.ts';
import { wordsOf } from './perform.ts';
import type { Store } from './store.ts';

/** How often what is watched is looked at, in milliseconds. */
export interface Pace {
  /** The picture of the farm changes no more often: each takes a moment to be drawn. */
  readonly feedMs: number;
  /** After a silence as long as this a master is asked whether it is there. */
  readonly quietMs: number;
  /** Of several masters, while the one that was watched isn't heard, the others are tried. */
  readonly othersMs: number;
}

const usual: Pace = { feedMs: 500, quietMs: 10_000, othersMs: 1000 };

/** What is watched: the master that is active, of several that which is at the time. */
export interface Watch {
  /** The link that there is, or the first as soon as there is one. */
  readonly link: () => Promise<Link>;
  /** Rejects with what waiting doesn't mend; resolves when nobody watches any more. */
  readonly ended: Promise<void>;
}

/** Finds the master, follows it and asks it what the views want to know, until the signal; where another takes over, the same of that. */
export function watch(args: LinkArguments, store: Store, signal: AbortSignal, pace = usual): Watch {
  let first: (link: Link) => void = () => undefined;
  let link = new Promise<Link>((resolve) => (first = resolve));
  const ended = follow(args, store, signal, pace, (one) => {
    first(one);
    link = Promise.resolve(one);
  });
  return { link: () => link, ended };
}

async function follow(
  args: LinkArguments,
  store: Store,
  signal: AbortSignal,
  pace: Pace,
  onLink: (link: Link) => void,
): Promise<void> {
  const say = (trouble: string | null, tries: number, address: string): void =>
    store.dispatch({ type: 'LINK', link: { address, tries, trouble } });
  let only: string | null = null;
  while (!signal.aborted) {
    const which: LinkArguments = only === null ? args : { ...args, only };
    const link = await openLink(which, (trouble, tries) => say(trouble, tries, ''), signal);
    const { address } = link.control;
    say(null, 0, address);
    onLink(link);
    if (only !== null) store.dispatch({ type: 'TOLD', tone: 'odd', text: `The master at ${address} took over.` });
    const over = new AbortController();
    attend(link, store, AbortSignal.any([signal, over.signal]), pace);
    only = await elsewhere(args.controlQueue ?? [], address, store, signal, pace);
    over.abort();
    link.control.close();
  }
}

/** Follows one master, and asks it. */
function attend({ control, statusAddress }: Link, store: Store, signal: AbortSignal, { feedMs, quietMs }: Pace): void {
  const onChange = (feed: Parameters<Parameters<typeof followStatus>[0]['onChange']>[0]): void => {
    if (!signal.aborted) store.dispatch({ type: 'FEED', feed, nowMs: Date.now() });
  };
  followStatus({ statusAddress, control, onChange, batchMs: feedMs, quietMs }, signal).catch((error: unknown) =>
    store.dispatch({ type: 'TOLD', tone: 'bad', text: wordsOf(error) }),
  );
  const looks = new LookKeeper(store, control, signal);
  const logs = new LogKeeper(store, control, statusAddress);
  const look = (): void => {
    if (signal.aborted) return;
    looks.look();
    logs.look();
  };
  const forget = store.subscribe(() => queueMicrotask(look));
  signal.addEventListener('abort', () => {
    forget();
    logs.close();
  });
  look();
}

/**
 * Resolves with the address of another master, once the one that was watched isn't heard and that other listens: one that stands by does
 * not. Where there is no other, it resolves with nobody watching any more.
 */
async function elsewhere(
  all: readonly string[],
  address: string,
  store: Store,
  signal: AbortSignal,
  { othersMs }: Pace,
): Promise<string | null> {
  const others = all.filter((one) => one !== address);
  while (await passed(othersMs, signal)) {
    if (store.get().feed.trouble === null) continue;
    for (const other of others) if ((await knock(other, { alsoTcp: true, signal })) === null) return other;
  }
  return null;
}

/** Whether so long a time passed before the signal. */
const passed = (ms: number, signal: AbortSignal): Promise<boolean> => delay(ms, true, { signal }).catch(() => false);
