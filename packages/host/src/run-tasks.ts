import type { Logger } from 'pino';

/** Works until it is done or the signal says stop; it rejects where it can't go on. */
export type Task = (signal: AbortSignal) => Promise<void>;

/**
 * Runs named tasks together until all have ended. The first that fails stops the rest, and its error is thrown
 * when all have come to rest; what the others reject with once they were stopped is only logged.
 */
export async function runTasks(
  tasks: Readonly<Record<string, Task>>,
  signal: AbortSignal,
  log?: Logger,
): Promise<void> {
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const failed = (name: string, error: unknown): void => {
    log?.debug({ task: name, err: error }, `task ${name} ended with an error`);
    if (!stop.aborted) failure.abort(error);
  };
  await Promise.all(
    Object.entries(tasks).map(async ([name, task]) => {
      try {
        await task(stop);
      } catch (error) {
        failed(name, error);
      }
    }),
  );
  if (failure.signal.aborted) throw failure.signal.reason;
}
