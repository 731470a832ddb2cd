import type { Build, Built, ToSlave } from '@piw/wire/slave-protocol';

/**
 * What a slave is about, as far as its master is concerned.
 *
 * ```text
 *   link   greeting ──WELCOME──▶ known ──WHO, another epoch──▶ greeting      REFUSED ▶ refused ──a minute──▶ greeting
 *          another connection, two beats without an answer ▶ greeting
 *
 *   work   idle ──BUILD──▶ building ──ended──▶ built ──DONE──▶ idle
 *                             └──DONE, forget──▶ clearing ──ended──▶ idle
 * ```
 *
 * Every message may come late, twice or never: one about another attempt than the one at hand does nothing.
 */
export interface Session {
  readonly link: Link;
  /** Counts the HELLOs; answers to any but the last are ignored. */
  readonly n: number;
  readonly work: Work;
  /** The last attempt that was begun since the last WELCOME: a late BUILD is no second one. */
  readonly begun: number;
  /** The exit code with which to leave as soon as there is no work. */
  readonly leaving: number | null;
}

/** Where things stand with the master; `unanswered` counts the beats since it was last heard. */
export type Link =
  | { readonly phase: 'greeting'; readonly unanswered: number }
  | { readonly phase: 'known'; readonly epoch: number; readonly unanswered: number }
  | { readonly phase: 'refused'; readonly reason: string; readonly againMs: number };

export type Work =
  | { readonly phase: 'idle' }
  | { readonly phase: 'building'; readonly order: Build; readonly step: string | null }
  /** A pipeline that nobody wants any more is coming to its end. */
  | { readonly phase: 'clearing'; readonly attempt: number }
  /** `moved`: the master has asked for a file since the last beat, so it knows. */
  | { readonly phase: 'built'; readonly built: Built; readonly moved: boolean };

/** What may happen to a session beside the master's messages. */
export type LocalEvent =
  /** There is a connection: the first one, or another one. */
  | { readonly type: 'connected' }
  | { readonly type: 'beat'; readonly nowMs: number }
  | { readonly type: 'step'; readonly attempt: number; readonly step: string }
  | { readonly type: 'ended'; readonly built: Built }
  | { readonly type: 'stop' };

export type SessionEvent = LocalEvent | (ToSlave & { readonly nowMs: number });

/** What a session wants done. Messages that tell how things are (`say`) are filled in by who performs them. */
export type Effect =
  | { readonly do: 'say'; readonly what: 'HELLO' | 'READY' | 'ALIVE' | 'BUILT' | 'BYE' }
  | { readonly do: 'build'; readonly order: Build }
  | { readonly do: 'cancel'; readonly attempt: number; readonly why: string }
  /** The master has the log up to there. `resume`: and nothing after it is on its way. */
  | {
      readonly do: 'acknowledge' | 'resume';
      readonly attempt: number;
      readonly logOffset: number;
      readonly watched: boolean;
    }
  | {
      readonly do: 'send';
      readonly attempt: number;
      readonly filename: string;
      readonly offset: number;
      readonly ticket: Uint8Array;
    }
  | { readonly do: 'forget'; readonly attempt: number }
  /** The master is silent: whoever else may be the active one is asked, too. */
  | { readonly do: 'seek' }
  | { readonly do: 'leave'; readonly code: number }
  | { readonly do: 'tell'; readonly level: 'info' | 'warn'; readonly text: string };

export type Step = readonly [Session, readonly Effect[]];

/** With this code a slave asks whoever started it to start it again (EX_TEMPFAIL of sysexits(3)). */
export const restartCode = 75;

export const beginning: Session = {
  link: { phase: 'greeting', unanswered: 0 },
  n: 0,
  work: { phase: 'idle' },
  begun: 0,
  leaving: null,
};

/** The attempt at hand, whatever is being done with it. */
export function attemptOf(work: Work): number | null {
  switch (work.phase) {
    case 'idle':
      return null;
    case 'building':
      return work.order.attempt;
    case 'clearing':
      return work.attempt;
    case 'built':
      return work.built.attempt;
  }
}
