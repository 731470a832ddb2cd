import type { Hello } from '@piw/wire/slave-protocol';
import type { Vitals } from '@piw/wire/vocabulary';
import type { RecentEnds } from './recent-ends.ts';
import { type Session, stranger } from './session.ts';

/** What the database made of a slave's HELLO. */
export interface Acquaintance {
  readonly slaveId: number;
  /** The farm's targets among those that it offers. */
  readonly targetIds: readonly number[];
  /** The interned requirement sets that its capabilities meet. */
  readonly needIds: readonly number[];
}

/** How many instances that were replaced are known for what they are. */
const instancesKept = 20;

/** A slave that was met: what it last said of itself, where it is heard, and where the conversation stands. */
export class Slave {
  readonly slaveId: number;
  /** Since when this run of it is up, as it says; of one that doesn't, since it was met. */
  upSinceMs: number;
  readonly recent: RecentEnds;
  /** The ROUTER's name for its connection. */
  peer: string;
  hello: Hello;
  acquaintance: Acquaintance;
  session: Session = stranger;
  heardMs: number;
  vitals: Vitals;
  step: string | null = null;
  /** Instances that another one has replaced, the latest of them. */
  replaced: readonly string[] = [];
  /** The picture that was last shown of it, without what changes at each heartbeat. */
  shown = '';
  /** When that was; 0 is never. */
  shownMs = 0;

  constructor(peer: string, hello: Hello, acquaintance: Acquaintance, nowMs: number, recent: RecentEnds) {
    this.slaveId = acquaintance.slaveId;
    this.upSinceMs = nowMs - (hello.upMs ?? 0);
    this.recent = recent;
    this.peer = peer;
    this.hello = hello;
    this.acquaintance = acquaintance;
    this.heardMs = nowMs;
    this.vitals = hello.vitals;
  }

  /** This instance is it now, in place of the one before. */
  noteInstance({ instance, upMs = 0 }: Pick<Hello, 'instance' | 'upMs'>, nowMs: number): void {
    if (instance === this.hello.instance) return;
    this.upSinceMs = nowMs - upMs;
    this.replaced = [...this.replaced.filter((other) => other !== instance), this.hello.instance].slice(-instancesKept);
  }

  /** By how much its clock is ahead of ours, when it was last heard; the way that the message took included. */
  get skewMs(): number {
    return this.vitals.clockMs - this.heardMs;
  }

  /** The attempt that is its own, as far as the session knows. */
  get attempt(): number | null {
    return 'task' in this.session.state ? this.session.state.task.attempt : null;
  }
}
