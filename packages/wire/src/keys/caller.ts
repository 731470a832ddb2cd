import { fromDoor, packDoor, type ToDoor, toDoor, unpackDoor } from './admission.ts';
import type { DoorKeys } from './dial-keys.ts';
import { sharedSecret } from './key-pair.ts';
import { prove } from './proof.ts';

/** How long an unanswered knock is waited for, in milliseconds. */
const patienceMs = 1000;

/** What a caller needs of its line. */
export interface CallerWorld {
  say(bytes: Uint8Array): void;
  /** From now on the other end hears what is said with the token before it, until the next `shut`. */
  admitted(token: Uint8Array): void;
  /** What is said now isn't heard. */
  shut(): void;
  denied(): void;
}

/** Gets a connection admitted: knocks, proves its key as often as it is asked to, and knocks again until it is let in. */
export class Caller {
  readonly #keys: DoorKeys;
  readonly #world: CallerWorld;
  readonly #secret: Buffer;
  readonly #retryMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** One who was denied tries again after `retryMs`. */
  constructor(keys: DoorKeys, world: CallerWorld, retryMs: number) {
    this.#keys = keys;
    this.#retryMs = retryMs;
    this.#world = world;
    this.#secret = sharedSecret(keys.own.secretKey, keys.master);
  }

  /** There is a connection. */
  knock(): void {
    this.#say({ type: 'KNOCK', body: {} });
    this.#again(patienceMs);
  }

  /** There is none any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** A message about admission; throws a ProtocolError where it is none. */
  hear(bytes: Uint8Array): void {
    const { type, body } = unpackDoor(fromDoor, bytes);
    switch (type) {
      case 'CHALLENGE':
        this.#world.shut();
        this.#prove(body.nonce);
        return this.#again(patienceMs);
      case 'ADMITTED':
        this.stop();
        return this.#world.admitted(body.token);
      case 'DENIED':
        this.#world.denied();
        return this.#again(this.#retryMs);
    }
  }

  #prove(nonce: Uint8Array): void {
    const { own, master, door } = this.#keys;
    const proof = prove(this.#secret, { nonce, visitor: own.publicKey, master, door });
    this.#say({ type: 'PROOF', body: { key: own.publicKey, proof } });
  }

  #say(message: ToDoor): void {
    this.#world.say(packDoor(toDoor, message));
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.knock(), ms);
  }
}
