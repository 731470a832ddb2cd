import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clearAttention } from '@piw/db/attention';
import { inTransaction } from '@piw/db/transaction';
import { setUpstream } from '@piw/db/upstream-mode';
import type { Premises } from '../premises.ts';
import type { Office } from '../take-orders/office.ts';
import { stopAttempts } from '../take-orders/stop-attempts.ts';
import { Thread } from '../thread.ts';
import { upstreamFile } from './follow-upstream.ts';
import { upstreamConcern } from './upstream-concern.ts';
import type { FromUpstreamThread, UpstreamThreadSettings } from './upstream-thread.ts';

/** How long the thread may take to come to rest once the master stops, in milliseconds. */
const restMs = 4000;

/** Packages of which upstream is to be asked are looked for this often, in milliseconds. */
const lookMs = 1000;

/** The task that follows what upstream lists of the farm's packages, where that is merged; a thread does the work. */
export class UpstreamFollower {
  readonly #premises: Premises;
  readonly #others: Pick<Office, 'driver' | 'logs'>;
  readonly #thread: URL;

  /** Takes the operator's word on upstream over; where it is ignored, nothing says any more which index it is, or that it fails. */
  static async open(premises: Premises, others: Pick<Office, 'driver' | 'logs'>): Promise<UpstreamFollower> {
    const { pool, options, paths } = premises;
    await inTransaction(pool, (tx) => setUpstream(tx, options.upstream));
    if (options.upstream === 'ignore') {
      await rm(join(paths.output, upstreamFile), { force: true });
      await clearAttention(pool, upstreamConcern.kind, upstreamConcern.subject);
    }
    return new UpstreamFollower(premises, others);
  }

  constructor(
    premises: Premises,
    others: Pick<Office, 'driver' | 'logs'>,
    thread = new URL('./upstream-thread.js', import.meta.url),
  ) {
    this.#premises = premises;
    this.#others = others;
    this.#thread = thread;
  }

  /** Runs the thread until the signal says stop; rejects where it dies. */
  async run(signal: AbortSignal): Promise<void> {
    const { options, paths } = this.#premises;
    if (options.upstream === 'ignore') return;
    const { dsn, indexUrl, periods } = options;
    const workerData: UpstreamThreadSettings = {
      ...{ dsn, output: paths.output, indexUrl, path: process.env['PATH'] ?? '' },
      pace: { lookMs, everyMs: periods.upstreamMs, gapMs: periods.upstreamGapMs, retryMs: periods.upstreamRetryMs },
    };
    const thread = new Thread({ file: this.#thread, workerData, what: 'follows upstream', restMs });
    thread.worker.on('message', (word: FromUpstreamThread) => this.#hear(word));
    await thread.keep(signal);
  }

  #hear(word: FromUpstreamThread): void {
    const { bulletin, log } = this.#premises;
    switch (word.type) {
      case 'debug':
        log.debug(word.text);
        break;
      case 'attention':
        bulletin.emit('attention', word.attention);
        break;
      case 'changed':
        bulletin.emit('pages');
        if (word.woken.length > 0) bulletin.emit('queue', word.woken);
        void this.#cancel(word.cancel);
    }
  }

  async #cancel(attempts: readonly number[]): Promise<void> {
    const { log } = this.#premises;
    try {
      const place = { ...this.#others, premises: this.#premises };
      await stopAttempts(place, attempts, 'withdrawn', 'Upstream deleted this version.');
    } catch (error) {
      log.warn(`builds of what upstream deleted go on: ${(error as Error).message}`);
    }
  }
}
