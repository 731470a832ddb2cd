import type { PublicKey } from './key-text.ts';

/** Which connections have proved which key. zeromq doesn't tell when one ends: of more than `most` of a key, the oldest are forgotten. */
export class Proven {
  readonly #most: number;
  readonly #keys = new Map<string, PublicKey>();
  readonly #peers = new Map<PublicKey, Set<string>>();

  constructor(most: number) {
    this.#most = most;
  }

  keyOf(peer: string): PublicKey | undefined {
    return this.#keys.get(peer);
  }

  add(peer: string, key: PublicKey): void {
    const before = this.#keys.get(peer);
    if (before !== undefined) this.#peers.get(before)?.delete(peer);
    this.#keys.set(peer, key);
    const peers = this.#peers.get(key) ?? new Set();
    this.#peers.set(key, peers.add(peer));
    if (peers.size <= this.#most) return;
    const [oldest = ''] = peers;
    peers.delete(oldest);
    this.#keys.delete(oldest);
  }
}
