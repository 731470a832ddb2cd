import type { Argv } from 'yargs';
import { findKeyFile, type KeyFolders, keyFiles, keyFolders, placeFor } from './key-places.ts';
import { Refusal } from './operator-error.ts';
import { readSecretFile } from './private-file.ts';

/** The options of every program that dials a master. */
export const withKeyOptions = <A>(yargs: Argv<A>) =>
  yargs
    .option('master-key', {
      type: 'string',
      describe: 'The public key of a master on another machine, as "piw-keys show" tells it there',
    })
    .option('key-file', {
      type: 'string',
      describe: 'The secret key to be let in with',
      defaultDescription: `~/.config/piwheels/${keyFiles.client}, else /etc/piwheels/${keyFiles.client}`,
    });

/** A file with a secret key, and what it holds. */
export interface SecretFile {
  readonly path: string;
  readonly text: string;
}

/** Reads the secret key that was named, else the one in its usual place; throws a Refusal where there is none. */
export async function readKeyFile(
  named: string | undefined,
  name: (typeof keyFiles)['client' | 'master'] = keyFiles.client,
  folders: KeyFolders = keyFolders(process.env),
): Promise<SecretFile> {
  const path = named ?? findKeyFile(name, folders);
  if (path !== undefined) return { path, text: await readSecretFile(path) };
  throw new Refusal(
    `There is no key in ${placeFor(name, folders)}.`,
    'Make one with "piw-keys make", or name it with --key-file.',
  );
}
