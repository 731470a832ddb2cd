import { readFarm } from '@piw/db/farm';
import { endsOfSlaves } from '@piw/db/statistics';
import type { Offer, Taken } from '@piw/db/take-jobs';
import { readFault } from '@piw/db/world-fault';
import { runTasks } from '@piw/host/run-tasks';
import { targetName } from '@piw/wheel/target';
import { type Listener, listen } from '@piw/wire/listener';
import { fromSlave, mostItems, toSlave } from '@piw/wire/slave-protocol';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Pause, TargetOffer } from '@piw/wire/vocabulary';
import type { Premises } from '../premises.ts';
import { untilAborted } from '../until-aborted.ts';
import { followBlame, probes } from './blame.ts';
import { EndQueue } from './end-queue.ts';
import type { CancelKind } from './ending.ts';
import { followRevocations } from './follow-revocations.ts';
import { giveJobs } from './give-jobs.ts';
import { hear, ownerOf } from './hear-slaves.ts';
import { keepTime, sweepLost } from './keep-time.ts';
import { noteSeen } from './note-seen.ts';
import { EndsBySlave, recentMs } from './recent-ends.ts';
import { Reception } from './reception.ts';
import type { Leaving } from './session.ts';
import { type Household, Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';
import { TargetBook } from './target-book.ts';
import type { FileRoom, LogRoom } from './world.ts';

type Ear = Listener<typeof fromSlave, typeof toSlave>;

/** Some slaves by their numbers, or every one, those to come included. */
export type Which = readonly number[] | 'all';

/** Far more than a slave is said between two of its own words: what one doesn't read is kept. */
const mostUnsaid = 100;

/** How long what is being ended may take once the master stops, in milliseconds. */
const restMs = 5000;

/** The task that talks with slaves: a session each, their leases and deadlines; and what other tasks want of them. */
export class SlaveDriver {
  readonly #premises: Premises;
  readonly #listener: Ear;
  readonly #sessions: Sessions;
  readonly #ends: EndQueue;
  readonly #stopped = new AbortController();

  /** Listens on the slave queue; throws an AddressError where that can't be. Nobody is answered before `run`. */
  static async open(premises: Premises, files: FileRoom, logs: LogRoom): Promise<SlaveDriver> {
    const book = new TargetBook(premises);
    await book.refresh();
    const { paused } = await readFarm(premises.pool);
    const { fault } = await readFault(premises.pool);
    const recentEnds = new EndsBySlave(await endsOfSlaves(premises.pool, premises.now() - recentMs));
    const listener = await listen({
      address: premises.options.slaveQueue,
      hears: fromSlave,
      says: toSlave,
      gate: premises.gatehouse?.at('slave'),
      onStray: ({ count, example }) => premises.log.warn(`dropped ${count} messages on the slave queue: ${example}`),
      ...{ maxItems: mostItems, unsaid: mostUnsaid },
    });
    const driver = new SlaveDriver({ premises, files, logs, book, recentEnds }, listener);
    driver.#sessions.farmPause = paused;
    driver.#sessions.fault = fault;
    return driver;
  }

  private constructor(inside: Pick<Household, 'premises' | 'files' | 'logs' | 'book' | 'recentEnds'>, listener: Ear) {
    const { premises } = inside;
    this.#premises = premises;
    this.#listener = listener;
    this.#ends = new EndQueue(premises, this.#stopped.signal);
    const send: Sessions['send'] = (peer, message) => void listener.say(peer, message);
    const letIn: Sessions['letIn'] = (peer, owner) => listener.isLetIn(peer, (holder) => ownerOf(holder) === owner);
    this.#sessions = new Sessions({ ...inside, ends: this.#ends, send, letIn });
  }

  /** As slaves dial it. */
  get address(): string {
    return this.#listener.address;
  }

  /** Talks with slaves until the signal says stop; they keep their work. What is being ended then has five seconds. */
  async run(signal: AbortSignal): Promise<void> {
    const sessions = this.#sessions;
    try {
      await runTasks(
        {
          hear: (aborted) => this.#hearAll(aborted),
          time: (aborted) => keepTime(sessions, aborted),
          sweep: (aborted) => sweepLost(sessions, aborted),
          seen: (aborted) => noteSeen(sessions, aborted),
          targets: (aborted) => this.#followTargets(aborted),
          keys: (aborted) => followRevocations(sessions, aborted),
          blame: (aborted) => followBlame(sessions, aborted),
          errands: (aborted) => Promise.race([sessions.errands.failure, untilAborted(aborted)]),
        },
        signal,
        this.#premises.log,
      );
    } finally {
      await sessions.errands.rest(restMs);
      this.#stopped.abort();
    }
  }

  /** Every slave that was met, as centres of control show it. */
  pictures(): SlavePicture[] {
    return [...this.#sessions.registry.all()].map((slave) => this.#sessions.pictureOf(slave));
  }

  /** Tells at once of slaves whose newest picture would be told a moment later. */
  showAll(): void {
    this.#sessions.showAll();
  }

  /** Who waits for work, and what suits them; nobody while the farm is paused, one now and then while the world is at fault. */
  waiting(): Offer[] {
    if (this.#sessions.farmPause) return [];
    return this.#sessions.fault ? probes(this.#sessions, this.#ready()) : this.#ready();
  }

  #ready(): Offer[] {
    const { now, options } = this.#premises;
    const sinceMs = now() - options.periods.leaseMs;
    const present = [...this.#sessions.registry.all()].filter((slave) => isOnDuty(slave) && slave.heardMs >= sinceMs);
    const builders = new Map<number, number>();
    for (const id of present.flatMap(({ acquaintance }) => acquaintance.targetIds))
      builders.set(id, (builders.get(id) ?? 0) + 1);
    return present.filter(wantsWork).map(({ acquaintance, hello }) => ({
      ...acquaintance,
      aloneIds: acquaintance.targetIds.filter((id) => builders.get(id) === 1),
      limitMs: hello.limits.timeoutMs,
    }));
  }

  hereIds(): number[] {
    const all = [...this.#sessions.registry.all()];
    return all.filter(({ session }) => session.state.phase !== 'absent').map(({ slaveId }) => slaveId);
  }

  /** Hands jobs to the slaves that they were taken for; those of slaves that no longer wait go back, uncounted. */
  give(jobs: readonly Taken[]): void {
    giveJobs(this.#sessions, this.#ends, jobs);
  }

  /** Stops a build by an operator's order; false where the attempt isn't running here, or is being ended already. */
  cancel(attempt: number, kind: Exclude<CancelKind, 'overdue'>, why: string): boolean {
    const slave = this.#sessions.registry.byAttempt(attempt);
    if (!slave || slave.session.state.phase === 'ending') return false;
    const cancel = { kind, why, sinceMs: this.#premises.now() };
    this.#sessions.deliver(slave, { type: 'CANCELLED', attempt, cancel });
    return true;
  }

  /** Some slaves, or the farm, get no work from now on; the database knows already. */
  pause(which: Which, pause: Pause): void {
    if (which === 'all') this.#sessions.farmPause = pause;
    else for (const slave of this.#those(which)) this.#sessions.deliver(slave, { type: 'PAUSED', pause });
  }

  /** Some slaves, or the farm, may work again; the database knows already. */
  resume(which: Which): void {
    if (which === 'all') this.#sessions.farmPause = null;
    else for (const slave of this.#those(which)) this.#sessions.deliver(slave, { type: 'RESUMED' });
    this.#premises.bulletin.emit('waiting');
  }

  /** Slaves stop, now or when they are idle, for good or to start again; those that are gone are called back, or stay away. */
  die(which: Which, when: Leaving['when'], restart: boolean): void {
    const leaving = { when, restart };
    for (const slave of this.#those(which)) this.#sessions.deliver(slave, { type: 'LEAVE', leaving });
  }

  /** Slaves may work again whose quarantine an operator lifted; the database knows already. */
  lift(slaveIds: readonly number[]): void {
    for (const slave of this.#those(slaveIds)) this.#sessions.deliver(slave, { type: 'QUARANTINED', quarantine: null });
  }

  /** Somebody reads the log of an attempt, or nobody any more: its slave sends it more often, or less. */
  watch(attempt: number, on: boolean): void {
    this.#sessions.watch(attempt, on);
  }

  /** What slaves offer to build for, by target, with the labels of those that do. */
  offers(): Map<string, { readonly offer: TargetOffer; readonly by: string[] }> {
    const offers = new Map<string, { offer: TargetOffer; by: string[] }>();
    for (const { hello, session } of this.#sessions.registry.all())
      for (const offer of session.state.phase === 'absent' ? [] : hello.targets) {
        const known = offers.get(targetName(offer));
        if (known) known.by.push(hello.label);
        else offers.set(targetName(offer), { offer, by: [hello.label] });
      }
    return offers;
  }

  *#those(which: Which): IterableIterator<Slave> {
    const { registry } = this.#sessions;
    if (which === 'all') yield* registry.all();
    else
      for (const id of which) {
        const slave = registry.byId(id);
        if (slave) yield slave;
      }
  }

  async #hearAll(signal: AbortSignal): Promise<void> {
    const reception = new Reception(this.#sessions);
    signal.addEventListener('abort', () => this.#listener.close(), { once: true });
    if (signal.aborted) this.#listener.close();
    for await (const heard of this.#listener) hear(this.#sessions, reception, heard);
    reception.close();
  }

  /** Targets and needs that change change what suits each slave. */
  async #followTargets(signal: AbortSignal): Promise<void> {
    const { bulletin } = this.#premises;
    const follow = () => this.#sessions.errands.start(() => this.#sessions.rematch());
    bulletin.on('farm', follow).on('needs', follow);
    await untilAborted(signal);
    bulletin.off('farm', follow).off('needs', follow);
  }
}

/** Builds, or would. */
const isOnDuty = ({ session: { standing } }: Slave): boolean =>
  !standing.pause && !standing.quarantine && !standing.leaving;

const wantsWork = ({ session: { state }, acquaintance }: Slave): boolean =>
  state.phase === 'ready' && acquaintance.targetIds.length > 0;
