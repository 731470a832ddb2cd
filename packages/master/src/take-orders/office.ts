import type { Answerers } from '@piw/wire/control-server';
import type { SlaveDriver } from '../drive-slaves/driver.ts';
import type { Accountant } from '../keep-count/accountant.ts';
import type { Premises } from '../premises.ts';
import type { VersionFinder } from './version-finder.ts';

/** The keeper of logs, as far as questions and orders go. */
export interface LogShelf {
  /** A part of a log, running or ended; `sizeBytes` is how long it is by now. */
  read(
    attempt: number,
    offset: number,
    limit: number,
  ): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number; readonly ended: boolean }>;
  /** The attempt ended: its log is packed. */
  close(attempt: number): Promise<unknown>;
}

/** Whom questions and orders are passed on to. */
export interface Office {
  readonly premises: Premises;
  readonly driver: Pick<SlaveDriver, 'pictures' | 'cancel' | 'pause' | 'resume' | 'lift' | 'die' | 'offers'>;
  readonly accountant: Pick<Accountant, 'snapshot' | 'statistics' | 'chronicleOf'>;
  readonly logs: LogShelf;
  readonly finder: VersionFinder;
}

/** What answers some of the questions; `from` is who asks, as `whoOf` has it. */
export type Answering<K extends keyof Answerers> = (office: Office) => Pick<Answerers, K>;
