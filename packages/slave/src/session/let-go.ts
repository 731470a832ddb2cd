import { attemptOf, type Session, type Step } from './session.ts';

/** There is no work any more: wants some, or leaves if it was told to. */
export function finish(session: Session, attempt: number): Step {
  const idle: Session = { ...session, work: { phase: 'idle' } };
  const forget = { do: 'forget', attempt } as const;
  if (session.leaving !== null)
    return [idle, [forget, { do: 'say', what: 'BYE' }, { do: 'leave', code: session.leaving }]];
  return [idle, session.link.phase === 'known' ? [forget, { do: 'say', what: 'READY' }] : [forget]];
}

/** The master has all of the attempt, or wants none of it: a build that runs is stopped, its end heard by nobody. */
export function letGo(session: Session, attempt: number, why: string): Step {
  const { work } = session;
  if (attemptOf(work) !== attempt || work.phase === 'clearing') return [session, []];
  if (work.phase === 'building')
    return [{ ...session, work: { phase: 'clearing', attempt } }, [{ do: 'cancel', attempt, why }]];
  return finish(session, attempt);
}

/** Leaves now, whatever is at hand: what it was building is freed by its BYE. */
export function leave(session: Session, code: number): Step {
  const attempt = attemptOf(session.work);
  const cancel = attempt === null ? [] : [{ do: 'cancel', attempt, why: 'the slave is leaving' } as const];
  const gone: Session = { ...session, leaving: code };
  return [gone, [...cancel, { do: 'say', what: 'BYE' }, { do: 'leave', code }]];
}
