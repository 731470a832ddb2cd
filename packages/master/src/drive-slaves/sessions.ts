import type { Fault } from '@piw/db/world-fault';
import type { ToSlave } from '@piw/wire/slave-protocol';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Pause } from '@piw/wire/vocabulary';
import type { Premises } from '../premises.ts';
import type { EndQueue } from './end-queue.ts';
import { Errands } from './errands.ts';
import { MasterWorld } from './master-world.ts';
import { perform } from './perform.ts';
import type { EndsBySlave } from './recent-ends.ts';
import { Registry } from './registry.ts';
import type { SessionEvent } from './session.ts';
import type { Slave } from './slave.ts';
import { lastingPart, pictureOf } from './slave-picture.ts';
import { step } from './step.ts';
import type { TargetBook } from './target-book.ts';
import type { FileRoom, LogRoom } from './world.ts';

/** What the sessions live on. */
export interface Household {
  readonly premises: Premises;
  readonly files: FileRoom;
  readonly logs: LogRoom;
  readonly book: TargetBook;
  readonly ends: EndQueue;
  readonly recentEnds: EndsBySlave;
  /** Hands a message to a peer, or drops it. */
  readonly send: (peer: string, message: ToSlave) => void;
  /** Whether a peer that was heard is still let in, and still speaks for that owner. */
  readonly letIn: (peer: string, owner: string) => boolean;
}

/** A slave that changes again and again is shown this often at most, in milliseconds. */
const shownEveryMs = 50;

/** All sessions with slaves, and what they have in common. Events go in at `deliver`; all that follows happens there. */
export class Sessions {
  readonly premises: Premises;
  readonly logs: LogRoom;
  readonly book: TargetBook;
  readonly recentEnds: EndsBySlave;
  readonly send: Household['send'];
  readonly letIn: Household['letIn'];
  readonly registry = new Registry();
  readonly errands = new Errands();
  /** Attempts that their slaves named, and attempts whose files moved, since leases were last renewed. */
  readonly named = new Set<number>();
  readonly moving = new Set<number>();
  /** Attempts whose log somebody reads. */
  readonly watched = new Set<number>();
  /** When anybody was last heard; 0 is never. */
  heardMs = 0;
  /** What all slaves meet and none can help. */
  fault: Fault | null = null;
  /** When work was last given to find out whether the fault is over. */
  probedMs = 0;
  #farmPause: Pause | null = null;
  /** Slaves that changed again so soon after they were shown that they are shown later. */
  readonly #unshown = new Set<Slave>();
  readonly #world: MasterWorld;

  constructor(household: Household) {
    this.premises = household.premises;
    this.logs = household.logs;
    this.book = household.book;
    this.recentEnds = household.recentEnds;
    this.send = household.send;
    this.letIn = household.letIn;
    this.#world = new MasterWorld(household, this);
  }

  /** Why nobody gets work: an operator's word, or the disk. */
  get farmPause(): Pause | null {
    return this.#farmPause ?? this.premises.disk.pause;
  }

  set farmPause(pause: Pause | null) {
    this.#farmPause = pause;
    for (const slave of this.registry.all()) this.show(slave);
  }

  /** Something happened to a slave: its session decides, and what it decides is done. */
  deliver(slave: Slave, event: SessionEvent): void {
    const { options, now, disk } = this.premises;
    const { cancelMs, logPatienceMs: usualMs } = options.periods;
    const logPatienceMs = disk.pause ? Infinity : usualMs;
    const [session, effects] = step(slave.session, event, { nowMs: now(), cancelMs, logPatienceMs });
    const isNews = session !== slave.session;
    slave.session = session;
    for (const effect of effects) {
      const learned = perform(effect, slave, this.#world);
      if (learned) this.deliver(slave, learned);
    }
    if (isNews) this.show(slave);
  }

  pictureOf(slave: Slave): SlavePicture {
    return pictureOf(slave, this.farmPause, this.premises.now());
  }

  /** Tells of a slave whose picture changed by more than a sign of life: at once, or a moment later. */
  show(slave: Slave): void {
    if (this.premises.now() - slave.shownMs >= shownEveryMs) this.#showNow(slave);
    else if (!this.#unshown.has(slave)) {
      if (this.#unshown.size === 0) setTimeout(() => this.showAll(), shownEveryMs).unref();
      this.#unshown.add(slave);
    }
  }

  /** Tells of those that were to be shown later. */
  showAll(): void {
    const unshown = [...this.#unshown].filter((slave) => this.registry.byId(slave.slaveId) === slave);
    this.#unshown.clear();
    for (const slave of unshown) this.#showNow(slave);
  }

  #showNow(slave: Slave): void {
    const picture = this.pictureOf(slave);
    const lasting = lastingPart(picture);
    if (lasting === slave.shown) return;
    slave.shown = lasting;
    slave.shownMs = this.premises.now();
    this.premises.bulletin.emit('slave', picture);
  }

  /** The slave learns at once whether its log is read. */
  watch(attempt: number, on: boolean): void {
    if (this.watched.has(attempt) === on) return;
    if (on) this.watched.add(attempt);
    else this.watched.delete(attempt);
    const slave = this.registry.byAttempt(attempt);
    if (slave) this.#world.hear(slave, attempt);
  }

  /** The farm, its targets or needs changed: what suits each slave is found again. */
  async rematch(): Promise<void> {
    await this.book.refresh();
    for (const slave of this.registry.all()) {
      slave.acquaintance = { slaveId: slave.slaveId, ...this.book.suits(slave.hello) };
      this.show(slave);
    }
    this.premises.bulletin.emit('waiting');
  }
}
