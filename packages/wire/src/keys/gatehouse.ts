import { Context, Reply } from 'zeromq';
import { sendAtOnce } from '../send-at-once.ts';
import type { Door } from './door.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { needsKeys } from './gate-address.ts';
import { bytesOfKey, type PublicKey, publicKeyOf } from './key-text.ts';
import type { Keyring } from './keyring.ts';
import { z85 } from './z85.ts';

/** Somebody who wanted in with a key that doesn't open the door. */
export interface TurnedAway {
  readonly door: Door;
  readonly key: PublicKey;
  /** The address that they came from. */
  readonly from: string;
}

/** Where every socket with keys stands: who connects to one is asked for a key before anything else (CURVE, ZeroMQ RFC 26; ZAP, RFC 27). */
export class Gatehouse {
  readonly keyring: Keyring;
  readonly #context: Context;
  readonly #asked: Reply;
  readonly #onTurnedAway: (who: TurnedAway) => void;

  static async open(keyring: Keyring, onTurnedAway: (who: TurnedAway) => void = () => {}): Promise<Gatehouse> {
    // ZAP has one handler a context: with one of its own, a gatehouse is none of another's business in the same process.
    const context = new Context();
    const asked = new Reply({ context, linger: 0 });
    await asked.bind('inproc://zeromq.zap.01');
    return new Gatehouse(keyring, context, asked, onTurnedAway);
  }

  private constructor(keyring: Keyring, context: Context, asked: Reply, onTurnedAway: (who: TurnedAway) => void) {
    this.keyring = keyring;
    this.#context = context;
    this.#asked = asked;
    this.#onTurnedAway = onTurnedAway;
    void this.#judge();
  }

  /** What a listening socket is made with, to be behind a door. */
  lock(door: Door) {
    const { publicKey, secretKey } = this.keyring.own;
    return {
      context: this.#context,
      curveServer: true,
      curvePublicKey: z85(bytesOfKey(publicKey)),
      curveSecretKey: z85(bytesOfKey(secretKey)),
      zapDomain: door,
      zapEnforceDomain: true,
    };
  }

  /** The gate that a socket is given, to be behind a door. */
  at(door: Door): Gate {
    return { house: this, door };
  }

  doorkeeper(door: Door): Doorkeeper {
    return new Doorkeeper(door, this.keyring);
  }

  /** Somebody was turned away here, or at a house of another thread with the same keys. */
  turnAway(who: TurnedAway): void {
    this.#onTurnedAway(who);
  }

  /** Nobody else is let in. */
  close(): void {
    this.#asked.close();
  }

  async #judge(): Promise<void> {
    for await (const [version = '', request = '', domain, from, , , key] of this.#asked) {
      const visitor = key?.length === 32 ? publicKeyOf(key) : undefined;
      const door = String(domain) as Door;
      const isWelcome = visitor !== undefined && this.keyring.holderAt(door, visitor) !== undefined;
      if (visitor && !isWelcome) this.turnAway({ door, key: visitor, from: String(from).replace(/^::ffff:/, '') });
      await sendAtOnce(this.#asked, [version, request, isWelcome ? '200' : '400', '', '', '']);
    }
  }
}

/** A gatehouse and which of its doors a socket is; a socket that only this machine's files lead to has none. */
export interface Gate {
  readonly house: Gatehouse;
  readonly door: Door;
}

/** A gatehouse and the door in it that a socket is behind. */
export interface Gate {
  readonly house: Gatehouse;
  readonly door: Door;
}

/** What a socket that listens on an address is made with: a lock where the address needs keys. */
export const lockOf = (address: string, gate: Gate | undefined) =>
  gate && needsKeys(address) ? gate.house.lock(gate.door) : undefined;
