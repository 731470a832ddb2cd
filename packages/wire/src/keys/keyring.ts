import { EventEmitter } from 'node:events';
import type { Holder } from './authorized-keys.ts';
import { type Door, opens } from './door.ts';
import { type KeyPair, sharedSecret } from './key-pair.ts';
import type { PublicKey } from './key-text.ts';

/** What became of keys: those that are let in from now on, and those that are no more, or as somebody else. */
interface Changes {
  changed: [change: { readonly added: readonly Holder[]; readonly revoked: readonly Holder[] }];
}

/** The master's own pair and whom it lets in, as things stand: whoever asks is told what is true now. */
export class Keyring extends EventEmitter<Changes> {
  readonly own: KeyPair;
  #holders: ReadonlyMap<PublicKey, Holder>;
  /** What the master shares with the holders that have shown up. */
  readonly #secrets = new Map<PublicKey, Buffer | null>();

  constructor(own: KeyPair, holders: readonly Holder[]) {
    super();
    this.own = own;
    this.#holders = byKey(holders);
  }

  get size(): number {
    return this.#holders.size;
  }

  /** All that are let in, by any door. */
  get holders(): readonly Holder[] {
    return [...this.#holders.values()];
  }

  /** Whose key it is, if it opens the door. */
  holderAt(door: Door, key: PublicKey): Holder | undefined {
    const holder = this.#holders.get(key);
    return holder && opens(holder.role, door) ? holder : undefined;
  }

  /** What the holder of an authorized key shares with the master; null of a key that nobody can hold. */
  secretWith({ key }: Holder): Buffer | null {
    const known = this.#secrets.get(key);
    if (known !== undefined) return known;
    const secret = this.#agree(key);
    this.#secrets.set(key, secret);
    return secret;
  }

  /** From now on these are let in, and nobody else. */
  replace(holders: readonly Holder[]): void {
    const before = this.#holders;
    this.#holders = byKey(holders);
    const added = [...this.#holders.values()].filter((holder) => !isSame(before.get(holder.key), holder));
    const revoked = [...before.values()].filter((holder) => !isSame(this.#holders.get(holder.key), holder));
    for (const { key } of revoked) this.#secrets.delete(key);
    if (added.length + revoked.length > 0) this.emit('changed', { added, revoked });
  }

  #agree(key: PublicKey): Buffer | null {
    try {
      return sharedSecret(this.own.secretKey, key);
    } catch {
      return null;
    }
  }
}

const byKey = (holders: readonly Holder[]) => new Map(holders.map((holder) => [holder.key, holder]));

const isSame = (one: Holder | undefined, other: Holder): boolean =>
  one?.role === other.role && one.label === other.label;
