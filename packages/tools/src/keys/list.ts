import { command } from '@piw/host/command';
import { oneLine } from '@piw/host/log-line';
import { faultIn, parseAuthorizedKeys } from '@piw/wire/keys/authorized-keys';
import { openAuthorizedKeys, withAuthorizedKeys } from './authorized-file.ts';

export const listCommand = command({
  command: 'list',
  describe: 'Show the keys that are let in',
  builder: (yargs) =>
    withAuthorizedKeys(yargs).option('json', { type: 'boolean', default: false, describe: 'Print them as JSON' }),
  handler: async ({ authorizedKeys, json }, context) => {
    const { path, text } = await openAuthorizedKeys(authorizedKeys, context);
    const { holders, faults } = parseAuthorizedKeys(text);
    if (json) context.print(JSON.stringify(holders, null, 2));
    else if (holders.length === 0 && faults.length === 0) context.print(`${path} lets nobody in.`);
    else for (const { role, key, label } of holders) context.print(`${role.padEnd(8)} ${key} ${label}`);
    for (const fault of faults) {
      const { message, remedy } = faultIn(path, fault);
      context.stderr.write(`piw-keys: ${oneLine(`${message} ${remedy}`)}\n`);
    }
    return faults.length === 0 ? 0 : 1;
  },
});
