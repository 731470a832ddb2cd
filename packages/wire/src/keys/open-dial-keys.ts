import type { DialKeys } from './dial-keys.ts';
import { isThisMachine, needsKeys } from './gate-address.ts';
import { KeyError } from './key-error.ts';
import { type KeyPair, keyPairOf } from './key-pair.ts';
import { findSecretKey, parsePublicKey } from './key-text.ts';

/** A file with a secret key, and what it holds. */
interface SecretFile {
  readonly path: string;
  readonly text: string;
}

/** The pair in a secret key's file; throws a KeyError where it holds none. */
export function keyPairIn({ path, text }: SecretFile): KeyPair {
  const secret = findSecretKey(text);
  if (secret) return keyPairOf(secret);
  throw new KeyError(`${path} holds no secret key.`, 'Make one with "piw-keys make FILE", under another name.');
}

/**
 * What to dial these addresses with: keys where the master's is known, none where it isn't and they are this machine's. Throws a KeyError
 * for another machine's: whoever answers there could pose as the master. `read` reads the own key.
 */
export async function openDialKeys(
  addresses: readonly string[],
  masterKey: string | undefined,
  read: () => Promise<SecretFile>,
): Promise<DialKeys | undefined> {
  if (!addresses.some(needsKeys)) return undefined;
  if (masterKey !== undefined) return { master: parsePublicKey(masterKey), own: keyPairIn(await read()) };
  const far = addresses.find((address) => !isThisMachine(address));
  if (far === undefined) return undefined;
  throw new KeyError(
    `${far} is on another machine, and its master is known by its key alone.`,
    'Give that with --master-key, as "piw-keys show" tells it there.',
  );
}
