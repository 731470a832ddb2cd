import { PipProcess } from './pip-process.ts';
import { type PipServer, type PipUser, servedBy } from './pip-server.ts';

/** For how long one that nobody uses stays: a farm that waits for work leaves the memory to others. */
const usualIdleMs = 300_000;

/**
 * Keeps one pip ready for whoever needs it next: to start one takes as long as a small build. Each user has it alone; who comes meanwhile
 * gets another.
 */
export class PipShelf {
  readonly #idleMs: number;
  #kept: { readonly python: string; readonly pip: PipProcess; readonly timer: NodeJS.Timeout } | undefined;
  #isClosed = false;

  constructor(idleMs = usualIdleMs) {
    this.#idleMs = idleMs;
  }

  /** The pip of this Python, as `startPip` would start it; its `close` puts it back. */
  take(python: string, user: PipUser): PipServer {
    const kept = this.#kept?.python === python ? this.#clear() : undefined;
    const pip = kept?.isIdle ? kept : new PipProcess(python);
    return servedBy(pip, user, () => this.#putBack(python, pip));
  }

  /** Ends what is kept, and keeps nothing any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#clear()?.end();
  }

  async #putBack(python: string, pip: PipProcess): Promise<void> {
    if (this.#isClosed || !pip.isIdle) return pip.end();
    void this.#clear()?.end();
    pip.listen(() => undefined);
    const timer = setTimeout(() => void this.#clear()?.end(), this.#idleMs).unref();
    this.#kept = { python, pip, timer };
  }

  #clear(): PipProcess | undefined {
    clearTimeout(this.#kept?.timer);
    const pip = this.#kept?.pip;
    this.#kept = undefined;
    return pip;
  }
}
