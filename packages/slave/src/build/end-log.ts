import type { BuildEnd } from './build-order.ts';
import type { LogFile } from './log-file.ts';

/** Closes the log of an attempt with how it ended, where there is a reason to tell. */
export function endLog(log: Pick<LogFile, 'write'>, { outcome, reason }: Pick<BuildEnd, 'outcome' | 'reason'>): void {
  if (reason !== null) log.write(`\n== ${outcome} ==\n${reason.text}\n`);
}
