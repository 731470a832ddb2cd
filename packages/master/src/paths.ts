import { join } from 'node:path';

/** The folders of the output directory (what is served, and `incoming`, which isn't). */
export interface Paths {
  readonly output: string;
  /** Wheels by their SHA-256: written once, never changed. */
  readonly packages: string;
  /** Logs of ended attempts. */
  readonly logs: string;
  /** What is being received; never served. */
  readonly incoming: string;
  /** Logs of running attempts. */
  readonly runningLogs: string;
}

/** Where everything lies below the output directory. */
export const pathsOf = (output: string): Paths => ({
  output,
  packages: join(output, 'packages'),
  logs: join(output, 'logs'),
  incoming: join(output, 'incoming'),
  runningLogs: join(output, 'incoming', 'logs'),
});
