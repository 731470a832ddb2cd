const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody asked the program to stop; the reason of its AbortSignal. */
export class ShutdownRequest extends Error {
  override readonly name = 'ShutdownRequest';
  readonly by: NodeJS.Signals;
  constructor(by: NodeJS.Signals) {
    super(`stopped by ${by}`);
    this.by = by;
  }
}

/** The part of `process` that is needed to hear of signals. */
export type SignalSource = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>;

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, with a ShutdownRequest as reason; the second ends the process as if
 * nobody had listened. `dispose` stops listening.
 */
export function shutdownSignal(source: SignalSource = process): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const hear = (by: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      controller.abort(new ShutdownRequest(by));
      return;
    }
    dispose();
    source.kill(source.pid, by);
  };
  const dispose = (): void => {
    for (const name of signals) source.off(name, hear);
  };
  for (const name of signals) source.on(name, hear);
  return { signal: controller.signal, dispose };
}
