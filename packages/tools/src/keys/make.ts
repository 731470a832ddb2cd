import { resolve } from 'node:path';
import { command } from '@piw/host/command';
import { keyFiles, keyFolders, placeFor } from '@piw/host/key-places';
import { makePrivateFile } from '@piw/host/private-file';
import { makeKeyPair } from '@piw/wire/keys/key-pair';

export const makeCommand = command({
  command: 'make [file]',
  describe: 'Make a key; its secret stays in the file, and what is printed may be shown to anybody',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        describe: `Where the secret is kept (default: ~/.config/piwheels/${keyFiles.client})`,
      })
      .option('master', { type: 'boolean', default: false, describe: 'It is the key of a master of this machine' }),
  handler: async ({ file, master }, { env, print, stderr }) => {
    const path = resolve(file ?? placeFor(master ? keyFiles.master : keyFiles.client, keyFolders(env)));
    const { publicKey, secretKey } = makeKeyPair();
    await makePrivateFile(
      path,
      `# A secret key of piwheels: nobody else may have it. The public key that belongs to it is\n# ${publicKey}\n${secretKey}\n`,
    );
    print(publicKey);
    stderr.write(
      master
        ? `The secret is in ${path}. Whoever dials this master gives the public key with --master-key.\n`
        : `The secret is in ${path}. On the master: piw-keys authorize ROLE ${publicKey} LABEL\n`,
    );
  },
});
