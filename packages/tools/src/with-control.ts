import { connect } from 'node:net';
import type { Context } from '@piw/host/command';
import { Refusal } from '@piw/host/operator-error';
import { ControlClient } from '@piw/wire/control-client';
import { controlAddress, howToFindIt, type MasterArguments } from './control-address.ts';
import { whoAsks } from './who-asks.ts';

/** Does work with a master to ask; throws a Refusal at once where none listens on this machine. */
export async function withControl<T>(args: MasterArguments, work: (control: ControlClient) => Promise<T>): Promise<T> {
  const address = controlAddress(args);
  await requireListener(address);
  const control = new ControlClient({ address, from: whoAsks() });
  try {
    return await work(control);
  } finally {
    control.close();
  }
}

/** How long an order may take, in ms: one about everything touches many rows. */
export const orderPatience = (signal: Context['signal']) => ({ signal, timeoutMs: 60_000 });

/** An ipc socket tells at once whether anybody is there; of tcp only the answer does. */
async function requireListener(address: string): Promise<void> {
  const [, path] = /^ipc:\/\/(.+)$/.exec(address) ?? [];
  if (path === undefined) return;
  const code = await new Promise<string | undefined>((resolve) => {
    const attempt = connect(path);
    attempt.once('connect', () => resolve(undefined));
    attempt.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    attempt.once('close', () => attempt.destroy());
    attempt.once('connect', () => attempt.destroy());
  });
  if (code === undefined) return;
  if (code === 'EACCES' || code === 'EPERM')
    throw new Refusal(`This account may not use ${path}.`, "Use the master's account, or join its group.");
  throw new Refusal(`No master answers at ${address}: is it running?`, howToFindIt);
}
