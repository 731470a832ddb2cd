import type { Link, LinkArguments } from '@piw/operator/open-link';
import { wordsOf } from '@piw/operator/trouble';
import { type Watcher, watchMaster } from '@piw/operator/watch-master';
import { followStatus } from '@piw/wire/status-feed';
import { LogKeeper } from './keep-log.ts';
import { LookKeeper } from './keep-looks.ts';
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
  const say = (trouble: string | null, tries: number, address: string): void =>
    store.dispatch({ type: 'LINK', link: { address, tries, trouble } });
  const watcher: Watcher = {
    onTrouble: (trouble, tries) => say(trouble, tries, ''),
    onMaster: (one, until, tookOver) => {
      const { address } = one.control;
      say(null, 0, address);
      first(one);
      link = Promise.resolve(one);
      if (tookOver) store.dispatch({ type: 'TOLD', tone: 'odd', text: `The master at ${address} took over.` });
      attend(one, store, until, pace);
    },
    isHeard: () => store.get().feed.trouble === null,
  };
  return { link: () => link, ended: watchMaster(args, watcher, signal, pace.othersMs) };
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
