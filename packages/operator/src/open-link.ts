import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '@piw/host/operator-error';
import { ControlClient } from '@piw/wire/control-client';
import { type MasterArguments, statusAddress } from './control-address.ts';
import { findMaster } from './find-master.ts';
import { masterKeys } from './master-keys.ts';
import { whoAsks } from './who-asks.ts';

/** A master to watch and to order. */
export interface Link {
  readonly control: ControlClient;
  readonly statusAddress: string;
}

export interface LinkArguments extends MasterArguments {
  /** The one of several control queues that listens, where that is known. */
  readonly only?: string;
}

const againMs = 1000;

/**
 * A client of the master that is meant, as soon as there is one: a master that isn't there is waited for, and `onTrouble` told each
 * time why. Throws what waiting doesn't mend: a status queue that isn't named, a key that is none.
 */
export async function openLink(
  args: LinkArguments,
  onTrouble: (trouble: string, tries: number) => void,
  signal: AbortSignal,
): Promise<Link> {
  const address = args.only ?? (await untilFound(args, onTrouble, signal));
  const status = statusAddress(address, args);
  const keys = await masterKeys(args, [address]);
  return { control: new ControlClient({ address, from: whoAsks(), keys }), statusAddress: status };
}

async function untilFound(
  args: LinkArguments,
  onTrouble: (trouble: string, tries: number) => void,
  signal: AbortSignal,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await findMaster(args);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      onTrouble(error.message, tries);
      await delay(againMs, undefined, { signal });
    }
  }
}
