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

/** Who wants it a second time needs longer; a Ctrl-C below npm comes twice, from the terminal and from npm, which passes it on. */
const sameWishMs = 500;

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, with a ShutdownRequest as reason; another, half a second later or more,
 * ends the process as if nobody had listened. `dispose` stops listening; `now` tells milliseconds.
 */
export function shutdownSignal(
  source: SignalSource = process,
  now: () => number = () => performance.now(),
): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  let askedAt = 0;
  const hear = (by: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      askedAt = now();
      controller.abort(new ShutdownRequest(by));
      return;
    }
    if (now() - askedAt < sameWishMs) return;
    dispose();
    source.kill(source.pid, by);
  };
  const dispose = (): void => {
    for (const name of signals) source.off(name, hear);
  };
  for (const name of signals) source.on(name, hear);
  return { signal: controller.signal, dispose };
}
