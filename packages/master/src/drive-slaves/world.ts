import type { NewFile } from '@piw/db/publish-files';
import type { WheelExpectation } from '@piw/wheel/wheel-file';
import type { ToSlave } from '@piw/wire/slave-protocol';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { Sound } from './received.ts';

/** What a file must be; one whose target has an alias is written once more for that, if its code allows it. */
export interface FileExpectation extends WheelExpectation {
  readonly hasAlias: boolean;
}

/** Where files come in: the receiver's part that sessions need. */
export interface FileRoom {
  /** Asks for a file with SEND until it is here, and verifies it; says of progress whenever bytes arrive, or wait for room on the disk. */
  receive(
    slave: { say(send: Extract<ToSlave, { type: 'SEND' }>): void },
    attempt: number,
    file: BuiltFile,
    expectation: FileExpectation,
    onProgress: () => void,
  ): Promise<Omit<Sound, 'file'> | { readonly faults: readonly string[] } | { readonly broken: string }>;
  /** Nobody wants the files of this attempt any more. */
  forget(attempt: number): void;
  /** Moves files to where they are served, safe on disk, and tells what is to be listed. */
  publish(attempt: number, received: readonly Sound[]): Promise<NewFile[]>;
}

/** Where logs are kept: the keeper's part that sessions need. */
export interface LogRoom {
  /** Adds what is new of bytes at an offset; returns the length that the log has now. */
  append(attempt: number, offset: number, bytes: Uint8Array): number;
  length(attempt: number): number;
  /** The attempt ended: its log is packed and put where it is served. */
  close(attempt: number): Promise<{ readonly logBytes: number }>;
  /** The same of an attempt that nobody waits for: what a full disk prevents is tried again later. */
  closeIfPossible(attempt: number): Promise<void>;
}
