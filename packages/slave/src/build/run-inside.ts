import { formatSize } from '@piw/host/size';
import type { Bind, SandboxEnd } from '../sandbox/sandbox.ts';
import { type Attempt, type Room, readable, remainingMs, roomAt } from './attempt.ts';
import { type BuildFault, fault } from './build-fault.ts';
import type { BuildOrder } from './build-order.ts';
import { buildVariables } from './build-variables.ts';
import { pythonScript } from './python-script.ts';
import { wholeLines } from './whole-lines.ts';

/** A command that runs code of the package, and what it may see beside the system, the interpreter and the toolchains. */
export interface InsideRun {
  readonly command: readonly string[];
  readonly cwd: string;
  /** The virtual environment whose programs come first. */
  readonly environment: Room;
  readonly binds: readonly Bind[];
  readonly env: Readonly<Record<string, string>>;
  readonly network: boolean;
}

/** How a command inside ended by itself. */
export type Exit = Extract<SandboxEnd, { end: 'exited' }>;

/** More than any build needs at once, and few enough to stop a fork bomb. */
const processes = 4096;

/** Runs a command in the sandbox with what is left of the attempt's limits; throws a BuildFault where one of them ends it. */
export async function runInside(attempt: Attempt, run: InsideRun): Promise<Exit> {
  const { order, world } = attempt;
  const { interpreter, toolchains, sandbox, log, signal } = world;
  // Without a sandbox a build sees, and tells, where it is on the machine.
  const lines = wholeLines((text) => log.write(text));
  const end = await sandbox.run({
    command: run.command,
    cwd: run.cwd,
    env: { ...buildVariables(attempt, run.environment), ...run.env },
    binds: [
      ...[...new Set([...interpreter.paths, ...toolchains.paths])].map((shown) => ({
        from: shown,
        to: shown,
        writable: false,
      })),
      readable(scripts(attempt)),
      readable(run.environment),
      ...run.binds,
    ],
    network: run.network,
    limits: {
      memoryBytes: order.recipe.memoryBytes ?? order.limits.memoryBytes,
      timeoutMs: remainingMs(attempt),
      diskBytes: order.limits.diskBytes,
      processes,
      outputBytes: Math.max(1, order.limits.outputBytes - log.bytes),
    },
    onOutput: sandbox.name === 'none' ? lines.hear : (chunk) => log.write(chunk),
    signal,
  });
  lines.flush();
  if (end.end === 'exited') return end;
  throw limitFault(end, attempt);
}

/** Where the sandbox shows this package's own Python scripts. */
export const scripts = ({ world }: Attempt): Room => roomAt(world, pythonScript('inside'), '/run/piw');

/** The fault that a limit makes of an attempt. */
export function limitFault(end: Exclude<SandboxEnd, { end: 'exited' }>, { order }: Pick<Attempt, 'order'>): BuildFault {
  switch (end.end) {
    case 'time-limit':
      return fault('timeout', 'time-limit', null, 'The build took longer than its time limit.');
    case 'memory-limit':
      return fault('memory', 'memory-limit', null, memoryText(order, end.fileBytes));
    case 'disk-limit':
      return fault('failure', 'disk-limit', null, 'The build wrote more to the disk than it may.');
    case 'process-limit':
      return fault('failure', 'memory-limit', null, `The build started more than ${processes} processes.`);
    case 'output-limit':
      return fault('failure', 'output-limit', null, 'The build printed more than its log may hold.');
    case 'cancelled':
      return fault('cancelled', 'killed', null, 'The build was cancelled.');
  }
}

function memoryText({ recipe, limits }: BuildOrder, fileBytes: number): string {
  const bytes = recipe.memoryBytes ?? limits.memoryBytes;
  const needs = `The build needs more memory than ${bytes === null ? 'the machine has' : `the ${formatSize(bytes)} that it may use`}`;
  const files = `: of what it had, ${formatSize(fileBytes)} were files in memory (/tmp, its home, /dev/shm, memfds)`;
  return `${needs}${fileBytes < leastTold ? '' : files}.`;
}

/** Every build has a few files in memory. */
const leastTold = 1 << 20;
