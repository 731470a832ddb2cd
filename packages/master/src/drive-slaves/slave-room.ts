import type { Hello } from '@piw/wire/slave-protocol';
import { OfferPool } from './offer-pool.ts';
import type { Sessions } from './sessions.ts';

/** How many slaves one owner has here at most, and how many bytes are kept of what they offer, and of what those offer that wait. */
export const mostOfOwner = 1000;
export const mostOwnersBytes = 8 << 20;

/** How much room there is for slaves: for all, and for those of one owner, who with a key may have as many as they like to say. */
export class SlaveRoom {
  readonly #sessions: Pick<Sessions, 'premises' | 'registry'>;
  readonly #pool = new OfferPool();

  constructor(sessions: Pick<Sessions, 'premises' | 'registry'>) {
    this.#sessions = sessions;
  }

  /** The HELLO as it is kept; undefined where too much waits already of its owner's. */
  keep(hello: Hello, waiting: Iterable<Hello | null>): Hello | undefined {
    const kept = this.#pool.share(hello);
    const others = [...waiting].filter((other) => other?.owner === hello.owner) as Hello[];
    return this.#pool.weigh([...others, kept]) > mostOwnersBytes ? undefined : kept;
  }

  /** Why there is no place for it, even where those are forgotten that are away. */
  refusal(hello: Hello): string | undefined {
    const { registry } = this.#sessions;
    const { label, owner } = hello;
    const others = (): Hello[] =>
      registry.ofOwner(owner).flatMap((other) => (other.hello.label === label ? [] : [other.hello]));
    if (!registry.byLabel(label)) {
      if (registry.isFull && !this.#forget()) return 'This master has as many slaves as it can have.';
      if (others().length >= mostOfOwner && !this.#forget(owner))
        return `There are ${mostOfOwner} slaves with its key already: give it another key.`;
    }
    while (this.#pool.weigh([...others(), hello]) > mostOwnersBytes)
      if (!this.#forget(owner))
        return 'The slaves with its key offer more than is kept of one key: give it another key.';
    return undefined;
  }

  /** A slave (of that owner) that is away is off the board before its time; the database knows it still. */
  #forget(owner?: string): boolean {
    const { registry, premises } = this.#sessions;
    const away = registry.longestAway(owner);
    if (!away) return false;
    registry.remove(away);
    premises.bulletin.emit('gone', away.slaveId);
    return true;
  }
}
