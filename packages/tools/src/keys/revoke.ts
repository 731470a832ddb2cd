import { command } from '@piw/host/command';
import { replacePrivateFile } from '@piw/host/private-file';
import { revoke } from '@piw/wire/keys/edit-authorized-keys';
import { openAuthorizedKeys, withAuthorizedKeys } from './authorized-file.ts';

export const revokeCommand = command({
  command: 'revoke <who>',
  describe: 'Let a key, or all keys of a label, in no more',
  builder: (yargs) =>
    withAuthorizedKeys(yargs).positional('who', {
      type: 'string',
      demandOption: true,
      describe: 'A label, or a public key',
    }),
  handler: async ({ authorizedKeys, who }, context) => {
    const { path, text } = await openAuthorizedKeys(authorizedKeys, context);
    const { text: next, revoked } = revoke(text, who);
    await replacePrivateFile(path, next);
    for (const { label, role, key } of revoked) context.print(`${label}: no longer let in as ${role} with ${key}`);
  },
});
