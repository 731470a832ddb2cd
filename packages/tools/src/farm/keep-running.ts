import { setTimeout as delay } from 'node:timers/promises';
import { type Exit, type Program, type ProgramOrder, type ProgramWorld, startProgram } from './program.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const steadyMs = 60_000;

/**
 * Runs a program until the signal says stop, and again whenever it fails, after pauses that grow to half a minute;
 * one that ends in good order stays down until it is called back. `running` is one that was started already.
 */
export async function keepRunning(
  order: ProgramOrder,
  world: ProgramWorld & { say(line: string): void },
  signal: AbortSignal,
  running?: Program,
): Promise<void> {
  let pauseMs = firstPauseMs;
  let program = running;
  for (;;) {
    const since = Date.now();
    program ??= await startProgram(order, world);
    const exit = await untilEnded(program, signal);
    if (exit === 'stopped') return;
    if (Date.now() - since > steadyMs) pauseMs = firstPauseMs;
    if (exit === 0) {
      if (!(await calledBack(order, world, signal))) return;
    } else {
      world.say(
        `${order.name} ${endingOf(exit)} and is started again in ${pauseMs / 1000} s (log: ${program.logFile})`,
      );
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    program = undefined;
    if (signal.aborted) return;
  }
}

const endingOf = (exit: Exit): string =>
  typeof exit === 'number' ? `ended with code ${exit}` : `was ended by ${exit}`;

/** Waits until a program that ended in good order is wanted again; false where it never will be. */
async function calledBack(
  { name, comeback }: ProgramOrder,
  world: { say(line: string): void },
  signal: AbortSignal,
): Promise<boolean> {
  world.say(`${name} ended in good order and stays away until ${comeback?.command ?? 'the farm is started again'}`);
  return comeback === undefined
    ? false
    : comeback.wanted(signal).then(
        () => true,
        () => false,
      );
}

async function untilEnded(program: Program, signal: AbortSignal): Promise<Exit | 'stopped'> {
  const stop = (): void => void program.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const exit = await program.ended;
  signal.removeEventListener('abort', stop);
  return signal.aborted ? 'stopped' : exit;
}
