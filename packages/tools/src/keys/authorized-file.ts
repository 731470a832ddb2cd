import { dirname, join, resolve } from 'node:path';
import type { Context } from '@piw/host/command';
import { findKeyFile, keyFiles, keyFolders } from '@piw/host/key-places';
import { Refusal } from '@piw/host/operator-error';
import { readTextFile } from '@piw/host/private-file';
import type { ProgramArgv } from '@piw/host/program';

/** The option that says which master's file is meant. */
export const withAuthorizedKeys = (yargs: ProgramArgv) =>
  yargs.option('authorized-keys', {
    type: 'string',
    describe: 'The file that names the keys that are let in',
    defaultDescription: `${keyFiles.authorized} beside the key of the master of this machine`,
  });

/** The file, and what it says by now; throws a Refusal where no master of this machine would read it. */
export async function openAuthorizedKeys(named: string | undefined, { env }: Pick<Context, 'env'>) {
  const path = resolve(named ?? join(dirname(masterKey(env)), keyFiles.authorized));
  return { path, text: (await readTextFile(path)) ?? '' };
}

function masterKey(env: NodeJS.ProcessEnv): string {
  const folders = keyFolders(env);
  const found = findKeyFile(keyFiles.master, folders);
  if (found !== undefined) return found;
  throw new Refusal(
    `No master has its key in ${folders.user} or ${folders.system}.`,
    'Do this where the master runs; give it a key with "piw-keys make --master", or name its file with --authorized-keys.',
  );
}
