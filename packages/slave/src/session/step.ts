import { greet, hear } from './hear.ts';
import { finish, leave } from './let-go.ts';
import { attemptOf, type Session, type SessionEvent, type Step } from './session.ts';

/** What becomes of a session, and what is to be done, when this happens. Pure. */
export function step(session: Session, event: SessionEvent): Step {
  switch (event.type) {
    case 'begin':
      return greet(session);
    case 'beat':
      return beat(session, event.nowMs);
    case 'step': {
      const { work } = session;
      const current = work.phase === 'building' && work.order.attempt === event.attempt;
      return current ? [{ ...session, work: { ...work, step: event.step } }, []] : [session, []];
    }
    case 'ended':
      return ended(session, event);
    case 'stop':
      return leave(session, 0);
    default:
      return hear(session, event);
  }
}

/** Every ten seconds: a sign of life, and once more whatever may have been lost. */
function beat(session: Session, nowMs: number): Step {
  const { link, work } = session;
  switch (link.phase) {
    case 'greeting':
      return greet(session);
    case 'refused':
      return nowMs < link.againMs ? [session, []] : greet(session);
    case 'known':
      switch (work.phase) {
        case 'idle':
          return [
            session,
            [
              { do: 'say', what: 'ALIVE' },
              { do: 'say', what: 'READY' },
            ],
          ];
        case 'building':
        case 'clearing':
          return [session, [{ do: 'say', what: 'ALIVE' }]];
        case 'built': {
          const again = work.moved ? [] : [{ do: 'say', what: 'BUILT' } as const];
          return [{ ...session, work: { ...work, moved: false } }, [{ do: 'say', what: 'ALIVE' }, ...again]];
        }
      }
  }
}

/** The pipeline came to its end, cancelled or not. */
function ended(session: Session, { built }: Extract<SessionEvent, { type: 'ended' }>): Step {
  const { work } = session;
  if (attemptOf(work) !== built.attempt) return [session, [{ do: 'forget', attempt: built.attempt }]];
  if (work.phase === 'clearing') return finish(session, built.attempt);
  return [{ ...session, work: { phase: 'built', built, moved: false } }, [{ do: 'say', what: 'BUILT' }]];
}
