import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { PublicKey } from './key-text.ts';

const tokenBytes = 16;

interface Proof {
  readonly key: PublicKey;
  readonly token: Buffer;
}

/** Which connections have proved which key. zeromq doesn't tell when one ends: of more than `most` of a key, the oldest are forgotten. */
export class Proven {
  readonly #most: number;
  readonly #proofs = new Map<string, Proof>();
  readonly #peers = new Map<PublicKey, Set<string>>();

  constructor(most: number) {
    this.#most = most;
  }

  keyOf(peer: string): PublicKey | undefined {
    return this.#proofs.get(peer)?.key;
  }

  /** Whether it is the one that was given for the proof that this connection gave last. */
  isToken(peer: string, token: Uint8Array): boolean {
    const proof = this.#proofs.get(peer);
    return proof !== undefined && token.length === tokenBytes && timingSafeEqual(proof.token, token);
  }

  /** Its token from now on. */
  add(peer: string, key: PublicKey): Uint8Array {
    const before = this.keyOf(peer);
    if (before !== undefined) this.#peers.get(before)?.delete(peer);
    const token = randomBytes(tokenBytes);
    this.#proofs.set(peer, { key, token });
    const peers = this.#peers.get(key) ?? new Set();
    this.#peers.set(key, peers.add(peer));
    if (peers.size > this.#most) {
      const [oldest = ''] = peers;
      peers.delete(oldest);
      this.#proofs.delete(oldest);
    }
    return token;
  }
}
