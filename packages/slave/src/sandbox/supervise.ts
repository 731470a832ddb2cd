import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { systemPath } from '../toolchains/find-program.ts';
import type { LastWill } from './last-will.ts';
import { codeOfSignal, type Launch, signalOfCode, spawned } from './launch.ts';
import type { PipeStock } from './pipe-stock.ts';
import { childFinder, groupMembers, isDead } from './process-tree.ts';
import { type RunLimits, type SandboxEnd, SandboxError, type SandboxRun } from './sandbox.ts';
import { watchDisk } from './watch-disk.ts';
import { watchUsage } from './watch-usage.ts';

const longestTimerMs = 2 ** 31 - 1;
const dyingMs = 30_000;
const fileSizeSignal = 'SIGXFSZ';

/** What launches of one sandbox share. */
export interface Means {
  readonly pipes: PipeStock;
  readonly will: LastWill;
}

/**
 * Starts a launch in a session of its own, holds it to the run's limits, and returns when all of it is dead. Whatever ends it early
 * kills its whole process group at once, and with that the first process of its namespace, if it has one.
 */
export async function supervise(launch: Launch, run: SandboxRun, { pipes, will }: Means): Promise<SandboxEnd> {
  if (run.signal.aborted) return { end: 'cancelled' };
  const output = await pipes.take();
  const child = spawn(...spawned(launch), {
    env: { PATH: systemPath.join(':') },
    cwd: launch.cwd,
    detached: true,
    stdio: ['ignore', output.writerFd, output.writerFd, 'pipe', will.book()],
  });
  closeSync(output.writerFd);
  const exited = exitOf(child);
  const status = child.stdio[3] as Readable;
  const closed = Promise.all([output.reader, status].map(closeOf));
  const early = new AbortController();
  const over = new AbortController();
  let dying: number[] = [];
  early.signal.addEventListener('abort', () => (dying = killGroup(child.pid)));
  const heard = hear(output.reader, status, run, early);
  hold(child, run, early, over.signal);
  try {
    const code = await exited;
    dying.push(...killGroup(child.pid));
    const inGroup = () => (early.signal.aborted ? groupMembers(child.pid) : []);
    const remaining = () => killEach([...dying, ...launch.leftovers(heard.status), ...inGroup()]);
    remaining(); // what nothing else kills would keep the pipe
    await Promise.race([closed, delay(1000, undefined, { signal: over.signal })]); // somebody outside may have been handed the other end
    await allDead(remaining);
    return early.signal.aborted
      ? (early.signal.reason as SandboxEnd)
      : ended(launch.exitCode(code, heard.status), run.limits, heard);
  } finally {
    over.abort();
    if (child.pid !== undefined) will.strike(child.pid);
    output.reader.destroy();
    status.destroy();
  }
}

const closeOf = (stream: Readable): Promise<unknown> => once(stream, 'close').catch(() => undefined);

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new SandboxError(`cannot start /bin/sh: ${cause.message}`, { cause })));
    child.once('exit', (code, signal) => resolve(signal ? codeOfSignal(signal) : (code ?? 0)));
  });

/** Passes output on up to the limit, and keeps its end for when the sandbox itself fails. */
function hear(
  output: Readable,
  status: Readable,
  run: SandboxRun,
  early: AbortController,
): { status: string; said: string } {
  const heard = { status: '', said: '' };
  let left = run.limits.outputBytes;
  output.on('data', (chunk: Buffer) => {
    if (left > 0) run.onOutput(chunk.subarray(0, left));
    left -= chunk.length;
    heard.said = (heard.said + chunk.toString('latin1')).slice(-1000);
    if (left < 0) early.abort({ end: 'output-limit' });
  });
  status.on('data', (chunk: Buffer) => (heard.status += chunk.toString('latin1')));
  return heard;
}

/** Everything that may end a run early: `early` is aborted with the end as its reason, and the first one counts. */
function hold(child: ChildProcess, run: SandboxRun, early: AbortController, over: AbortSignal): void {
  const stop = (end: SandboxEnd) => early.abort(end);
  const deadline = setTimeout(stop, Math.min(run.limits.timeoutMs, longestTimerMs), { end: 'time-limit' });
  over.addEventListener('abort', () => clearTimeout(deadline));
  if (run.signal.aborted) stop({ end: 'cancelled' }); // while it was being started
  run.signal.addEventListener('abort', () => stop({ end: 'cancelled' }), { signal: over });
  if (child.pid === undefined) return;
  void watchUsage(child.pid, run.limits, stop, over);
  void watchDisk(child.pid, run.limits, run.binds, stop, over);
}

/**
 * Kills a launch's process group and its children, whose death is to be waited for, and which are returned: one is the first process of its
 * namespace, and the last to go. While bwrap starts, that one has left the group for a moment already and is not yet bound to die with its parent.
 */
function killGroup(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = childFinder()(pid);
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // gone already
  }
  return killEach(children);
}

/** Kills those of them that live, and returns them all. */
function killEach(pids: readonly number[]): number[] {
  for (const pid of pids.filter((each) => !isDead(each))) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone already, or not ours
    }
  }
  return [...pids];
}

/** What has closed its files is as good as dead, so looks come soon at first. */
async function allDead(remaining: () => number[]): Promise<void> {
  const deadline = performance.now() + dyingMs;
  let lookMs = 1;
  for (let left = remaining(); (left = left.filter((pid) => !isDead(pid))).length > 0; left = remaining()) {
    if (performance.now() > deadline) throw new SandboxError(`processes ${left.join(', ')} do not die when killed`);
    await delay(Math.min(lookMs++, 20));
  }
}

function ended(code: number | undefined, limits: RunLimits, { said }: { said: string }): SandboxEnd {
  if (code === undefined)
    throw new SandboxError(`the sandbox could not be set up: ${said.trim() || 'it gave no reason'}`);
  const signalName = signalOfCode(code);
  if (signalName === fileSizeSignal && limits.diskBytes !== null) return { end: 'disk-limit' };
  return { end: 'exited', code, signalName };
}
