import { availableParallelism } from 'node:os';
import type { Logger } from '@piw/host/log';
import { withFullStop } from '@piw/host/with-full-stop';
import type { Sound } from '../drive-slaves/received.ts';
import type { FileExpectation } from '../drive-slaves/world.ts';
import { WorkerPool } from '../worker-pool.ts';
import type { WheelAnswer, WheelQuestion } from './judge-wheel.ts';

/** Whoever answers questions about wheels: threads, or a test's own. */
export interface Judge {
  ask(question: WheelQuestion): Promise<WheelAnswer>;
  close(): Promise<void>;
}

/** What a wheel at a path holds, what is wrong with it, or that it can't be read. */
export type Judgement = Omit<Sound, 'file'> | { readonly faults: readonly string[] } | { readonly broken: string };

/** A wheel of the largest size that may be takes minutes. */
const patienceMs = 15 * 60_000;

/** Threads that verify wheels: a core is left for the master's own loop. */
export const threadsThatJudge = (): Judge =>
  new WorkerPool<WheelQuestion, WheelAnswer>({
    file: new URL('./judge-thread.js', import.meta.url),
    size: Math.min(Math.max(availableParallelism() - 1, 1), 4),
    patienceMs,
    heapMiB: 1024,
  });

/** Has a wheel verified; one that its thread dies of is unsound. Rejects with the signal's reason. */
export async function judge(
  judges: Judge,
  path: string,
  expected: FileExpectation,
  signal: AbortSignal,
  log: Logger,
): Promise<Judgement> {
  const answer = await unlessAborted(
    judges.ask({ path, expected, aliasFolder: expected.hasAlias ? `${path}.alias` : null }),
    signal,
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    log.error({ err: error }, `${path} can't be verified`);
    return { sound: false as const, faults: [withFullStop(`Its verification failed: ${(error as Error).message}`)] };
  });
  if ('unreadable' in answer) return { broken: answer.unreadable };
  return answer.sound ? { facts: answer.facts, path, alias: answer.alias } : { faults: answer.faults };
}

/** The value, or the signal's reason as soon as it says stop. */
function unlessAborted<T>(value: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
