import type { Premises } from '../premises.ts';
import { Thread } from '../thread.ts';
import type { ThreadSettings, ToThread } from './site-thread.ts';

/** How long the thread may take to finish its page once the master stops, in milliseconds. */
const restMs = 4000;

/** The task that keeps the site true; a thread does the work. */
export class SiteWriter {
  readonly #premises: Premises;
  readonly #thread: URL;
  #tell: (word: ToThread) => void = () => undefined;

  constructor(premises: Premises, thread = new URL('./site-thread.js', import.meta.url)) {
    this.#premises = premises;
    this.#thread = thread;
  }

  /** Pages were ordered: those that are due are written now. */
  wake(): void {
    this.#tell('pages');
  }

  /** Runs the thread until the signal says stop; rejects where it dies. */
  async run(signal: AbortSignal): Promise<void> {
    const { bulletin, options, paths, log } = this.#premises;
    const { dsn, name, siteUrl, periods } = options;
    const { pageMs, listMs } = periods;
    const workerData: ThreadSettings = {
      dsn,
      output: paths.output,
      about: { name, siteUrl },
      pace: { pageMs, listMs },
    };
    const thread = new Thread({ file: this.#thread, workerData, what: 'writes pages', restMs });
    thread.worker.on('message', (text: string) => log.warn(text));
    this.#tell = (word) => thread.worker.postMessage(word);
    const tellOfPages = () => this.#tell('pages');
    const tellOfFarm = () => this.#tell('farm');
    bulletin.on('pages', tellOfPages).on('farm', tellOfFarm);
    try {
      await thread.keep(signal);
    } finally {
      bulletin.off('pages', tellOfPages).off('farm', tellOfFarm);
    }
  }
}
