import { setTimeout as pause } from 'node:timers/promises';
import { AddressError } from '@piw/wire/address-error';
import { atTheDesk, fromSender, toSender } from '@piw/wire/file-protocol';
import { type Listener, listen } from '@piw/wire/listener';
import type { StrayReport } from '@piw/wire/strays';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { FileRoom } from '../drive-slaves/world.ts';
import type { Premises } from '../premises.ts';
import { untilAborted } from '../until-aborted.ts';
import { type DeskLine, openDeskLine } from './desk-line.ts';
import type { DeskSettings, FileWord, FromDesk } from './desk-words.ts';
import type { Arrival } from './transfer.ts';

/** What is asked for, of whom, for which attempt. */
export interface Wish {
  readonly slave: Parameters<FileRoom['receive']>[0];
  readonly attempt: number;
  readonly file: BuiltFile;
  readonly onProgress: () => void;
}

/** How a fetch ended: it arrived or broke, or the disk couldn't take it. */
type Ending = { readonly arrival: Arrival } | { readonly why: string };

type OpenLine = (settings: DeskSettings) => DeskLine;
type Doorman = Listener<typeof fromSender, typeof toSender>;

interface Errand {
  readonly wish: Wish;
  readonly settle: (ending: Ending) => void;
  readonly fail: (error: Error) => void;
}

/**
 * The master's side of the desk that receives files: it says what may come, and hears how that goes. A thread does the work; it takes 19 MB, so
 * it begins with the first file. Until then the master itself listens at the address, where there is nothing to hear.
 */
export class DistantDesk {
  /** As slaves dial it. */
  readonly address: string;
  readonly #premises: Premises;
  readonly #openLine: OpenLine;
  readonly #doorman: Doorman;
  readonly #errands = new Map<number, Errand>();
  readonly #stop = new AbortController();
  readonly #failed = new AbortController();
  #line: Promise<DeskLine> | undefined;
  #kept: Promise<void> | undefined;
  #count = 0;
  #over: Error | undefined;

  /** Listens on the file queue; throws an AddressError where that can't be. */
  static async open(premises: Premises, openLine: OpenLine = openDeskLine): Promise<DistantDesk> {
    return new DistantDesk(premises, openLine, await listen(deskDoor(premises)));
  }

  private constructor(premises: Premises, openLine: OpenLine, doorman: Doorman) {
    this.#premises = premises;
    this.#openLine = openLine;
    this.#doorman = doorman;
    this.address = doorman.address;
    void hearNothing(doorman);
  }

  /** Keeps the thread until the signal says stop; rejects where it dies. What is on its way then rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await untilAborted(AbortSignal.any([signal, this.#failed.signal]));
    this.#over = this.#failed.signal.aborted ? (this.#failed.signal.reason as Error) : new Error('the master stops');
    this.#stop.abort();
    this.#doorman.close();
    await this.#line?.catch(() => undefined);
    await this.#kept?.catch(() => undefined);
    for (const { fail } of this.#errands.values()) fail(this.#over);
    this.#failed.signal.throwIfAborted();
  }

  /**
   * Asks a slave for a file with SEND until all of it lies at the path, but not before the disk has room; what a full or
   * broken disk interrupts begins again, from what is there. Rejects with the signal's reason once nothing is written any more.
   */
  async fetch(wish: Wish, path: string, signal: AbortSignal): Promise<Arrival> {
    const { log, options } = this.#premises;
    for (;;) {
      await this.#untilThereIsRoom(wish, signal);
      const ending = await this.#send(wish, path, signal);
      if ('arrival' in ending) return ending.arrival;
      log.warn(`${wish.file.filename} can't be received, and waits: ${ending.why}`);
      wish.onProgress();
      await pause(options.periods.sendAgainMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  async #untilThereIsRoom({ file, onProgress }: Wish, signal: AbortSignal): Promise<void> {
    const { disk, log, options } = this.#premises;
    if (disk.pause) log.info(`${file.filename} waits with its slave for room on the disk`);
    while (disk.pause) {
      onProgress(); // its slave is there and waits: the attempt's deadline moves
      await pause(options.periods.renewMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  async #send(wish: Wish, path: string, signal: AbortSignal): Promise<Ending> {
    const line = await this.#open();
    signal.throwIfAborted();
    const id = ++this.#count;
    const forget = () => line.say({ type: 'forget', id });
    signal.addEventListener('abort', forget, { once: true });
    try {
      return await new Promise<Ending>((settle, fail) => {
        this.#errands.set(id, { wish, settle, fail });
        const { sizeBytes, sha256 } = wish.file;
        line.say({ type: 'fetch', id, path, file: { sizeBytes, sha256 } });
      });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', forget);
      this.#errands.delete(id);
    }
  }

  /** Whoever asks first has it begin. */
  #open(): Promise<DeskLine> {
    if (this.#over) return Promise.reject(this.#over);
    this.#line ??= this.#handOver();
    this.#line.catch(this.#fail);
    return this.#line;
  }

  async #handOver(): Promise<DeskLine> {
    const { options, gatehouse } = this.#premises;
    this.#doorman.close();
    const keyring = gatehouse?.keyring;
    const line = this.#openLine({
      address: withPortOf(options.fileQueue, this.address),
      keys: keyring ? { own: keyring.own, holders: keyring.holders } : null,
      sendAgainMs: options.periods.sendAgainMs,
    });
    line.hear((word) => this.#hear(word));
    const tellHolders = () => line.say({ type: 'holders', holders: keyring?.holders ?? [] });
    keyring?.on('changed', tellHolders);
    this.#kept = line.keep(this.#stop.signal).finally(() => keyring?.off('changed', tellHolders));
    this.#kept.catch(this.#fail);
    await untilOpen(line, this.#kept);
    return line;
  }

  readonly #fail = (error: unknown): void => {
    if (!this.#stop.signal.aborted) this.#failed.abort(error);
  };

  #hear(word: FromDesk): void {
    const { log, gatehouse } = this.#premises;
    switch (word.type) {
      case 'open':
      case 'refused':
        return;
      case 'stray':
        return tellStrays(log)(word.report);
      case 'turned away':
        return gatehouse?.turnAway(word.who);
      default: {
        const errand = this.#errands.get(word.id);
        if (errand) this.#hearOf(errand, word);
      }
    }
  }

  #hearOf({ wish, settle, fail }: Errand, word: FileWord): void {
    const { attempt, slave, onProgress } = wish;
    const { filename } = wish.file;
    switch (word.type) {
      case 'ask':
        return slave.say({ type: 'SEND', body: { attempt, filename, offset: word.offset, ticket: word.ticket } });
      case 'progress':
        if (word.bytes > 0) this.#premises.bulletin.emit('arrived', attempt, word.bytes);
        return onProgress();
      case 'warn':
        return this.#premises.log.warn(`${filename} ${word.text}`);
      case 'arrived':
      case 'waits':
        return settle(word);
      case 'forgotten':
        return fail(new Error('the master stops'));
    }
  }
}

/** Where it listens, and how it hears of strangers. */
const deskDoor = ({ options, gatehouse, log }: Premises) => ({
  address: options.fileQueue,
  gate: gatehouse?.at('file'),
  onStray: tellStrays(log),
  ...{ ...atTheDesk, hears: fromSender, says: toSender },
});

const tellStrays =
  (log: Premises['log']) =>
  ({ count, example }: StrayReport): void =>
    log.warn(`dropped ${count} messages on the file queue: ${example}`);

/** Slaves are let in, and have nothing to say before a file is wanted. */
async function hearNothing(doorman: Doorman): Promise<void> {
  const unasked = doorman[Symbol.asyncIterator]();
  while ((await unasked.next()).done !== true);
}

/** An address as it was given, with the port that it became where any would do. */
export const withPortOf = (given: string, bound: string): string =>
  given.replace(/^(tcp:.*:)(?:0|\*)$/, (_, before: string) => before + bound.slice(bound.lastIndexOf(':') + 1));

/** Resolves when it listens; rejects where it can't, or died before it said so. */
function untilOpen(line: DeskLine, kept: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    line.hear((word) => {
      if (word.type === 'open') resolve();
      if (word.type === 'refused') reject(new AddressError(word.message, word.remedy));
    });
    kept.then(() => reject(new Error('the master stops')), reject);
  });
}
