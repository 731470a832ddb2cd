import { Worker } from 'node:worker_threads';
import { Refusal } from '@piw/host/operator-error';
import type { PackageName } from '@piw/wheel/package-name';
import type { Premises } from '../premises.ts';
import type { Wanted } from './choose-versions.ts';
import type { FinderQuestion, FromFinder } from './finder-thread.ts';
import type { VersionFinder } from './version-finder.ts';

/** An index has a minute to answer, and its answer as long again to be read; milliseconds. */
const patienceMs = 120_000;

/** What reading the largest page that is read takes, several times over. */
const heapMiB = 2048;

/** How the index is asked, and where the thread's code is. */
export interface ThreadedFinderOptions extends Pick<FinderQuestion, 'indexUrl' | 'path'> {
  readonly log: Pick<Premises['log'], 'debug'>;
  readonly file?: URL;
}

/** Asks the index in a thread for each question. */
export class ThreadedFinder implements VersionFinder {
  readonly #options: ThreadedFinderOptions;
  readonly #stopped = new AbortController();

  constructor(options: ThreadedFinderOptions) {
    this.#options = options;
  }

  async find(name: PackageName, wanted: Wanted): ReturnType<VersionFinder['find']> {
    if (this.#stopped.signal.aborted) throw new Refusal('The master is stopping.', 'Ask again when it is back.');
    const { indexUrl, path, file = new URL('./finder-thread.js', import.meta.url) } = this.#options;
    const workerData: FinderQuestion = { name, wanted, indexUrl, path };
    const worker = new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMiB } });
    const stop = () => worker.postMessage('stop');
    const late = setTimeout(() => void worker.terminate(), patienceMs);
    this.#stopped.signal.addEventListener('abort', stop, { once: true });
    try {
      return await this.#answerOf(worker);
    } finally {
      clearTimeout(late);
      this.#stopped.signal.removeEventListener('abort', stop);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  #answerOf(worker: Worker): ReturnType<VersionFinder['find']> {
    return new Promise((resolve, reject) => {
      worker.on('message', (word: FromFinder) => {
        if (word.type === 'debug') this.#options.log.debug(word.text);
        else if (word.type === 'found') resolve(word.versions);
        else reject(new Refusal(word.message, word.remedy));
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Refusal("The index's answer can't be read.", 'Look at its page.')));
    });
  }
}
