import type { Built } from '@piw/wire/slave-protocol';
import { broken, type Cancel, type Ending, endingOf, rejected, unordered, wheelless } from './ending.ts';
import { done, hear } from './say.ts';
import type { Circumstances, In, On, Step } from './session.ts';

/** BUILT: its files and the rest of its log are fetched; of a cancelled attempt only the log. */
export function built(state: In<'building'>, { built: said }: On<'BUILT'>, { nowMs }: Circumstances): Step {
  if (said.attempt !== state.task.attempt) return [state, [done(said.attempt)]];
  const { task, logBytes, cancel } = state;
  const files = !cancel && said.outcome === 'success' ? said.files : [];
  const [first] = files;
  const next: In<'collecting'> = {
    phase: 'collecting',
    task,
    ending: endingFor(said, cancel),
    awaited: files,
    received: [],
    logBytes,
    logTotal: said.logBytes,
    grewMs: nowMs,
  };
  return first ? [next, [{ do: 'receive', task, file: first }]] : ended(next);
}

function endingFor({ outcome, reason, steps, files }: Built, cancel: Cancel | null): Ending {
  if (cancel) return { ...endingOf(cancel), steps };
  if (outcome === 'cancelled') return { ...unordered, steps };
  return outcome === 'success' && files.length === 0 ? { ...wheelless, steps } : { outcome, reason, steps };
}

/** BUILT again, of this attempt or of one that has ended. */
export const builtAgain = (state: In<'collecting'> | In<'ending'>, { built: said }: On<'BUILT'>): Step => [
  state,
  said.attempt === state.task.attempt ? [] : [done(said.attempt)],
];

/** A file arrived, or didn't: the next one is asked for, and an unsound one makes the others worthless. */
export function received(state: In<'collecting'>, event: On<'RECEIVED'>): Step {
  const { task, awaited } = state;
  const [file, ...others] = awaited;
  if (event.attempt !== task.attempt || event.filename !== file?.filename) return [state, []];
  if ('faults' in event.received) return spoilt(state, rejected(file.filename, event.received.faults));
  if ('broken' in event.received) return spoilt(state, broken(file.filename, event.received.broken));
  const next = { ...state, awaited: others, received: [...state.received, event.received] };
  const [second] = others;
  return second ? [next, [{ do: 'receive', task, file: second }]] : ended(next);
}

function spoilt(state: In<'collecting'>, ending: In<'collecting'>['ending']): Step {
  const { steps } = state.ending;
  const [next, effects] = ended({ ...state, ending: { ...ending, steps }, awaited: [], received: [] });
  return [next, [{ do: 'abandon', attempt: state.task.attempt }, ...effects]];
}

/** The log grew: HEARD acknowledges it. */
export function logged(state: In<'building'> | In<'collecting'>, event: On<'LOGGED'>, { nowMs }: Circumstances): Step {
  const heard = hear(state.task.attempt);
  if (event.attempt !== state.task.attempt) return [state, []];
  if (state.phase === 'building') return [{ ...state, logBytes: event.logBytes }, [heard]];
  const grewMs = event.logBytes > state.logBytes ? nowMs : state.grewMs;
  const [next, effects] = ended({ ...state, logBytes: event.logBytes, grewMs });
  return [next, [heard, ...effects]];
}

/** A log that stopped growing before its end is all there is. */
export function impatient(state: In<'collecting'>, _: On<'TICK'>, { nowMs, logPatienceMs }: Circumstances): Step {
  const missing = state.logBytes < state.logTotal;
  if (!missing || state.awaited.length > 0) return [state, []];
  if (logPatienceMs === Infinity) return [{ ...state, grewMs: nowMs }, []];
  if (nowMs - state.grewMs < logPatienceMs) return [state, []];
  return ended({ ...state, logTotal: state.logBytes });
}

/** An operator's order comes before the files: they aren't wanted any more. */
export const cancelledCollecting = (state: In<'collecting'>, { attempt, cancel }: On<'CANCELLED'>): Step =>
  attempt === state.task.attempt ? spoilt(state, endingOf(cancel)) : [state, []];

/** Once all files and the whole log are here, the attempt is ended. */
function ended(state: In<'collecting'>): Step {
  const { task, ending, received: files, awaited, logBytes, logTotal } = state;
  if (awaited.length > 0 || logBytes < logTotal) return [state, []];
  return [{ phase: 'ending', task }, [{ do: 'end', task, ending, received: files }]];
}

/** The database knows that the attempt ended: its slave may forget it. */
export const forgotten = (state: In<'ending'>, { attempt }: On<'ENDED'>): Step =>
  attempt === state.task.attempt ? [{ phase: 'cleaning', attempt }, [done(attempt)]] : [state, []];
