import { type LadderFile, type LadderTarget, settledTargets, suits, type UpstreamFacts } from '@piw/wheel/ladder';
import type { Outcome } from '@piw/wheel/outcome';

/** A target with those of its tags that wheels of the package have. */
export type MatrixTarget = LadderTarget;

/** What is known of one version; of attempts the latest at each target. */
export interface CellFacts {
  readonly requiresPython: string | null;
  readonly files: readonly (LadderFile & { readonly filename: string; readonly sha256: string })[];
  readonly attempts: readonly {
    readonly attempt: number;
    readonly targetId: number;
    readonly outcome: Outcome | null;
    readonly settles: boolean;
    readonly text: string | null;
  }[];
  readonly jobs: readonly { readonly targetId: number; readonly phase: 'ready' | 'delayed' | 'leased' }[];
  readonly skips: readonly { readonly targetId: number | null; readonly reason: string }[];
  readonly upstream: UpstreamFacts;
}

export type CellState =
  | 'file'
  | 'built'
  | 'failed'
  | 'skipped'
  | 'excluded'
  | 'upstream'
  | 'waiting'
  | 'delayed'
  | 'building'
  | 'none';

/** One version at one target: how it stands, its latest attempt, and the file that serves it. */
export interface Cell {
  readonly targetId: number;
  readonly state: CellState;
  readonly attempt: number | null;
  readonly outcome: Outcome | null;
  readonly text: string | null;
  readonly file: { readonly filename: string; readonly sha256: string } | null;
}

const jobStates = { ready: 'waiting', delayed: 'delayed', leased: 'building' } as const;
const settledStates = {
  file: 'file',
  built: 'built',
  failed: 'failed',
  skipped: 'skipped',
  'python-excluded': 'excluded',
  upstream: 'upstream',
} as const;

/** How a version stands at each target. What is in the queue shows first, then what settled it. */
export function cellsOf(targets: readonly MatrixTarget[], facts: CellFacts): Cell[] {
  const settled = settlements(targets, facts);
  return targets.map((target) => {
    const { targetId } = target;
    const attempt = facts.attempts.find((one) => one.targetId === targetId);
    const job = facts.jobs.find((one) => one.targetId === targetId);
    const settlement = settled.get(targetId);
    const state = job ? jobStates[job.phase] : settlement ? settledStates[settlement] : 'none';
    const file = settlement === 'file' ? facts.files.find((one) => suits(one, target, targets)) : undefined;
    return {
      targetId,
      state,
      attempt: attempt?.attempt ?? null,
      outcome: attempt?.outcome ?? null,
      text: textOf(state, targetId, facts, attempt?.text ?? null),
      file: file ? { filename: file.filename, sha256: file.sha256 } : null,
    };
  });
}

function settlements(targets: readonly MatrixTarget[], facts: CellFacts) {
  const outcomes = facts.attempts.flatMap(({ targetId, outcome, settles }) =>
    settles && outcome ? [{ targetId, outcome }] : [],
  );
  const targetsSkipped = facts.skips.map(({ targetId }) => targetId);
  const skipped = targetsSkipped.includes(null) ? 'all' : new Set(targetsSkipped.filter((id) => id !== null));
  const { files, requiresPython, upstream } = facts;
  return settledTargets({ targets, files, outcomes, skipped, requiresPython, upstream });
}

/** Why a success settled its target without serving it. */
const unserved = 'It was built, and none of its wheels serves this target: their tags or Requires-Python exclude it.';

/** Why nothing is due of what is new. */
const unheard = 'Upstream is asked first what it serves.';

function textOf(state: CellState, targetId: number, facts: CellFacts, said: string | null): string | null {
  if (state === 'built') return unserved;
  if (state === 'excluded') return `Requires-Python: ${facts.requiresPython ?? ''}`;
  if (state === 'none' && facts.upstream.wheels === 'unheard') return unheard;
  if (state === 'upstream') return null;
  if (state !== 'skipped') return state === 'file' ? null : said;
  return facts.skips.find((one) => one.targetId === null || one.targetId === targetId)?.reason ?? said;
}
