import { statfs } from 'node:fs/promises';
import { PipError } from '@piw/host/pip/pip-error';
import type { PackageName } from '@piw/wheel/package-name';
import { SandboxError } from '../sandbox/sandbox.ts';
import type { Attempt } from './attempt.ts';
import { BuildFault, fault } from './build-fault.ts';
import type { BuildEnd, BuildOrder, BuildWorld } from './build-order.ts';
import { indexes } from './fill-environment.ts';
import { publicLog } from './public-log.ts';
import { publicWords } from './public-words.ts';
import { limitFault } from './run-inside.ts';
import { runSteps } from './run-steps.ts';
import { StepLedger } from './step-ledger.ts';
import { wholeLines } from './whole-lines.ts';

/** Builds what is ordered, a step after the other (DESIGN §8), and tells how it ended; rejects only for a bug of ours. */
export const buildWheel = (order: BuildOrder, world: BuildWorld): Promise<BuildEnd> => buildFor([], order, world);

async function buildFor(wantedBy: readonly PackageName[], order: BuildOrder, slave: BuildWorld): Promise<BuildEnd> {
  const words = publicWords(slave);
  const world = { ...slave, log: publicLog(slave.log, words) };
  const deadlineMs = world.now() + (order.recipe.timeoutMs ?? order.limits.timeoutMs);
  const timer = new AbortController();
  const clock = setTimeout(() => timer.abort(), Math.min(deadlineMs - world.now(), 2 ** 31 - 1));
  const signal = AbortSignal.any([world.signal, timer.signal]);
  const ledger = new StepLedger({ ...world, words }, wantedBy.length === 0 ? '' : `${order.package}: `);
  const lines = wholeLines((text) => world.log.write(text));
  const pip = world.pips.take(world.interpreter.executable, { onOutput: lines.hear, signal, tmpDir: world.dir });
  try {
    const settings = await pip.open(indexes({ ...order, farmIndexUrl: null }));
    const attempt: Attempt = { order, world: { ...world, signal }, pip, settings, deadlineMs, wantedBy, buildFor };
    const file = await runSteps(attempt, ledger);
    return { outcome: 'success', reason: null, steps: ledger.steps, files: [file] };
  } catch (error) {
    const { outcome, reason } = await faultOf(error, order, world, timer.signal);
    const told = { ...reason, subject: reason.subject && words(reason.subject), text: words(reason.text) };
    return { outcome, reason: told, steps: ledger.steps, files: [] };
  } finally {
    clearTimeout(clock);
    await pip.close();
    lines.flush();
  }
}

/** What ended an attempt; limits and cancelling make all kinds of things fail, so they are looked at first. */
async function faultOf(error: unknown, order: BuildOrder, world: BuildWorld, timer: AbortSignal): Promise<BuildFault> {
  if (world.signal.aborted) return limitFault({ end: 'cancelled' }, { order });
  if (timer.aborted) return limitFault({ end: 'time-limit' }, { order });
  if (await isFull(error, world.dir)) return fault('transient', 'disk-full', null, "The slave's disk is full.");
  if (error instanceof BuildFault) return error;
  if (error instanceof SandboxError)
    return fault('transient', 'backend-error', 'sandbox', `The sandbox could not be set up: ${error.message}`);
  if (error instanceof PipError)
    return fault('transient', 'transfer-broken', 'pip', `pip could not do its work: ${error.message}.`);
  throw error;
}

const leastBytes = 16 << 20;

async function isFull(error: unknown, dir: string): Promise<boolean> {
  const refused =
    error instanceof Error &&
    (/\bE(?:NOSPC|DQUOT)\b/.test(error.message) || /No space left on device/.test(error.message));
  const { bavail, bsize } = await statfs(dir);
  return refused || bavail * bsize < leastBytes;
}
