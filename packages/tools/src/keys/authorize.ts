import { command } from '@piw/host/command';
import { UsageError } from '@piw/host/operator-error';
import { replacePrivateFile } from '@piw/host/private-file';
import { keyLabel } from '@piw/wire/keys/authorized-keys';
import { roles } from '@piw/wire/keys/door';
import { authorize } from '@piw/wire/keys/edit-authorized-keys';
import { parsePublicKey } from '@piw/wire/keys/key-text';
import { openAuthorizedKeys, withAuthorizedKeys } from './authorized-file.ts';

export const authorizeCommand = command({
  command: 'authorize <role> <key> <label>',
  describe: 'Let a key in from now on',
  builder: (yargs) =>
    withAuthorizedKeys(yargs)
      .positional('role', {
        choices: roles,
        demandOption: true,
        describe: 'slave: may build; observer: may look; operator: may look and give orders',
      })
      .positional('key', { type: 'string', demandOption: true, describe: 'The public key: piwpub_…' })
      .positional('label', {
        type: 'string',
        demandOption: true,
        describe: "The holder's name, in the journal and as the owner of slaves",
      }),
  handler: async ({ authorizedKeys, role, key, label }, context) => {
    const holder = { role, key: parsePublicKey(key), label: labelOf(label) };
    const { path, text } = await openAuthorizedKeys(authorizedKeys, context);
    const next = authorize(text, holder);
    if (next !== text) await replacePrivateFile(path, next);
    context.print(`${holder.label}: let in as ${role} by ${path}`);
  },
});

function labelOf(text: string): string {
  const parsed = keyLabel.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UsageError('The label of a key has 1 to 50 printable characters.', 'Give the name of who holds it.');
}
