import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

const standardStreams = [0, 1, 2] as const;

/**
 * Lets a process end in order whose terminal is closed under it. At its end node gives each terminal that it found in a standard stream
 * back as it was, and aborts where that can't be done (an assertion in ResetStdio); a stream that is closed by then is left alone.
 */
export function surviveClosedTerminal(): void {
  const terminals = standardStreams.filter((stream) => isatty(stream));
  if (terminals.length === 0) return;
  process.on('exit', () => {
    for (const stream of terminals) if (!isatty(stream)) closeSync(stream);
  });
}
