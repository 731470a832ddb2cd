import { migrate } from '@piw/db/migrate';
import { readMigrations } from '@piw/db/migrations';
import { schemaVersion } from '@piw/db/schema-version';
import { withConnection } from '@piw/db/with-connection';
import type { Context } from '@piw/host/command';
import { Refusal } from '@piw/host/operator-error';
import { program } from '@piw/host/program';
import { databaseRefusal } from './database-refusal.ts';
import { yesOrNo } from './yes-or-no.ts';

interface InitdbOptions {
  readonly dsn: string;
  readonly user: string;
  readonly yes: boolean;
}

/** Creates a farm's database, or upgrades it, in one transaction. */
export const piwInitdb = program({
  name: 'piw-initdb',
  describe: "Creates the tables of a farm's database, or upgrades them, in one transaction",
  epilogue: 'Run it as the owner of the database, while no master runs on it. It may be run again at any time.',
  builder: (yargs) =>
    yargs
      .option('dsn', {
        alias: 'd',
        type: 'string',
        default: 'postgresql:///piwheels',
        describe: 'The address of the database',
      })
      .option('user', {
        alias: 'u',
        type: 'string',
        default: 'piwheels',
        describe: "The master's role: given the rights that it needs, and no others; no superuser",
      })
      .option('yes', { alias: 'y', type: 'boolean', default: false, describe: 'Do it without asking' }),
  handler: async (options, context) => {
    try {
      await initialise(options, context);
    } catch (error) {
      throw databaseRefusal(error, options.dsn);
    }
  },
});

const initialise = ({ dsn, user, yes }: InitdbOptions, context: Context): Promise<void> =>
  withConnection(dsn, async (client) => {
    const { print } = context;
    const [found, migrations] = [await schemaVersion(client), await readMigrations()];
    const missing = migrations.slice(found);
    if (missing.length > 0) {
      const what = found === 0 ? 'The database is empty' : `The database has schema ${found}`;
      print(`${what}; this software needs ${migrations.length}.`);
      if (!yes) await confirm(context);
    }
    const { from, to, applied } = await migrate(client, { role: user });
    for (const [index, name] of applied.entries()) print(`applied ${from + index + 1} ${name}`);
    print(`The database has schema ${to}, and the role ${user} may use it.`);
  });

/** Asks on a terminal; anywhere else nobody could answer, so it must have been said beforehand. */
async function confirm({ signal }: Context): Promise<void> {
  const yes = await yesOrNo('Do you have a backup, and shall the schema be changed now?', signal);
  if (yes === undefined)
    throw new Refusal('Nobody is there to say whether to go on.', 'Say so beforehand with: piw-initdb --yes');
  if (!yes) throw new Refusal('Nothing was changed.', 'Answer y to go on.');
}
