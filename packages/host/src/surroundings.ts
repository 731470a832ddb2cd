import { homedir } from 'node:os';
import { join } from 'node:path';
import { surviveClosedTerminal } from './closed-terminal.ts';
import { deliveryOf } from './delivery.ts';
import { type Shutdown, ShutdownRequest, shutdownSignal } from './shutdown.ts';

/** A stream for people. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** All that a program has to do with its process. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves once all that was written to standard output has arrived; rejects with why it has not. */
  readonly delivered: () => Promise<void>;
  /** Read where they exist; a later one beats an earlier one. */
  readonly configurationFiles: readonly string[];
  /** Starts to listen for the wish to stop, and for errors that nobody caught. */
  attend(tellBug: (error: unknown) => void): Shutdown;
}

/** Those of a real program: `/etc`, `/usr/local/etc` and the user's configuration, signals, standard streams. */
export const processSurroundings = (): Surroundings => ({
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  delivered: deliveryOf(process.stdout),
  configurationFiles: [
    '/etc/piwheels.conf',
    '/usr/local/etc/piwheels.conf',
    join(process.env['HOME'] ?? homedir(), '.config/piwheels/piwheels.conf'),
  ],
  attend,
});

function attend(tellBug: (error: unknown) => void): Shutdown {
  surviveClosedTerminal();
  const shutdown = shutdownSignal();
  const reader = new AbortController();
  const readerLeft = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') reader.abort(new ShutdownRequest('SIGPIPE'));
  };
  const crash = (error: unknown): void => {
    tellBug(error);
    process.exit(1); // nobody knows what state the program is in: going on could do harm
  };
  process.stdout.on('error', readerLeft);
  process.stderr.on('error', readerLeft);
  process.on('uncaughtException', crash);
  return {
    signal: AbortSignal.any([shutdown.signal, reader.signal]),
    urgent: shutdown.urgent,
    dispose: () => {
      shutdown.dispose();
      process.off('uncaughtException', crash);
    },
  };
}
