import type { Door } from './door.ts';
import { needsKeys } from './gate-address.ts';
import type { KeyPair } from './key-pair.ts';
import { bytesOfKey, type PublicKey } from './key-text.ts';
import { z85 } from './z85.ts';

/** What a program dials a master with that has keys: its own pair, and the key by which it knows the master. */
export interface DialKeys {
  readonly own: KeyPair;
  readonly master: PublicKey;
}

/** The keys for one of the master's sockets. */
export interface DoorKeys extends DialKeys {
  readonly door: Door;
}

/** The keys that an address is dialled with: none where a socket's file says who may use it. */
export const keysFor = (address: string, door: Door, keys: DialKeys | undefined): DoorKeys | undefined =>
  keys && needsKeys(address) ? { ...keys, door } : undefined;

/** What a dialling socket is made with, to be let in. */
export const curveOf = (keys: DialKeys | undefined) =>
  keys && {
    curveServerKey: z85(bytesOfKey(keys.master)),
    curvePublicKey: z85(bytesOfKey(keys.own.publicKey)),
    curveSecretKey: z85(bytesOfKey(keys.own.secretKey)),
  };
