import type { ToSlave } from '@piw/wire/slave-protocol';
import { leave, letGo } from './let-go.ts';
import { attemptOf, type Effect, restartCode, type Session, type Step, type Work } from './session.ts';

type Type = ToSlave['type'];
type Body<K extends Type> = Extract<ToSlave, { type: K }>['body'];
type Ears = { [K in Type]: (session: Session, body: Body<K>, nowMs: number) => Step };

const refusedForMs = 60_000;

/** A HELLO, with a number of its own, so that answers to earlier ones are known for what they are. */
export function greet(session: Session): Step {
  const unanswered = session.link.phase === 'refused' ? 0 : session.link.unanswered;
  return [{ ...session, link: { phase: 'greeting', unanswered }, n: session.n + 1 }, [{ do: 'say', what: 'HELLO' }]];
}

/** After so many beats without an answer a master counts as away. */
export const silentBeats = 2;

/** What the master says becomes the next state; in any state, anything that makes no sense there does nothing. */
export function hear(session: Session, { type, body, nowMs }: ToSlave & { readonly nowMs: number }): Step {
  return (ears[type] as (session: Session, body: unknown, nowMs: number) => Step)(session, body, nowMs);
}

const ears: Ears = {
  // A slave that is greeting has been asked for something that it said before its HELLO.
  WHO: (session) => (session.link.phase === 'greeting' ? [session, []] : greet(session)),

  WELCOME: (session, { n, epoch, verdict, logOffset, watched }) => {
    const { link, work } = session;
    if (n !== session.n || link.phase !== 'greeting') return [session, []];
    const isNews = n === 1 || link.unanswered >= silentBeats;
    const news: Effect[] = isNews ? [{ do: 'tell', level: 'info', text: 'the master knows this slave' }] : [];
    const known: Session = { ...session, link: { phase: 'known', epoch, unanswered: 0 }, begun: 0 };
    const [next, effects] = goOn(known, work, { verdict, logOffset, watched });
    return [next, [...news, ...effects]];
  },

  HEARD: (session, { epoch, attempt, logOffset, watched }) => {
    if (session.link.phase !== 'known') return [session, []];
    if (session.link.epoch !== epoch) return greet(session);
    const heard: Session = { ...session, link: { ...session.link, unanswered: 0 } };
    if (attempt === null || attempt !== attemptOf(session.work)) return [heard, []];
    return [heard, [{ do: 'acknowledge', attempt, logOffset, watched }]];
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
    if (session.leaving === code) return [session, []];
    return [{ ...session, leaving: code }, [{ do: 'tell', level: 'info', text: 'leaving when this build is done' }]];
  },

  REFUSED: (session, { reason }, nowMs) => [
    { ...session, link: { phase: 'refused', reason, againMs: nowMs + refusedForMs } },
    [{ do: 'tell', level: 'warn', text: `the master refuses this slave: ${reason}` }],
  ],
};

/** What a master that knows the slave wants of the attempt that it has. */
function goOn(known: Session, work: Work, welcome: Pick<Body<'WELCOME'>, 'verdict' | 'logOffset' | 'watched'>): Step {
  const attempt = attemptOf(work);
  if (attempt === null) return [known, [{ do: 'say', what: 'READY' }]];
  if (welcome.verdict !== 'go-on') return letGo(known, attempt, 'the master has given it up');
  const { logOffset, watched } = welcome;
  const resume: Effect = { do: 'resume', attempt, logOffset, watched };
  return [known, work.phase === 'built' ? [resume, { do: 'say', what: 'BUILT' }] : [resume]];
}
