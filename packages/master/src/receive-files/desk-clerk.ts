import type { Keyring } from '@piw/wire/keys/keyring';
import type { ChunkDesk } from './chunk-desk.ts';
import type { FileWord, ToDesk } from './desk-words.ts';
import type { Surroundings } from './transfer.ts';

type Fetch = Extract<ToDesk, { type: 'fetch' }>;

/** What a clerk works with. */
export interface ClerkPlace {
  readonly desk: Pick<ChunkDesk, 'fetch'>;
  /** Null where the master has no keys. */
  readonly keyring: Pick<Keyring, 'replace'> | null;
  readonly sendAgainMs: number;
  readonly say: (word: FileWord) => void;
}

/** Does at the desk what the master says, and tells it how that goes. */
export class DeskClerk {
  readonly #place: ClerkPlace;
  readonly #wanted = new Map<number, AbortController>();
  readonly #fetching = new Set<Promise<void>>();

  constructor(place: ClerkPlace) {
    this.#place = place;
  }

  hear(word: ToDesk): void {
    if (word === 'stop') return this.#forgetAll();
    switch (word.type) {
      case 'fetch':
        return this.#begin(word);
      case 'forget':
        return this.#wanted.get(word.id)?.abort();
      case 'holders':
        return this.#place.keyring?.replace(word.holders);
    }
  }

  /** Resolves when nothing is fetched any more. */
  async rest(): Promise<void> {
    await Promise.all(this.#fetching);
  }

  #begin(fetch: Fetch): void {
    const fetching = this.#fetch(fetch).finally(() => this.#fetching.delete(fetching));
    this.#fetching.add(fetching);
  }

  async #fetch({ id, path, file }: Fetch): Promise<void> {
    const { desk, say } = this.#place;
    const stop = new AbortController();
    this.#wanted.set(id, stop);
    try {
      say({ type: 'arrived', id, arrival: await desk.fetch({ path, file }, this.#around(id), stop.signal) });
    } catch (error) {
      if (stop.signal.aborted) say({ type: 'forgotten', id });
      else if (error instanceof Error && 'syscall' in error) say({ type: 'waits', id, why: error.message });
      else throw error;
    } finally {
      this.#wanted.delete(id);
    }
  }

  #around(id: number): Surroundings {
    const { say, sendAgainMs } = this.#place;
    return {
      ask: (ticket, offset) => say({ type: 'ask', id, ticket, offset }),
      onProgress: (bytes) => say({ type: 'progress', id, bytes }),
      warn: (text) => say({ type: 'warn', id, text }),
      silenceMs: sendAgainMs,
    };
  }

  #forgetAll(): void {
    for (const stop of this.#wanted.values()) stop.abort();
  }
}
