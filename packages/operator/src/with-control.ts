import type { Context } from '@piw/host/command';
import { ControlClient } from '@piw/wire/control-client';
import type { MasterArguments } from './control-address.ts';
import { findMaster } from './find-master.ts';
import { masterKeys } from './master-keys.ts';
import { whoAsks } from './who-asks.ts';

/** Does work with a master to ask; throws a Refusal at once where none listens on this machine, a KeyError where it takes a key. */
export async function withControl<T>(args: MasterArguments, work: (control: ControlClient) => Promise<T>): Promise<T> {
  const address = await findMaster(args);
  const keys = await masterKeys(args, [address]);
  const control = new ControlClient({ address, from: whoAsks(), keys });
  try {
    return await work(control);
  } finally {
    control.close();
  }
}

/** How long an order may take, in ms: one about everything touches many rows. */
export const orderPatience = (signal: Context['signal']) => ({ signal, timeoutMs: 60_000 });
