import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';

const patienceMs = 5000;

/**
 * The folders that hold the programs behind a folder of pyenv's shims, in the order in which those look there; any other folder
 * as it is, and also one whose pyenv doesn't tell. Each shim is a shell script that takes a quarter of a second, whether it leads
 * anywhere or not: this asks pyenv once for all of them.
 */
export async function behindShims(folder: string, signal: AbortSignal): Promise<string[]> {
  const pyenv = basename(folder) === 'shims' ? await pyenvOf(join(folder, 'python3')) : undefined;
  if (pyenv === undefined) return [folder];
  const { stdout, failed } = await execa(pyenv, ['prefix'], {
    reject: false,
    timeout: patienceMs,
    stdin: 'ignore',
    cwd: '/',
    env: { PYENV_ROOT: dirname(folder) },
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  const prefixes = failed ? [] : stdout.trim().split(':').filter(Boolean);
  return prefixes.length === 0 ? [folder] : prefixes.map((prefix) => join(prefix, 'bin'));
}

/** A shim says which pyenv made it: `exec "/home/ada/.pyenv/libexec/pyenv" exec "$program" "$@"`. */
async function pyenvOf(shim: string): Promise<string | undefined> {
  const script = await readFile(shim, 'utf8').catch(() => '');
  return /^exec "(\/[^"$]+\/pyenv)" exec "\$program"/m.exec(script)?.[1];
}
