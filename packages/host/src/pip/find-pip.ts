import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Refusal } from '../operator-error.ts';
import { PipError } from './pip-error.ts';
import { type PipServer, type PipSettings, startPip } from './pip-server.ts';

/** A pip that was asked for its settings and waits for requests; to be closed in any case. */
export interface OpenPip {
  readonly settings: PipSettings;
  readonly pip: Pick<PipServer, 'get' | 'download' | 'close'>;
}

/** `path` is as in PATH; `args` as on pip's command line; `onOutput` hears what pip says. */
export interface PipSearch {
  readonly path: string;
  readonly args: readonly string[];
  readonly onOutput: (bytes: Buffer) => void;
  readonly signal: AbortSignal;
}

/** Opens the pip of the first `python3` on a PATH that has one; throws a Refusal where none has, the signal's reason when it is aborted. */
export async function findPip({ path, args, onOutput, signal }: PipSearch): Promise<OpenPip> {
  const said: string[] = [];
  const listen = (bytes: Buffer) => {
    onOutput(bytes);
    said.push(bytes.toString('utf8'));
  };
  for (const python of pythonsOn(path)) {
    const pip = startPip(python, listen, signal);
    try {
      return { settings: await pip.open(args), pip };
    } catch (error) {
      await pip.close();
      signal.throwIfAborted();
      if (!(error instanceof PipError)) throw error;
    }
  }
  throw new Refusal(
    `No pip can be asked which index to use${lastLine(said)}.`,
    'Install python3 with pip (on Debian and Ubuntu: apt install python3-pip).',
  );
}

/** The `python3` of each folder; relative folders mean wherever one happens to be, and are passed over. */
const pythonsOn = (path: string): string[] =>
  path
    .split(':')
    .filter(isAbsolute)
    .map((folder) => join(folder, 'python3'))
    .filter(isExecutable);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLine(said: readonly string[]): string {
  const line = said.join('').trim().split('\n').at(-1)?.trim();
  return line ? `: ${line.slice(0, 300)}` : '';
}
