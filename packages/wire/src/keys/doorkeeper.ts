import { createHmac, randomBytes } from 'node:crypto';
import { type FromDoor, fromDoor, packDoor, type ToDoor, toDoor, unpackDoor } from './admission.ts';
import type { Holder } from './authorized-keys.ts';
import type { Door } from './door.ts';
import type { Keyring } from './keyring.ts';
import { isProof } from './proof.ts';
import { Proven } from './proven.ts';
import { Ration } from './ration.ts';

/** How many connections a key may have at a door; of more, the oldest prove themselves again. */
const mostPeers = 10_000;
/** What one that isn't admitted is answered at most, in a second. */
const answersPerSecond = 10;

/**
 * Knows whose key each connection to a socket is, once it has proved that. Of one that hasn't, nothing is remembered but how often it was
 * answered in this second: the nonce that it has to sign follows from its name, which no other connection has at the time. Peers choose names (a
 * ROUTER lets them), so that another may come under the one that somebody had: only the token of who proved a key speaks with it.
 */
export class Doorkeeper {
  readonly #door: Door;
  readonly #keyring: Keyring;
  readonly #nonceKey = randomBytes(32);
  readonly #proven = new Proven(mostPeers);
  readonly #ration: Ration;

  constructor(door: Door, keyring: Keyring, now?: () => number) {
    this.#door = door;
    this.#keyring = keyring;
    this.#ration = new Ration(answersPerSecond, 1000, now);
  }

  /** Whose connection it is, if it has proved that and is still let in. */
  holderOf(peer: string): Holder | undefined {
    const key = this.#proven.keyOf(peer);
    return key && this.#keyring.holderAt(this.#door, key);
  }

  /** Whose message it is: that of the connection's holder, if the connection's own token goes before it. */
  speaker(peer: string, token: Uint8Array): Holder | undefined {
    return this.#proven.isToken(peer, token) ? this.holderOf(peer) : undefined;
  }

  /** What to answer a message about admission with, or nothing; throws a ProtocolError where it is no such message. */
  answer(peer: string, bytes: Uint8Array): Uint8Array | undefined {
    return this.#measured(peer, () => this.#answer(peer, unpackDoor(toDoor, bytes)));
  }

  /** What to answer anything else with that an unproven connection says, or nothing. */
  challenge(peer: string): Uint8Array | undefined {
    return this.#measured(peer, () => this.#challenge(peer));
  }

  #measured(peer: string, answer: () => FromDoor): Uint8Array | undefined {
    return this.#ration.take(peer) ? packDoor(fromDoor, answer()) : undefined;
  }

  #answer(peer: string, { type, body }: ToDoor): FromDoor {
    if (type === 'KNOCK') return this.#challenge(peer);
    const holder = this.#keyring.holderAt(this.#door, body.key);
    const secret = holder && this.#keyring.secretWith(holder);
    if (!secret) return { type: 'DENIED', body: {} };
    const claim = {
      nonce: this.#nonceOf(peer),
      visitor: holder.key,
      master: this.#keyring.own.publicKey,
      door: this.#door,
    };
    if (!isProof(body.proof, secret, claim)) return { type: 'DENIED', body: {} };
    return { type: 'ADMITTED', body: { token: this.#proven.add(peer, holder.key) } };
  }

  #challenge(peer: string): FromDoor {
    return { type: 'CHALLENGE', body: { nonce: this.#nonceOf(peer) } };
  }

  readonly #nonceOf = (peer: string): Buffer => createHmac('sha256', this.#nonceKey).update(peer).digest();
}
