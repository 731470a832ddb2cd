import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Door } from './door.ts';
import { bytesOfKey, type PublicKey } from './key-text.ts';

/** What a proof is about: this nonce, these two keys, this door. */
export interface Claim {
  readonly nonce: Uint8Array;
  readonly visitor: PublicKey;
  readonly master: PublicKey;
  readonly door: Door;
}

/**
 * HMAC-SHA256 (RFC 2104) under the secret that visitor and master share: only the two can make it, and only for this claim. All parts but
 * the last have a fixed length.
 */
export const prove = (secret: Uint8Array, { nonce, visitor, master, door }: Claim): Buffer =>
  createHmac('sha256', secret)
    .update('piwheels proof 1')
    .update(nonce)
    .update(bytesOfKey(visitor))
    .update(bytesOfKey(master))
    .update(door)
    .digest();

/** Whether a proof is the claim's, in a time that tells nothing. */
export function isProof(proof: Uint8Array, secret: Uint8Array, claim: Claim): boolean {
  const right = prove(secret, claim);
  return proof.length === right.length && timingSafeEqual(proof, right);
}
