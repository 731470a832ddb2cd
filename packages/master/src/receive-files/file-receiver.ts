import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from '@piw/db/publish-files';
import { formatSize } from '@piw/host/size';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { Received, Sound } from '../drive-slaves/received.ts';
import type { FileExpectation, FileRoom } from '../drive-slaves/world.ts';
import type { Premises } from '../premises.ts';
import { wheelPath } from '../published-path.ts';
import { Arrivals, Forgotten } from './arrivals.ts';
import { cleanIncoming } from './clean-incoming.ts';
import { type DeskLine, openDeskLine } from './desk-line.ts';
import type { DeskSettings } from './desk-words.ts';
import { DistantDesk } from './distant-desk.ts';
import { publishWheel } from './publish-wheel.ts';
import { type Judge, type Judgement, judge, threadsThatJudge } from './wheel-judges.ts';

/** A larger wheel than any index takes. */
const mostBytes = 4 * 2 ** 30;

/** Who does the receiver's work: threads, or a test's own. */
export interface Helpers {
  readonly judges?: Judge;
  readonly openLine?: (settings: DeskSettings) => DeskLine;
}

/** The task that takes wheels in, verifies them, and moves what is to be published to where it is served. */
export class FileReceiver implements FileRoom {
  readonly #premises: Premises;
  readonly #desk: DistantDesk;
  readonly #judges: Judge;
  readonly #arrivals = new Arrivals();

  /** Listens on the file queue; throws an AddressError where that can't be. What ended attempts left in incoming/ goes. */
  static async open(premises: Premises, { judges = threadsThatJudge(), openLine = openDeskLine }: Helpers = {}) {
    await cleanIncoming(premises);
    return new FileReceiver(premises, await DistantDesk.open(premises, openLine), judges);
  }

  private constructor(premises: Premises, desk: DistantDesk, judges: Judge) {
    this.#premises = premises;
    this.#desk = desk;
    this.#judges = judges;
  }

  /** As slaves dial it. */
  get address(): string {
    return this.#desk.address;
  }

  /** Takes files in until the signal says stop, and rejects where the thread that does dies; what is on its way then rejects, and goes on with the next master. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#desk.run(signal);
    } finally {
      this.#arrivals.stop();
      await this.#judges.close();
    }
  }

  /** Asks a slave for a file until it is here, and verifies it. What is published already isn't asked for. */
  async receive(
    slave: Parameters<FileRoom['receive']>[0],
    attempt: number,
    file: BuiltFile,
    expected: FileExpectation,
    onProgress: () => void,
  ): Promise<Exclude<Received, Sound> | Omit<Sound, 'file'>> {
    const { sizeBytes } = file;
    if (sizeBytes === 0 || sizeBytes > mostBytes)
      return { faults: [`It has ${sizeBytes} bytes; a wheel has one at least and ${formatSize(mostBytes)} at most.`] };
    try {
      return await this.#arrivals.run(attempt, async (signal) => {
        const published = await this.#published(file, expected, signal);
        if (published) return published;
        const path = join(this.#folderOf(attempt), file.filename);
        const arrival = await this.#desk.fetch({ slave, attempt, file, onProgress }, path, signal);
        return arrival === 'whole' ? await this.#judge(path, expected, signal) : arrival;
      });
    } catch (error) {
      if (error instanceof Forgotten) return { broken: error.message };
      throw error;
    }
  }

  /** Nobody wants the files of this attempt any more. */
  forget(attempt: number): void {
    void this.#clear(attempt);
  }

  /** Moves files to where they are served, safe on disk, and tells what is to be listed; may be tried again. */
  async publish(attempt: number, received: readonly Sound[]): Promise<NewFile[]> {
    const published: NewFile[] = [];
    for (const sound of received) {
      published.push(await publishWheel(this.#premises.paths, sound));
      if (sound.alias) published.push(await publishWheel(this.#premises.paths, { ...sound, ...sound.alias }));
    }
    await this.#clear(attempt);
    return published;
  }

  /** The same file, if it is served already and still sound. */
  async #published({ sha256, filename }: BuiltFile, expected: FileExpectation, signal: AbortSignal) {
    const path = join(this.#premises.paths.output, wheelPath(sha256, filename));
    const there = await stat(path).catch(() => undefined);
    const judgement = there?.isFile() ? await this.#judge(path, { ...expected, hasAlias: false }, signal) : undefined;
    return judgement && 'facts' in judgement ? judgement : undefined;
  }

  #judge(path: string, expected: FileExpectation, signal: AbortSignal): Promise<Judgement> {
    return judge(this.#judges, path, expected, signal, this.#premises.log);
  }

  #clear(attempt: number): Promise<void> {
    return this.#arrivals.forget(attempt, async () => {
      try {
        await rm(this.#folderOf(attempt), { recursive: true, force: true });
      } catch (error) {
        this.#premises.log.warn(`what attempt ${attempt} left can't be removed: ${(error as Error).message}`);
      }
    });
  }

  #folderOf(attempt: number): string {
    return join(this.#premises.paths.incoming, String(attempt));
  }
}
