import type { Outcome, Reason } from '@piw/wheel/outcome';
import { z } from 'zod';
import { afterEnd, isStrike, quarantined, strikesAllowed } from './judge-strikes.ts';
import { isWorldsFault } from './judge-world.ts';
import type { Quarantine } from './quarantine.ts';
import type { Transaction } from './queryable.ts';
import { firstRow } from './rows.ts';
import { type SlaveStrikes, strikesOf, writeStrikes } from './strikes.ts';
import { type Fault, pardonAll, readFault, troublesSince, writeFault } from './world-fault.ts';

/** An end of an attempt that a slave had. */
export interface BlamedEnd {
  readonly attempt: number;
  readonly slaveId: number;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

/** What changed: slaves that went into quarantine or came out of it, and whether the world is at fault; undefined: as before. */
export interface BlameNews {
  readonly slaves: readonly { readonly slaveId: number; readonly quarantine: Quarantine | null }[];
  readonly fault: Fault | null | undefined;
}

/** Those of the ends that count against nobody, and what changed. */
export interface Blame {
  readonly uncounted: ReadonlySet<number>;
  readonly news: BlameNews;
}

/** Builds that ran: whatever they came to, the world was well enough for them. */
const ran: ReadonlySet<Outcome> = new Set(['success', 'failure', 'timeout', 'memory', 'no-source']);

const othersSucceed = {
  name: 'others-succeed',
  text: `
    select exists (
      select from attempts
      where ended_at >= to_timestamp($2::float8 / 1000) and outcome = 'success' and slave_id <> $1
    ) as "othersSucceed"`,
};

/** Finds who is to blame for ends that are about to be recorded, the world or their slaves, and writes it down (DESIGN §7). */
export async function blame(tx: Transaction, ends: readonly BlamedEnd[]): Promise<Blame> {
  const { fault: before, nowMs } = await readFault(tx);
  const { fault, pardoned } = await judgeWorld(tx, ends, before, nowMs);
  if (fault !== before) await writeFault(tx, fault);
  const isWorlds = ({ outcome, reason }: BlamedEnd) => outcome === 'transient' && fault?.kind === reason?.kind;
  const uncounted = new Set(fault === null ? [] : ends.filter(isWorlds).map(({ attempt }) => attempt));
  const slaves = await judgeSlaves(tx, ends, uncounted, nowMs);
  const freed = pardoned.map((slaveId) => ({ slaveId, quarantine: null }));
  return { uncounted, news: { slaves: [...freed, ...slaves], fault: fault === before ? undefined : fault } };
}

interface Verdict {
  readonly fault: Fault | null;
  readonly pardoned: readonly number[];
}

async function judgeWorld(
  tx: Transaction,
  ends: readonly BlamedEnd[],
  before: Fault | null,
  nowMs: number,
): Promise<Verdict> {
  if (ends.some(({ outcome }) => ran.has(outcome))) return { fault: null, pardoned: [] };
  if (before) return { fault: before, pardoned: [] };
  const passing = ends.filter(({ outcome }) => outcome === 'transient');
  const reasons = new Map(passing.flatMap(({ reason }) => (reason ? [[reason.kind, reason.text] as const] : [])));
  for (const [kind, text] of reasons) {
    const alike = passing.filter(({ reason }) => reason?.kind === kind);
    const troubles = await troublesSince(tx, kind, alike);
    if (isWorldsFault(troubles))
      return { fault: { kind, text, sinceMs: nowMs }, pardoned: await pardonAll(tx, [...troubles.met, ...alike]) };
  }
  return { fault: null, pardoned: [] };
}

async function judgeSlaves(
  tx: Transaction,
  ends: readonly BlamedEnd[],
  uncounted: ReadonlySet<number>,
  nowMs: number,
): Promise<BlameNews['slaves']> {
  const known = await strikesOf(tx, [...new Set(ends.map(({ slaveId }) => slaveId))]);
  const changed = new Map<number, SlaveStrikes>();
  for (const { attempt, slaveId, outcome, reason } of ends) {
    const clean = { inARow: 0, sinceMs: nowMs, quarantines: 0, quarantine: null };
    const before = changed.get(slaveId) ?? known.get(slaveId) ?? clean;
    const end = { outcome, text: reason?.text ?? outcome, counts: !uncounted.has(attempt) };
    const after = afterEnd(before, end, nowMs);
    const struckOut = isStrike(end) && after.inARow >= strikesAllowed && (await othersDo(tx, slaveId, after.sinceMs));
    const final = struckOut ? quarantined(after, end.text, nowMs) : after;
    if (known.has(slaveId) || isStrike(end)) changed.set(slaveId, { ...final, slaveId });
  }
  await writeStrikes(
    tx,
    [...changed.values()].filter((now) => !isSame(now, known.get(now.slaveId))),
  );
  return [...changed.values()]
    .filter(({ slaveId, quarantine }) => quarantine?.untilMs !== known.get(slaveId)?.quarantine?.untilMs)
    .map(({ slaveId, quarantine }) => ({ slaveId, quarantine }));
}

/** Whether somebody else's builds succeeded since. */
const othersDo = async (tx: Transaction, slaveId: number, sinceMs: number): Promise<boolean> =>
  (await firstRow(tx, othersSucceed, z.object({ othersSucceed: z.boolean() }), [slaveId, sinceMs]))!.othersSucceed;

const isSame = (one: SlaveStrikes, other: SlaveStrikes | undefined): boolean =>
  one.inARow === other?.inARow && one.quarantines === other.quarantines && one.quarantine === other.quarantine;
