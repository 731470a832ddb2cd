import { greet, hear, silentBeats } from './hear.ts';
import { finish, leave } from './let-go.ts';
import { attemptOf, type Effect, type Session, type SessionEvent, type Step, type Work } from './session.ts';

/** What becomes of a session, and what is to be done, when this happens. Pure. */
export function step(session: Session, event: SessionEvent): Step {
  switch (event.type) {
    case 'connected':
      return greet(session);
    case 'beat':
      return beat(session, event.nowMs);
    case 'step':
      return advance(session, event);
    case 'ended':
      return ended(session, event);
    case 'stop':
      return leave(session, 0);
    default:
      return hear(session, event);
  }
}

/** Every ten seconds: a sign of life, and once more whatever may have been lost; to a master that is silent, or another one, HELLO. */
function beat(session: Session, nowMs: number): Step {
  const { link, work } = session;
  if (link.phase === 'refused') return nowMs < link.againMs ? [session, []] : greet(session);
  const unanswered = link.unanswered + 1;
  const away: Effect[] =
    unanswered === silentBeats
      ? [{ do: 'tell', level: 'warn', text: 'no answer from the master: trying on' }, { do: 'seek' }]
      : [];
  const waiting: Session = { ...session, link: { ...link, unanswered } };
  const [next, effects] =
    link.phase === 'greeting' || unanswered >= silentBeats ? greet(waiting) : repeat(waiting, work);
  return [next, [...away, ...effects]];
}

/** ALIVE, and what stands until it is answered. */
function repeat(session: Session, work: Work): Step {
  const alive: Effect = { do: 'say', what: 'ALIVE' };
  switch (work.phase) {
    case 'idle':
      return [session, [alive, { do: 'say', what: 'READY' }]];
    case 'building':
    case 'clearing':
      return [session, [alive]];
    case 'built': {
      const again: Effect[] = work.moved ? [] : [{ do: 'say', what: 'BUILT' }];
      return [{ ...session, work: { ...work, moved: false } }, [alive, ...again]];
    }
  }
}

/** The pipeline has come to a step: the master need not wait for the next beat to know. */
function advance(session: Session, { attempt, step: name }: Extract<SessionEvent, { type: 'step' }>): Step {
  const { work, link } = session;
  if (work.phase !== 'building' || work.order.attempt !== attempt) return [session, []];
  const next: Session = { ...session, work: { ...work, step: name } };
  return [next, link.phase === 'known' ? [{ do: 'say', what: 'ALIVE' }] : []];
}

/** The pipeline came to its end, cancelled or not. */
function ended(session: Session, { built }: Extract<SessionEvent, { type: 'ended' }>): Step {
  const { work } = session;
  if (attemptOf(work) !== built.attempt) return [session, [{ do: 'forget', attempt: built.attempt }]];
  if (work.phase === 'clearing') return finish(session, built.attempt);
  return [{ ...session, work: { phase: 'built', built, moved: false } }, [{ do: 'say', what: 'BUILT' }]];
}
