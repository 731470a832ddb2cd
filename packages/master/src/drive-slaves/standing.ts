import { die, welcome } from './say.ts';
import type { Effect, On, Session, SessionEvent, Standing, State } from './session.ts';

/** What an event changes in what stands, what is said to that, and whether the event is old and changes nothing else. */
type Stand = readonly [Standing, readonly Effect[], boolean];

/** What stands after an event. A HELLO that isn't newer than the last of its instance is old; its WELCOME may be repeated. */
export function stand({ standing, state }: Session, event: SessionEvent): Stand {
  switch (event.type) {
    case 'PAUSED':
      return [{ ...standing, pause: event.pause }, [], false];
    case 'RESUMED':
      return [{ ...standing, pause: null }, state.phase === 'ready' ? [{ do: 'wait' }] : [], false];
    case 'QUARANTINED':
      return [
        { ...standing, quarantine: event.quarantine },
        state.phase === 'ready' && event.quarantine === null ? [{ do: 'wait' }] : [],
        false,
      ];
    case 'LEAVE':
      if (state.phase !== 'absent') return [{ ...standing, leaving: event.leaving }, [die(event.leaving)], false];
      return [event.leaving.restart ? { ...standing, leaving: event.leaving } : standing, [], false];
    case 'HELLO':
      return [standing, [], isOld(standing, event)];
    case 'MET':
      return isOld(standing, event)
        ? [standing, repeated(state, standing, event), true]
        : [met(standing, event), [], false];
    default:
      return [standing, [], false];
  }
}

const isOld = (standing: Standing, { instance, n }: { instance: string; n: number }): boolean =>
  standing.instance === instance && n <= standing.n;

/** A HELLO that was heard before; its WELCOME may have been lost. */
const repeated = (state: State, { n }: Standing, event: On<'MET'>): Effect[] =>
  event.n === n && state.phase !== 'absent'
    ? [welcome(event, 'task' in state && state.task.attempt === event.holds?.attempt)]
    : [];

const met = (standing: Standing, { n, instance, pause, quarantine }: On<'MET'>): Standing => ({
  instance,
  n,
  pause,
  quarantine,
  leaving: standing.instance === instance ? standing.leaving : null,
});
