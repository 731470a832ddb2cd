import { ControlClient } from '@piw/wire/control-client';
import { ControlError } from '@piw/wire/control-error';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import { knock } from './knock.ts';
import { whoAsks } from './who-asks.ts';

/** Who is looked for among several masters. */
export interface Search {
  readonly addresses: readonly string[];
  readonly keys: DialKeys | undefined;
  readonly signal?: AbortSignal;
  /** A master at work tells its time at once; this is how long a slow line is waited for (default: three seconds). */
  readonly patienceMs?: number;
}

/** The control queue of the first that speaks, or null; and why none listens there, by the system's error codes, where it told. */
export interface Found {
  readonly address: string | null;
  readonly codes: readonly string[];
}

/**
 * Finds the first of several masters that speaks. That a connection is taken tells nothing: the system takes it for a master that stands
 * still, too.
 */
export async function firstToSpeak({ addresses, keys, signal, patienceMs = 3000 }: Search): Promise<Found> {
  const ended = new AbortController();
  const until = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
  const codes = addresses.map(() => '');
  const spoken = addresses.map(async (address, i) => {
    codes[i] = (await knock(address, { alsoTcp: true, signal: until })) ?? '';
    if (codes[i] !== '') throw new Error(codes[i]);
    await hear(address, keys, { timeoutMs: patienceMs, signal: until });
    return address;
  });
  try {
    return { address: await Promise.any(spoken), codes };
  } catch {
    return { address: null, codes };
  } finally {
    ended.abort();
  }
}

async function hear(
  address: string,
  keys: DialKeys | undefined,
  patience: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const control = new ControlClient({ address, from: whoAsks(), keys });
  try {
    await control.when(patience);
  } catch (error) {
    if (!(error instanceof ControlError && error.kind === 'unadmitted')) throw error; // to say no it has to be there
  } finally {
    control.close();
  }
}
