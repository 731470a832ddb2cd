import { withKeyOptions } from '@piw/host/key-options';
import { UsageError } from '@piw/host/operator-error';
import type { ProgramArgv } from '@piw/host/program';

/** Which master is meant. */
export interface MasterArguments {
  readonly runDir: string | undefined;
  /** Those of masters of which one is active. */
  readonly controlQueue: readonly string[] | undefined;
  /** Those that belong to them, in the same order. */
  readonly statusQueue?: readonly string[] | undefined;
  readonly masterKey?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** The options that say which master is meant, the same for every program of operators. */
export const withMasterOptions = (yargs: ProgramArgv) =>
  withKeyOptions(yargs)
    .option('run-dir', {
      type: 'string',
      describe: "The master's run directory, where its sockets are (default: that of a master of this machine)",
    })
    .option('control-queue', {
      type: 'string',
      coerce: asAddresses,
      describe: "The address of the master's control queue, instead: ipc://… or tcp://…; of several masters A,B",
    })
    .option('status-queue', {
      type: 'string',
      coerce: asAddresses,
      describe:
        "The address of the master's status queue, for what is watched (default: beside its control queue); of several masters A,B, in the same order",
    });

/**
 * The status queue that belongs to a control queue: what was given for it, else the one beside it; throws a UsageError where only its
 * owner knows, as with tcp.
 */
export function statusAddress(
  control: string,
  { statusQueue, controlQueue }: Pick<MasterArguments, 'controlQueue' | 'statusQueue'>,
): string {
  const given = statusQueue?.[Math.max(0, controlQueue?.indexOf(control) ?? 0)];
  if (given !== undefined) return given;
  const [, folder] = /^(ipc:\/\/.*\/)[^/]+$/.exec(control) ?? [];
  if (folder === undefined)
    throw new UsageError(`The status queue that belongs to ${control} is not known.`, 'Give it with --status-queue.');
  return `${folder}piw-status`;
}

/** Several addresses, `A,B`, each once. */
export const asAddresses = (text: string): string[] => [
  ...new Set(text.split(',').map((one) => asAddress(one.trim()))),
];

/**
 * A queue's address as `--control-queue` and `--status-queue` take it; an Error where the text is none. Where the master's own
 * setting has a `*`, for all of its interfaces, this machine is meant.
 */
export function asAddress(text: string): string {
  if (/^(?:ipc:\/\/\/.+|tcp:\/\/.+:\d{1,5})$/.test(text)) return text.replace(/^tcp:\/\/\*:/, 'tcp://127.0.0.1:');
  throw new Error(`"${text}" is no address: write it like tcp://board.example:5557 or ipc:///run/piwheels/piw-control`);
}
