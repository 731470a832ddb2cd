import type { Outcome, Reason } from '@piw/wheel/outcome';
import type { PackageName } from '@piw/wheel/package-name';
import { type Aftermath, aftermath } from './aftermath.ts';
import { type BlameNews, blame } from './blame.ts';
import { type HeldAttempt, lockHeld, troublesOf } from './held-attempts.ts';
import { orderPages, type Page } from './page-orders.ts';
import { type FateOfFile, isFirstOfPackage, type NewFile, publishFiles } from './publish-files.ts';
import type { Transaction } from './queryable.ts';
import { type RecordedEnd, recordEnds } from './record-ends.ts';
import { type Requeued, requeueLocked } from './requeue.ts';

/** How an attempt ended; logBytes and steps are null where nobody could tell. */
export interface End {
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly steps: readonly unknown[] | null;
  readonly logBytes: number | null;
  readonly files: readonly NewFile[];
}

/** What became of it. Fenced: its lease was gone, nothing was written, the slave may forget it. */
export type Ended =
  | { readonly verdict: 'fenced'; readonly attempt: number }
  | {
      readonly verdict: 'ended';
      readonly attempt: number;
      readonly slaveId: number;
      readonly versionId: number;
      readonly targetId: number;
      readonly package: PackageName;
      readonly outcome: Outcome;
      readonly reason: Reason | null;
      readonly settles: boolean;
      readonly files: readonly FateOfFile[];
    };

export interface EndedAll extends Requeued {
  readonly ended: readonly Ended[];
  /** Who is to blame now and wasn't before, or no longer. */
  readonly blame: BlameNews;
}

/** A lost job is left for its slave to claim again for as long as a lease lasts. */
const usualLeaseMs = 60_000;

/**
 * Ends attempts: outcome, files, pages and queue in one transaction, each only if its lease is still there (DESIGN §5,
 * "Fencing"). Several ends of one attempt count once.
 */
export async function endAttempts(tx: Transaction, ends: readonly End[], leaseMs = usualLeaseMs): Promise<EndedAll> {
  const byAttempt = new Map(ends.map((end) => [end.attempt, end]));
  const held = await lockHeld(tx, [...byAttempt.keys()]);
  const versionIds = [...new Set(held.map(({ versionId }) => versionId))].toSorted((a, b) => a - b);
  const blamed = held.map((one) => ({ ...one, ...byAttempt.get(one.attempt)! }));
  const { uncounted, news } = await blame(tx, blamed);
  const recorded = await judge(tx, held, byAttempt, { leaseMs, uncounted });
  const returned = await recordEnds(tx, recorded);
  const requeued = await requeueLocked(tx, versionIds);
  const pages: Page[] = recorded
    .filter(({ settles }) => settles)
    .map((end) => ({ kind: 'package', subject: end.package }));
  await orderPages(tx, recorded.some(({ isFirst }) => isFirst) ? [...pages, { kind: 'index', subject: '' }] : pages);
  const places = [...returned, ...requeued.places];
  const woken = [...new Set(places.map(({ targetId }) => targetId))];
  const ended = [...byAttempt.keys()].map((attempt) => toEnded(attempt, recorded));
  return { ended, woken, places, blame: news };
}

/** Outcomes that several earlier ones of the same job make a failure. */
const countsUp: ReadonlySet<Outcome> = new Set(['lost', 'transient']);

/** What each end comes to, its files published on the way. */
async function judge(
  tx: Transaction,
  held: readonly HeldAttempt[],
  ends: ReadonlyMap<number, End>,
  { leaseMs, uncounted }: { readonly leaseMs: number; readonly uncounted: ReadonlySet<number> },
): Promise<RecordedEnd[]> {
  const passing = held.filter(({ attempt }) => countsUp.has(ends.get(attempt)!.outcome));
  const troubles = await troublesOf(
    tx,
    passing.map(({ attempt }) => attempt),
  );
  const judged: RecordedEnd[] = [];
  for (const attempt of held) {
    const { outcome, reason, files, steps, logBytes } = ends.get(attempt.attempt)!;
    const counts = !uncounted.has(attempt.attempt);
    const trouble = troubles.get(attempt.attempt);
    const before = { lostBefore: trouble?.lost ?? 0, transientBefore: trouble?.transient ?? 0 };
    const after = aftermath(
      { outcome, reason, counts, ...before, ageMs: attempt.ageMs, asked: attempt.asked },
      leaseMs,
    );
    const published = after.outcome === 'success' && files.length > 0;
    const isFirst = published && (await isFirstOfPackage(tx, attempt.versionId));
    const fates = published ? await publishFiles(tx, { ...attempt, files }) : [];
    const withheld = fates.filter(({ fate }) => fate === 'withheld').map(({ filename }) => filename);
    const final = withheld.length > 0 ? nameWasTaken(withheld) : after;
    judged.push({
      ...attempt,
      ...final,
      steps,
      logBytes,
      counts,
      files: fates,
      isFirst: isFirst && withheld.length === 0,
    });
  }
  return judged;
}

function nameWasTaken(filenames: readonly string[]): Aftermath {
  const text = `${filenames.join(', ')} was published before with other content; only a build tag makes it another file`;
  const reason: Reason = { kind: 'unsound-wheel', subject: filenames[0]!.slice(0, 200), text: text.slice(0, 2000) };
  return { outcome: 'failure', reason, settles: true, delayMs: 0 };
}

function toEnded(attempt: number, recorded: readonly RecordedEnd[]): Ended {
  const end = recorded.find((one) => one.attempt === attempt);
  if (!end) return { verdict: 'fenced', attempt };
  const { slaveId, versionId, targetId, outcome, reason, settles, files } = end;
  return {
    verdict: 'ended',
    attempt,
    slaveId,
    versionId,
    targetId,
    package: end.package,
    outcome,
    reason,
    settles,
    files,
  };
}
