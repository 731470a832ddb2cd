import type { DoorKeys } from './dial-keys.ts';
import { doors } from './door.ts';
import { KeyError } from './key-error.ts';

/** How the two ends failed to agree: the key isn't let in, one end has keys and the other hasn't, or the other end hung up. */
export type Failure = 'denied' | 'mismatch' | 'hung-up';

/** Why a master can't be talked with, for who dials it. */
export function notLetIn(address: string, keys: DoorKeys | undefined, failure: Failure): KeyError {
  if (!keys)
    return new KeyError(
      `The master at ${address} wants keys.`,
      'Give its public key with --master-key, and have yours authorized there: "piw-keys make" makes one.',
    );
  const { own, master, door } = keys;
  switch (failure) {
    case 'denied':
      return new KeyError(
        `The master at ${address} does not let this key in here.`,
        `Have it authorized there: piw-keys authorize ${doors[door].at(-1)} ${own.publicKey} LABEL`,
      );
    case 'mismatch':
      return new KeyError(
        `What listens at ${address} has no keys, and could be anybody.`,
        'Start the master with --key-file; one of this machine that has none is dialled without --master-key.',
      );
    case 'hung-up':
      return new KeyError(
        `What listens at ${address} is not the master with the key ${master}.`,
        'Compare --master-key with what "piw-keys show" tells on the master.',
      );
  }
}
