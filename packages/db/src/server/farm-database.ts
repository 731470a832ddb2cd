import { migrate } from '../migrate.ts';
import { withConnection } from '../with-connection.ts';
import type { PrivateServer } from './private-server.ts';

const database = 'piwheels';
const role = 'piwheels';

/**
 * Makes the farm's database on its private server where it is missing, brings its schema up to date and lets the master's
 * role, which is no superuser, have what it needs. Returns the address for that role; throws SchemaMismatchError where the schema is newer.
 */
export async function prepareFarmDatabase(server: PrivateServer): Promise<string> {
  await withConnection(server.dsn('postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    const { rowCount: roles } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (roles === 0) await client.query(`create role ${role} login`);
  });
  await withConnection(server.dsn(database), (client) => migrate(client, { role }));
  return server.dsn(database, role);
}
