import type { Slave } from './slave.ts';

/** The slaves that this master has met, by their numbers and by who is at the other end of the line. */
export class Registry {
  readonly #byId = new Map<number, Slave>();
  readonly #byPeer = new Map<string, Slave>();

  *all(): IterableIterator<Slave> {
    yield* this.#byId.values();
  }

  byId(slaveId: number): Slave | undefined {
    return this.#byId.get(slaveId);
  }

  byPeer(peer: string): Slave | undefined {
    return this.#byPeer.get(peer);
  }

  byAttempt(attempt: number): Slave | undefined {
    for (const slave of this.#byId.values()) if (slave.attempt === attempt) return slave;
    return undefined;
  }

  /** A slave is heard here from now on, and nowhere else; whoever else was heard here is a stranger. */
  seat(slave: Slave, peer: string): void {
    this.#byPeer.delete(slave.peer);
    slave.peer = peer;
    this.#byPeer.set(peer, slave);
    this.#byId.set(slave.slaveId, slave);
  }

  remove(slave: Slave): void {
    this.#byId.delete(slave.slaveId);
    if (this.#byPeer.get(slave.peer) === slave) this.#byPeer.delete(slave.peer);
  }
}
