import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryPiece, HistorySubject } from '@piw/db/history-series';
import { runTasks, type Task } from '@piw/host/run-tasks';
import { snapshotOf } from '@piw/wire/status-board';
import type { Snapshot, StatisticsPicture } from '@piw/wire/status-protocol';
import { openStatusQueues, type StatusPublishers } from '@piw/wire/status-publishers';
import type { SlaveDriver } from '../drive-slaves/driver.ts';
import type { Premises } from '../premises.ts';
import { restlessly } from '../restlessly.ts';
import { Waker } from '../waker.ts';
import { cutOffRevoked } from './cut-off-revoked.ts';
import { Figures } from './figures.ts';
import { firstBoard } from './first-board.ts';
import { type Desk, followBulletin } from './follow-bulletin.ts';
import { Chronicle } from './history/chronicle.ts';
import { keepChronicle } from './history/keep-chronicle.ts';
import { Ledger } from './ledger.ts';
import { Pulse } from './pulse.ts';
import { countQueue, lookAtFarm, takeStock } from './take-stock.ts';
import { tellAttention } from './tell-attention.ts';

/** However busy the farm is, the queue isn't counted more often than this, in milliseconds. */
const countMs = 1000;

/** The task that keeps the picture of the farm and publishes each change of it on the status queue. */
export class Accountant {
  readonly #premises: Premises;
  readonly #driver: Pick<SlaveDriver, 'showAll'>;
  readonly #publisher: StatusPublishers;
  readonly #desk: Desk;

  /** Reads how things stand and listens on the status queue; throws an AddressError where that can't be. */
  static async open(
    premises: Premises,
    driver: Pick<SlaveDriver, 'pictures' | 'showAll' | 'watch'>,
  ): Promise<Accountant> {
    const figures = await Figures.open(premises.pool, premises.now, premises.startedMs);
    const board = await firstBoard(premises, figures, driver.pictures());
    const publisher = await openStatusQueues({
      addresses: premises.options.statusQueues,
      gate: premises.gatehouse?.at('status'),
      onWatch: (attempt, watched) => driver.watch(attempt, watched),
      onStray: ({ count, example }) => premises.log.warn(`dropped ${count} messages on the status queue: ${example}`),
    });
    const ledger = new Ledger(board, (event) => void publisher.say(event));
    return new Accountant(premises, driver, publisher, ledger, figures);
  }

  private constructor(
    premises: Premises,
    driver: Pick<SlaveDriver, 'showAll'>,
    publisher: StatusPublishers,
    ledger: Ledger,
    figures: Figures,
  ) {
    this.#premises = premises;
    this.#driver = driver;
    this.#publisher = publisher;
    const wakers = { farm: new Waker(), queue: new Waker() };
    this.#desk = { ledger, figures, publisher, chronicle: new Chronicle(), pulse: new Pulse(), ...wakers };
  }

  /** As subscribers dial them. */
  get addresses(): readonly string[] {
    return this.#publisher.addresses;
  }

  /** The board, with exactly what was published up to its n. */
  snapshot(): Snapshot {
    this.#driver.showAll();
    return snapshotOf(this.#desk.ledger.board);
  }

  /** What of a subject's history the database hasn't got yet. */
  chronicleOf(subject: HistorySubject): HistoryPiece[] {
    return this.#desk.chronicle.of(subject);
  }

  /** The figures as they are now. */
  statistics(): Promise<StatisticsPicture> {
    return this.#desk.figures.read();
  }

  /** Follows what happens until the signal says stop. */
  async run(signal: AbortSignal): Promise<void> {
    const premises = this.#premises;
    const { ledger, farm, queue } = this.#desk;
    const { statisticsMs: stockMs } = premises.options.periods;
    const unfollow = followBulletin(premises.bulletin, this.#desk);
    try {
      await runTasks(
        {
          vitals: (aborted) => this.#tellVitals(aborted),
          history: (aborted) => keepChronicle(premises, this.#desk, aborted),
          hooks: (aborted) => tellAttention(premises, aborted),
          stock: (aborted) => restlessly(premises, aborted, () => takeStock(premises, this.#desk).then(() => stockMs)),
          keys: (aborted) => cutOffRevoked(premises, this.#publisher, aborted),
          farm: this.#whenever(farm, 0, () => lookAtFarm(premises, ledger)),
          queue: this.#whenever(queue, countMs, () => countQueue(premises, ledger)),
        },
        signal,
        premises.log,
      );
    } finally {
      unfollow();
      this.#publisher.close();
    }
  }

  /** Does a piece of work whenever somebody wakes it, and rests after it. */
  #whenever(waker: Waker, restMs: number, work: () => Promise<void>): Task {
    return (signal) =>
      restlessly(this.#premises, signal, async () => {
        await waker.sleep(signal);
        if (!signal.aborted) await work();
        return restMs;
      });
  }

  async #tellVitals(signal: AbortSignal): Promise<void> {
    const { vitalsMs } = this.#premises.options.periods;
    while (!signal.aborted) {
      await sleep(vitalsMs, undefined, { signal }).catch(() => undefined);
      const news = this.#desk.pulse.take();
      if (news) this.#desk.ledger.enter(news);
    }
  }
}
