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

/** How a program hears that it is to stop. */
export interface Shutdown {
  /** Aborted when somebody wants the program to stop, with a ShutdownRequest as reason. */
  readonly signal: AbortSignal;
  /** Aborted when somebody asks again: the program ends as soon as its listeners have returned. */
  readonly urgent: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP: the first asks the program to stop; another, half a second later or more, ends the process
 * as if nobody had listened. `now` tells milliseconds.
 */
export function shutdownSignal(source: SignalSource = process, now: () => number = () => performance.now()): Shutdown {
  const controller = new AbortController();
  const urgency = new AbortController();
  let askedAt = 0;
  const hear = (by: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      askedAt = now();
      controller.abort(new ShutdownRequest(by));
      return;
    }
    if (now() - askedAt < sameWishMs) return;
    dispose();
    urgency.abort();
    source.kill(source.pid, by);
  };
  const dispose = (): void => {
    for (const name of signals) source.off(name, hear);
  };
  for (const name of signals) source.on(name, hear);
  return { signal: controller.signal, urgent: urgency.signal, dispose };
}
