import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';
import { QueueHeads, type QueuePlace } from '@piw/db/queue-heads';
import { type Offer, type Taken, takeJobs } from '@piw/db/take-jobs';
import { runTasks } from '@piw/host/run-tasks';
import type { Premises } from '../premises.ts';
import { Waker } from '../waker.ts';
import { releaseTrials } from './release-trials.ts';
import { ripen } from './ripen.ts';
import { workOff } from './work-off.ts';

/** The driver's part that choosing needs. */
export interface Dispatcher {
  waiting(): Offer[];
  give(jobs: readonly Taken[]): void;
  /** The slaves that are here, by their numbers. */
  hereIds(): number[];
}

/** Nobody tells when another program puts work into the queue: it is looked for this often, in milliseconds. */
const lookMs = 5000;

/** How long the database is left alone after it couldn't be reached, in milliseconds. */
const retryMs = 1000;

/** The task that gives work to slaves: whenever one waits or work comes, all that wait are served in one statement. */
export class BuildChooser {
  readonly #premises: Premises;
  readonly #driver: Dispatcher;
  readonly #waker = new Waker();
  readonly #heads = new QueueHeads();

  constructor(premises: Premises, driver: Dispatcher) {
    this.#premises = premises;
    this.#driver = driver;
  }

  /** There may be something to give: for these targets, or anything. */
  wake(targetIds?: readonly number[]): void {
    if (targetIds?.length !== 0) this.#waker.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { bulletin, log } = this.#premises;
    const wake = () => this.wake();
    const hear = (targetIds: readonly number[], places?: readonly QueuePlace[]) => {
      if (places) this.#heads.came(places);
      else this.#heads.forget();
      this.wake(targetIds);
    };
    bulletin.on('waiting', wake).on('queue', hear);
    try {
      await runTasks(
        {
          choose: (aborted) => this.#chooseAll(aborted),
          ripen: (aborted) => ripen(this.#premises, aborted),
          trials: (aborted) => releaseTrials(this.#premises, () => this.#driver.hereIds(), aborted),
          requeue: (aborted) => workOff(this.#premises, aborted),
        },
        signal,
        log,
      );
    } finally {
      bulletin.off('waiting', wake).off('queue', hear);
    }
  }

  async #chooseAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#waker.sleep(signal, lookMs);
      await this.#choose(signal);
    }
  }

  async #choose(signal: AbortSignal): Promise<void> {
    const offers = this.#driver.waiting();
    if (offers.length === 0 || signal.aborted) return;
    const { pool, options, log } = this.#premises;
    const { leaseMs, graceMs } = options.periods;
    try {
      this.#driver.give(await takeJobs(pool, offers, { leaseMs, graceMs }, this.#heads));
    } catch (error) {
      if (!(error instanceof Error && isConnectionError(error))) throw error;
      log.warn(`choosing builds waits for the database: ${error.message}`);
      this.#waker.wake();
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
