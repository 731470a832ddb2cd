import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command } from '@piw/host/command';
import { keyFiles, keyFolders } from '@piw/host/key-places';
import { Refusal } from '@piw/host/operator-error';
import { readSecretFile } from '@piw/host/private-file';
import { keyPairIn } from '@piw/wire/keys/open-dial-keys';

export const showCommand = command({
  command: 'show [file]',
  describe: 'Print the public key of a secret one, or of all that lie in their usual places',
  builder: (yargs) => yargs.positional('file', { type: 'string', describe: 'The file with the secret key' }),
  handler: async ({ file }, { env, print }) => {
    if (file !== undefined) return print(await publicKeyIn(resolve(file)));
    const { user, system } = keyFolders(env);
    const places = [user, system].flatMap((folder) =>
      [keyFiles.master, keyFiles.client].map((name) => join(folder, name)),
    );
    const there = places.filter((path) => existsSync(path));
    if (there.length === 0)
      throw new Refusal(`There is no key in ${user} nor in ${system}.`, 'Make one: piw-keys make');
    for (const path of there) print(`${await publicKeyIn(path)} ${path}`);
  },
});

const publicKeyIn = async (path: string): Promise<string> =>
  keyPairIn({ path, text: await readSecretFile(path) }).publicKey;
