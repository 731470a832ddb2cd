import type { Slave } from './slave.ts';

/** Several times what one master can keep busy: more are strangers. */
const mostSlaves = 5_000;

/** The slaves that this master has met, by their numbers and by who is at the other end of the line. */
export class Registry {
  readonly #most: number;
  readonly #byId = new Map<number, Slave>();
  readonly #byPeer = new Map<string, Slave>();

  constructor(most = mostSlaves) {
    this.#most = most;
  }

  /** As many as may be were met: another one has room only where one of them is forgotten. */
  get isFull(): boolean {
    return this.#byId.size >= this.#most;
  }

  /** Of the slaves (of one owner) that are away, the one that was silent longest; undefined where all are here. */
  longestAway(owner?: string): Slave | undefined {
    let longest: Slave | undefined;
    for (const slave of owner === undefined ? this.#byId.values() : this.ofOwner(owner))
      if (slave.session.state.phase === 'absent' && slave.heardMs < (longest?.heardMs ?? Infinity)) longest = slave;
    return longest;
  }

  *all(): IterableIterator<Slave> {
    yield* this.#byId.values();
  }

  /** All whose labels belong to one owner: whoever has a key may have many. */
  ofOwner(owner: string): Slave[] {
    return [...this.#byId.values()].filter(({ hello }) => hello.owner === owner);
  }

  byId(slaveId: number): Slave | undefined {
    return this.#byId.get(slaveId);
  }

  byLabel(label: string): Slave | undefined {
    for (const slave of this.#byId.values()) if (slave.hello.label === label) return slave;
    return undefined;
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
