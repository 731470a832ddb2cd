import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ipcAddress } from '@piw/host/ipc-address';
import { Refusal, UsageError } from '@piw/host/operator-error';
import type { ProgramArgv } from '@piw/host/program';
import { findRunDir } from '@piw/host/run-dir';

/** Which master is meant. */
export interface MasterArguments {
  readonly runDir: string | undefined;
  readonly master: string | undefined;
}

/** The options that say which master is meant. */
export const withMasterOptions = (yargs: ProgramArgv) =>
  yargs
    .option('run-dir', {
      type: 'string',
      describe: "The master's run directory, where its sockets are (default: that of a master of this machine)",
    })
    .option('master', {
      type: 'string',
      coerce: asAddress,
      describe: "The address of the master's control queue, instead: ipc://… or tcp://…",
    });

/**
 * Where the control queue is: as `--master` says, else in the run directory. Throws a Refusal where a named one is missing.
 */
export function controlAddress({ runDir: dir, master }: MasterArguments): string {
  if (master !== undefined) return master;
  if (dir !== undefined && !existsSync(resolve(dir)))
    throw new Refusal(`There is no run directory ${resolve(dir)}.`, howToFindIt);
  return ipcAddress(findRunDir(dir), 'piw-control');
}

/** The status queue beside a control queue; throws a UsageError where only its owner knows, as with tcp. */
export function statusAddress(control: string): string {
  const [, folder] = /^(ipc:\/\/.*\/)[^/]+$/.exec(control) ?? [];
  if (folder === undefined)
    throw new UsageError(`The status queue that belongs to ${control} is not known.`, 'Give it with --status-queue.');
  return `${folder}piw-status`;
}

export const howToFindIt = 'Start it, or name its run directory: --run-dir .farm/run for the farm of "npm start".';

/** A queue's address as `--master` and `--status-queue` take it; an Error where the text is none. */
export function asAddress(text: string): string {
  if (/^(?:ipc:\/\/\/.+|tcp:\/\/.+:\d{1,5})$/.test(text)) return text;
  throw new Error(`"${text}" is no address: write it like tcp://board.example:5557 or ipc:///run/piwheels/piw-control`);
}
