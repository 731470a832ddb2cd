import { needsKeys } from './keys/gate-address.ts';
import type { LogEvent, StatusEvent } from './status-protocol.ts';
import { openStatus, type PublishOptions, type StatusPublisher } from './status-publisher.ts';

export interface PublishEverywhereOptions extends Omit<PublishOptions, 'address'> {
  readonly addresses: readonly string[];
}

/** Opens the status queue on several addresses; throws an AddressError where one can't be, and none is open then. */
export async function openStatusQueues(options: PublishEverywhereOptions): Promise<StatusPublishers> {
  const { addresses, onWatch = () => {}, ...others } = options;
  const opened: StatusPublisher[] = [];
  const watchedElsewhere = (here: number, attempt: number) =>
    opened.some((publisher, i) => i !== here && publisher.watched(attempt));
  try {
    for (const [i, address] of addresses.entries())
      opened.push(
        await openStatus({
          ...others,
          address,
          onWatch: (attempt, watched) => watchedElsewhere(i, attempt) || onWatch(attempt, watched),
        }),
      );
  } catch (error) {
    for (const publisher of opened) publisher.close();
    throw error;
  }
  return new StatusPublishers(opened);
}

/** The master's end of the status stream on all of its addresses: each tells the same. */
export class StatusPublishers {
  readonly #all: readonly StatusPublisher[];

  constructor(all: readonly StatusPublisher[]) {
    this.#all = all;
  }

  /** As subscribers dial them. */
  get addresses(): readonly string[] {
    return this.#all.map(({ address }) => address);
  }

  /** Publishes under the message's own topic; never rejects. */
  async say(message: StatusEvent | LogEvent): Promise<void> {
    await Promise.all(this.#all.map((publisher) => publisher.say(message)));
  }

  /** Whether anybody follows an attempt's log. */
  watched(attempt: number): boolean {
    return this.#all.some((publisher) => publisher.watched(attempt));
  }

  /** Cuts off all who were let in by a key; those that still are come back. */
  async reopen(): Promise<void> {
    const behindDoors = this.#all.filter(({ address }) => needsKeys(address));
    await Promise.all(behindDoors.map((publisher) => publisher.reopen()));
  }

  close(): void {
    for (const publisher of this.#all) publisher.close();
  }
}
