import { type Outcome, type Reason, settles } from '@piw/wheel/outcome';

/** How an attempt ended, and what its job has been through; times in milliseconds. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** Uncounted ends, as when the world is at fault, never add up to a failure. */
  readonly counts: boolean;
  /** Earlier counted ends of the same job, of each kind. */
  readonly lostBefore: number;
  readonly transientBefore: number;
  /** How old its release is, and whether it was asked for by name. */
  readonly ageMs: number;
  readonly asked: boolean;
}

/** What is recorded, whether it settles the target, and else how long the job waits. */
export interface Aftermath {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly settles: boolean;
  readonly delayMs: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** After the first, second, third and fourth transient end. */
const transientDelaysMs = [minuteMs, 4 * minuteMs, 16 * minuteMs, 60 * minuteMs];
const lostAtMost = 2;

/** What follows from an end (DESIGN §7). `leaseMs` is how long a lost job is left for its slave to claim again. */
export function aftermath(ending: Ending, leaseMs: number): Aftermath {
  const { outcome, reason } = ending;
  if (outcome === 'transient') return afterTransient(ending);
  if (outcome === 'lost') return afterLost(ending, leaseMs);
  if (outcome === 'no-source') return afterNoSource(ending);
  // A skip is a fact of its own: what it ended settles nothing, so that unskipping is enough.
  return { outcome, reason, settles: outcome !== 'skipped' && settles[outcome], delayMs: 0 };
}

function afterTransient({ outcome, reason, counts, transientBefore }: Ending): Aftermath {
  if (!counts) return { outcome, reason, settles: false, delayMs: minuteMs };
  const delayMs = transientDelaysMs[transientBefore];
  if (delayMs !== undefined) return { outcome, reason, settles: false, delayMs };
  return { outcome: 'failure', reason, settles: true, delayMs: 0 };
}

function afterLost({ outcome, reason, counts, lostBefore }: Ending, leaseMs: number): Aftermath {
  if (!counts || lostBefore < lostAtMost) return { outcome, reason, settles: false, delayMs: leaseMs };
  const text = `three slaves were lost while they built it; the last: ${reason?.text ?? 'not heard of any more'}`;
  const third: Reason = { kind: 'slave-lost', subject: reason?.subject ?? null, text: text.slice(0, 2000) };
  return { outcome: 'failure', reason: third, settles: true, delayMs: 0 };
}

/** An sdist may follow its wheels by days: a new release is looked at again, unless somebody waits for the answer. */
function afterNoSource({ outcome, reason, ageMs, asked }: Ending): Aftermath {
  const final = asked || ageMs > 14 * dayMs;
  return { outcome, reason, settles: final, delayMs: final ? 0 : dayMs / 4 };
}
