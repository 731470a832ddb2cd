import type { Built, HeldAttempt, ToSlave } from '@piw/wire/slave-protocol';
import type { BuiltFile, Pause, Quarantine } from '@piw/wire/vocabulary';
import type { Cancel, Ending } from './ending.ts';
import type { Received, Sound } from './received.ts';
import type { Order, Task } from './task.ts';

/**
 * Where the conversation with a slave stands.
 *
 * absent      not heard of since this master began, or not any more: it is asked WHO
 * idle        it is known, and hasn't said that it wants work
 * ready       it wants work
 * building    it has the lease of a task; `unheard` is the order to repeat until it says something of the task
 * collecting  it said BUILT: the files and the rest of the log are on their way
 * ending      all is here, and the database is being told; whoever vanishes now, the attempt ends
 * cleaning    it heard DONE, and hasn't said that it forgot the attempt
 */
export type State =
  | { readonly phase: 'absent'; readonly how: 'lost' | 'gone' }
  | { readonly phase: 'idle' }
  | { readonly phase: 'ready' }
  | {
      readonly phase: 'building';
      readonly task: Task;
      readonly unheard: Order | null;
      readonly cancel: Cancel | null;
      readonly logBytes: number;
    }
  | {
      readonly phase: 'collecting';
      readonly task: Task;
      readonly ending: Ending;
      readonly awaited: readonly BuiltFile[];
      readonly received: readonly Sound[];
      readonly logBytes: number;
      readonly logTotal: number;
      /** When the log last grew. */
      readonly grewMs: number;
    }
  | { readonly phase: 'ending'; readonly task: Task }
  | { readonly phase: 'cleaning'; readonly attempt: number };

/** A slave that was told to DIE, until another instance of it says HELLO. */
export interface Leaving {
  readonly when: 'now' | 'idle';
  readonly restart: boolean;
}

/** What stands whatever the phase: who the slave last said it is, and what operators want of it. */
export interface Standing {
  readonly instance: string | null;
  /** Of its last HELLO. */
  readonly n: number;
  readonly pause: Pause | null;
  readonly quarantine: Quarantine | null;
  readonly leaving: Leaving | null;
}

/** What WELCOME says of the attempt that HELLO names. */
export type Verdict = 'go-on' | 'forget' | null;

export interface Session {
  readonly standing: Standing;
  readonly state: State;
  /** Since when the phase is what it is. */
  readonly sinceMs: number;
}

/** What a slave says (vitals are noted elsewhere), what the master's own work comes to, and what operators order. */
export type SessionEvent =
  | { readonly type: 'HELLO'; readonly n: number; readonly instance: string }
  | { readonly type: 'READY' }
  | { readonly type: 'ALIVE'; readonly attempt: number | null; readonly phase: 'idle' | 'building' | 'built' }
  | { readonly type: 'LOG'; readonly attempt: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly type: 'BUILT'; readonly built: Built }
  | { readonly type: 'BYE' }
  /** HELLO was looked up: `leased` is the task that the database knows this slave to have. */
  | {
      readonly type: 'MET';
      readonly n: number;
      readonly instance: string;
      readonly holds: HeldAttempt | null;
      readonly leased: Task | null;
      readonly logBytes: number;
      readonly pause: Pause | null;
      readonly quarantine: Quarantine | null;
    }
  | { readonly type: 'GIVEN'; readonly task: Task; readonly order: Order }
  | { readonly type: 'LOGGED'; readonly attempt: number; readonly logBytes: number }
  | { readonly type: 'RECEIVED'; readonly attempt: number; readonly filename: string; readonly received: Received }
  | { readonly type: 'ENDED'; readonly attempt: number }
  | { readonly type: 'LOST'; readonly attempt: number }
  | { readonly type: 'SILENT' }
  | { readonly type: 'TICK' }
  | { readonly type: 'CANCELLED'; readonly attempt: number; readonly cancel: Cancel }
  | { readonly type: 'PAUSED'; readonly pause: Pause }
  | { readonly type: 'RESUMED' }
  | { readonly type: 'QUARANTINED'; readonly quarantine: Quarantine | null }
  | { readonly type: 'LEAVE'; readonly leaving: Leaving };

export type Effect =
  | { readonly do: 'say'; readonly message: ToSlave }
  /** HEARD, with how much of the attempt's log is here. */
  | { readonly do: 'hear'; readonly attempt: number | null }
  | { readonly do: 'welcome'; readonly n: number; readonly verdict: Verdict; readonly attempt: number | null }
  | { readonly do: 'append'; readonly attempt: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly do: 'receive'; readonly task: Task; readonly file: BuiltFile }
  | { readonly do: 'abandon'; readonly attempt: number }
  | { readonly do: 'end'; readonly task: Task; readonly ending: Ending; readonly received: readonly Sound[] }
  /** It wants work. */
  | { readonly do: 'wait' };

/** Where the session goes, and what is to be done; a repeated or late message goes nowhere and does nothing. */
export type Step = readonly [State, readonly Effect[]];

/** What a move may look at beside the state and the event. */
export interface Circumstances {
  readonly standing: Standing;
  /** The slave is another instance than the one that was met before. */
  readonly restarted: boolean;
  readonly nowMs: number;
  readonly cancelMs: number;
  /** Infinity while logs may have no room: then the patience begins anew when there is some. */
  readonly logPatienceMs: number;
}

export type In<P extends State['phase']> = Extract<State, { phase: P }>;
export type On<E extends SessionEvent['type']> = Extract<SessionEvent, { type: E }>;

/** Before the first HELLO. */
export const stranger: Session = {
  standing: { instance: null, n: -1, pause: null, quarantine: null, leaving: null },
  state: { phase: 'absent', how: 'gone' },
  sinceMs: 0,
};
