import { endingOf, left, lost } from './ending.ts';
import { build, welcome } from './say.ts';
import type { Circumstances, Effect, In, On, State, Step } from './session.ts';
import type { Order, Task } from './task.ts';

/**
 * A HELLO, looked up. What the slave names and the database knows as its own goes on; whatever else it had is freed:
 * as lost where it may have begun, uncounted where it never heard of it. An attempt that is being ended ends.
 */
export function meet(state: State, event: On<'MET'>, at: Circumstances): Step {
  const { leased, holds } = event;
  if (state.phase === 'ending') return meetEnding(state, event);
  if (leased === null) return [{ phase: 'idle' }, [...abandoned(state), welcome(event, false)]];
  if (holds?.attempt === leased.attempt) return [resumed(state, event, leased), [welcome(event, true)]];
  const unheard = orderOf(state, leased);
  if (unheard && !at.restarted) return [state, [welcome(event, false), build(unheard, at.standing)]];
  return [{ phase: 'idle' }, [...abandoned(state), freed(state, leased), welcome(event, false)]];
}

/** One whose attempt is being ended waits for DONE if it still has it; if not, it need not. */
const meetEnding = (state: In<'ending'>, event: On<'MET'>): Step =>
  event.holds?.attempt === state.task.attempt
    ? [state, [welcome(event, true)]]
    : [{ phase: 'idle' }, [welcome(event, false)]];

const resumed = (state: State, { logBytes }: On<'MET'>, task: Task): State => {
  if (state.phase === 'building' && state.task.attempt === task.attempt) return { ...state, unheard: null, logBytes };
  if (state.phase === 'collecting' && state.task.attempt === task.attempt) return state;
  return { phase: 'building', task, unheard: null, cancel: null, logBytes };
};

/** The order of this task was said, and nothing yet of it heard. */
const orderOf = (state: State, { attempt }: Task): Order | null =>
  state.phase === 'building' && state.task.attempt === attempt ? state.unheard : null;

const freed = (state: State, task: Task): Effect => {
  const knewOfIt = state.phase === 'absent' || 'task' in state;
  const ending = state.phase === 'building' && state.cancel ? endingOf(state.cancel) : knewOfIt ? lost : left;
  return { do: 'end', task, ending, received: [] };
};

const abandoned = (state: State): Effect[] =>
  state.phase === 'collecting' ? [{ do: 'abandon', attempt: state.task.attempt }] : [];
