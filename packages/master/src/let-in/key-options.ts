import { dirname, join, resolve } from 'node:path';
import { readKeyFile } from '@piw/host/key-options';
import { findKeyFile, keyFiles, keyFolders } from '@piw/host/key-places';
import type { ProgramArgv } from '@piw/host/program';
import type { KeyPair } from '@piw/wire/keys/key-pair';
import { keyPairIn } from '@piw/wire/keys/open-dial-keys';

/** The master's own pair, and the file that says who else is let in. */
export interface MasterKeys {
  readonly own: KeyPair;
  readonly authorizedKeys: string;
}

/** The options that say who is let in. */
export const withMasterKeys = (yargs: ProgramArgv) =>
  yargs
    .option('key-file', {
      type: 'string',
      describe: "The master's secret key; without one only this machine may reach it",
      defaultDescription: `~/.config/piwheels/${keyFiles.master}, else /etc/piwheels/${keyFiles.master}, if it is there`,
    })
    .option('authorized-keys', {
      type: 'string',
      describe: 'The file that names the keys that are let in',
      defaultDescription: `${keyFiles.authorized} beside the key`,
    });

/** Reads the master's key where it has one; throws a Refusal or KeyError where it can't be used. */
export async function openMasterKeys(
  keyFile: string | undefined,
  authorizedKeys: string | undefined,
): Promise<MasterKeys | null> {
  if (keyFile === undefined && findKeyFile(keyFiles.master, keyFolders(process.env)) === undefined) return null;
  const file = await readKeyFile(keyFile, keyFiles.master);
  return {
    own: keyPairIn(file),
    authorizedKeys: resolve(authorizedKeys ?? join(dirname(file.path), keyFiles.authorized)),
  };
}
