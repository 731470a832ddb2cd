import { build, cancel, done, hear, stray, who } from './say.ts';
import type { Circumstances, Effect, In, On, Standing, State, Step } from './session.ts';

/** ALIVE from a slave without a task: an attempt that it names is nobody's any more. */
export function aliveIdly(state: In<'idle'> | In<'ready'> | In<'cleaning'>, event: On<'ALIVE'>): Step {
  if (event.attempt === null) return [state.phase === 'cleaning' ? { phase: 'idle' } : state, [hear(null)]];
  const next: State = state.phase === 'ready' ? { phase: 'idle' } : state;
  return [next, [stray(event.attempt, event.phase), hear(null)]];
}

/** ALIVE in a build: the order and its cancelling are repeated until it agrees; a BUILT that was lost is asked for by WHO. */
export function aliveBuilding(state: In<'building'>, event: On<'ALIVE'>, { standing }: Circumstances): Step {
  const { attempt } = state.task;
  if (event.attempt === null) return [state, [hear(attempt), ...repeated(state, standing)]];
  if (event.attempt !== attempt) return [state, [stray(event.attempt, event.phase)]];
  const next = known(state);
  return [next, [hear(attempt), ...(event.phase === 'built' ? [who] : repeated(next, standing))]];
}

/** What was said to a slave that doesn't yet act on it. */
function repeated({ task, unheard, cancel: order }: In<'building'>, standing: Standing): Effect[] {
  if (order) return [cancel(task.attempt, order.why)];
  return unheard ? [build(unheard, standing)] : [];
}

/** ALIVE after BUILT: there is nothing to repeat; the receiver repeats SEND by itself. */
export const aliveBuilt = (state: In<'collecting'> | In<'ending'>, event: On<'ALIVE'>): Step =>
  event.attempt === null || event.attempt === state.task.attempt
    ? [state, [hear(state.task.attempt)]]
    : [state, [stray(event.attempt, event.phase)]];

/** READY in a build: it hasn't heard of it, or this is an old one. */
export const readyBuilding = (state: In<'building'>, _: On<'READY'>, { standing }: Circumstances): Step => [
  state,
  state.unheard === null ? [] : repeated(state, standing),
];

/** READY: it wants work, and has forgotten what it had. */
export const ready = (state: State): Step =>
  state.phase === 'ready' ? [state, []] : [{ phase: 'ready' }, [{ do: 'wait' }]];

/** A part of the log of the task goes to its file; the length then comes back as LOGGED. */
export function log(state: In<'building'> | In<'collecting'>, { attempt, offset, bytes }: On<'LOG'>): Step {
  if (attempt !== state.task.attempt) return [state, [stray(attempt, 'building')]];
  const next = state.phase === 'building' ? known(state) : state;
  return [next, [{ do: 'append', attempt, offset, bytes }]];
}

/** A part of a log that nobody waits for. */
export const logOfNobody = (state: State, { attempt }: On<'LOG'>): Step => [state, [stray(attempt, 'building')]];

/** BUILT of an attempt that has ended, as far as this slave is concerned. */
export const builtForNothing = (state: State, { built }: On<'BUILT'>): Step => [state, [done(built.attempt)]];

/** It said something of its task: the order need not be repeated. */
const known = (state: In<'building'>): In<'building'> => (state.unheard === null ? state : { ...state, unheard: null });
