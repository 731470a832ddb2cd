import { type Ending, endingOf, left, unbegun } from './ending.ts';
import { build, cancel } from './say.ts';
import type { Circumstances, Effect, In, On, State, Step } from './session.ts';

const gone: State = { phase: 'absent', how: 'gone' };
const vanished: State = { phase: 'absent', how: 'lost' };

/** Work for a slave that waits for it. */
export const given = (_: In<'ready'>, { task, order }: On<'GIVEN'>, { standing }: Circumstances): Step =>
  standing.pause || standing.quarantine || standing.leaving
    ? returned({ phase: 'ready' }, task, unbegun)
    : [{ phase: 'building', task, unheard: order, cancel: null, logBytes: 0 }, [build(order, standing)]];

/** Work for a slave that no longer waits for it goes back to the queue. */
export const givenInVain = (state: State, { task }: On<'GIVEN'>): Step => returned(state, task, left);

const returned = (state: State, task: On<'GIVEN'>['task'], ending: Ending): Step => [
  state,
  [{ do: 'end', task, ending, received: [] }],
];

/** An operator's order to stop a build. */
export function cancelled(state: In<'building'>, event: On<'CANCELLED'>): Step {
  const { attempt } = state.task;
  if (event.attempt !== attempt) return [state, []];
  return [{ ...state, cancel: event.cancel }, [cancel(attempt, event.cancel.why)]];
}

/**
 * A build past its deadline is cancelled; one that was cancelled and isn't BUILT in time is ended without its slave,
 * which hears CANCEL as long as it says that it builds.
 */
export function overdue(state: In<'building'>, _: On<'TICK'>, { nowMs, cancelMs }: Circumstances): Step {
  const { task } = state;
  if (state.cancel === null)
    return nowMs < task.deadlineMs
      ? [state, []]
      : cancelled(state, { type: 'CANCELLED', attempt: task.attempt, cancel: outOfTime(nowMs) });
  if (nowMs - state.cancel.sinceMs < cancelMs) return [state, []];
  return [{ phase: 'idle' }, [{ do: 'end', task, ending: endingOf(state.cancel), received: [] }]];
}

const outOfTime = (sinceMs: number) =>
  ({ kind: 'overdue', why: 'The build is past its time limit, and its slave did not stop it.', sinceMs }) as const;

/** The slave goes away in good order: what it had is free at once, uncounted, or ends as an operator wanted. */
export function byeBuilding({ task, cancel: order }: In<'building'>): Step {
  return [gone, [{ do: 'end', task, ending: order ? endingOf(order) : left, received: [] }]];
}

/** It leaves before all its files are here: they are of no use. */
export function byeCollecting({ task }: In<'collecting'>): Step {
  return [gone, [abandon(task.attempt), { do: 'end', task, ending: left, received: [] }]];
}

export const bye = (): Step => [gone, []];

/** Nothing was heard of it for the length of a lease. */
export const silent = (): Step => [vanished, []];

/** Its lease ran out: the attempt has ended already. */
export const lostTask = (state: In<'building'> | In<'collecting'> | In<'ending'>, { attempt }: On<'LOST'>): Step =>
  attempt === state.task.attempt ? [vanished, state.phase === 'collecting' ? [abandon(attempt)] : []] : [state, []];

const abandon = (attempt: number): Effect => ({ do: 'abandon', attempt });
