import type { ToSlave } from '@piw/wire/slave-protocol';
import { leave, letGo } from './let-go.ts';
import { attemptOf, restartCode, type Session, type Step } from './session.ts';

type Type = ToSlave['type'];
type Body<K extends Type> = Extract<ToSlave, { type: K }>['body'];
type Ears = { [K in Type]: (session: Session, body: Body<K>, nowMs: number) => Step };

const refusedForMs = 60_000;

/** A HELLO, with a number of its own, so that answers to earlier ones are known for what they are. */
export const greet = (session: Session): Step => [
  { ...session, link: { phase: 'greeting' }, n: session.n + 1 },
  [{ do: 'say', what: 'HELLO' }],
];

/** What the master says becomes the next state; in any state, anything that makes no sense there does nothing. */
export function hear(session: Session, { type, body, nowMs }: ToSlave & { readonly nowMs: number }): Step {
  return (ears[type] as (session: Session, body: unknown, nowMs: number) => Step)(session, body, nowMs);
}

const ears: Ears = {
  WHO: (session) => greet(session),

  WELCOME: (session, { n, epoch, verdict, logOffset, watched }) => {
    const attempt = attemptOf(session.work);
    if (n !== session.n || session.link.phase !== 'greeting') return [session, []];
    const known: Session = { ...session, link: { phase: 'known', epoch }, begun: 0 };
    if (session.work.phase === 'idle') return [known, [{ do: 'say', what: 'READY' }]];
    if (attempt === null) return [known, []];
    if (verdict !== 'go-on') return letGo(known, attempt, 'the master has given it up');
    const go = { do: 'acknowledge', attempt, logOffset, watched } as const;
    return [known, session.work.phase === 'built' ? [go, { do: 'say', what: 'BUILT' }] : [go]];
  },

  HEARD: (session, { epoch, attempt, logOffset, watched }) => {
    if (session.link.phase !== 'known') return [session, []];
    if (session.link.epoch !== epoch) return greet(session);
    if (attempt === null || attempt !== attemptOf(session.work)) return [session, []];
    return [session, [{ do: 'acknowledge', attempt, logOffset, watched }]];
  },

  BUILD: (session, order) => {
    if (session.link.phase !== 'known' || order.n !== session.n || session.leaving !== null) return [session, []];
    if (session.work.phase === 'built' && session.work.built.attempt === order.attempt)
      return [session, [{ do: 'say', what: 'BUILT' }]];
    if (session.work.phase !== 'idle' || order.attempt <= session.begun) return [session, []];
    const building: Session = { ...session, work: { phase: 'building', order, step: null }, begun: order.attempt };
    return [building, [{ do: 'build', order }]];
  },

  CANCEL: (session, { attempt, reason }) => {
    const { work } = session;
    if (attemptOf(work) !== attempt) return [session, []];
    if (work.phase === 'built') return [session, [{ do: 'say', what: 'BUILT' }]];
    return [session, work.phase === 'building' ? [{ do: 'cancel', attempt, why: reason }] : []];
  },

  SEND: (session, { attempt, filename, offset, ticket }) => {
    const { work } = session;
    if (work.phase !== 'built' || work.built.attempt !== attempt) return [session, []];
    return [{ ...session, work: { ...work, moved: true } }, [{ do: 'send', attempt, filename, offset, ticket }]];
  },

  DONE: (session, { attempt }) => letGo(session, attempt, 'the master needs it no more'),

  DIE: (session, { when, restart }) => {
    const code = restart ? restartCode : 0;
    if (when === 'now' || session.work.phase === 'idle') return leave(session, code);
    return [{ ...session, leaving: code }, [{ do: 'tell', level: 'info', text: 'leaving when this build is done' }]];
  },

  REFUSED: (session, { reason }, nowMs) => [
    { ...session, link: { phase: 'refused', reason, againMs: nowMs + refusedForMs } },
    [{ do: 'tell', level: 'warn', text: `the master refuses this slave: ${reason}` }],
  ],
};
