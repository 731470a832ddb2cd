import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../migrate.ts';
import { startPrivateServer } from '../server/private-server.ts';
import { withConnection } from '../with-connection.ts';

/** A database that is one test's own: as a master sees it, whose role may do no more than it needs, and as its owner does. */
export interface TestDatabase {
  readonly dsn: string;
  readonly ownerDsn: string;
  drop(): Promise<void>;
}

/** A server for tests: databases come as copies of a template that has the schema, or empty. */
export interface TestServer {
  readonly dsn: string;
  /** The name of the template, made if it isn't there yet; the master's role in its copies has the same. */
  template(): Promise<string>;
  createDatabase(content?: 'schema' | 'nothing'): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/**
 * Uses the server that PIW_TEST_DSN names (for an account that may create databases and roles) and the template that
 * PIW_TEST_TEMPLATE names, else a private server and a template of its own.
 */
export async function startDatabase(): Promise<TestServer> {
  const { PIW_TEST_DSN: outside, PIW_TEST_TEMPLATE: given } = process.env;
  const server = outside ? { dsn: outside, stop: () => Promise.resolve() } : await startServer();
  let made: Promise<string> | undefined = outside && given ? Promise.resolve(given) : undefined;
  const template = () => (made ??= makeTemplate(server.dsn));
  return {
    dsn: server.dsn,
    template,
    createDatabase: async (content = 'schema') =>
      content === 'schema' ? copyOf(server.dsn, await template()) : empty(server.dsn),
    async stop() {
      if (outside && made && !given) await dropTemplate(outside, await made);
      await server.stop();
    },
  };
}

/** Nothing of it is worth keeping: no syncing, everything in one temporary folder. */
async function startServer(): Promise<{ dsn: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'piw-pg-'));
  const server = await startPrivateServer({
    dataDir: join(folder, 'data'),
    socketDir: folder,
    logFile: join(folder, 'log'),
    settings: ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200'],
  });
  return {
    dsn: server.dsn('postgres'),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(dsn: string): Promise<string> {
  const name = aName('template');
  await command(dsn, `create role ${name}`);
  await command(dsn, `create database ${name}`);
  await withConnection(withDatabase(dsn, name), (client) => migrate(client, { role: name }));
  return name;
}

async function dropTemplate(dsn: string, name: string): Promise<void> {
  await drop(dsn, name);
  await command(dsn, `drop role ${name}`);
}

async function copyOf(dsn: string, template: string): Promise<TestDatabase> {
  const name = aName('test');
  await command(dsn, `create database ${name} template ${template}`);
  const ownerDsn = withDatabase(dsn, name);
  return { dsn: asRole(ownerDsn, template), ownerDsn, drop: () => drop(dsn, name) };
}

async function empty(dsn: string): Promise<TestDatabase> {
  const name = aName('test');
  await command(dsn, `create database ${name} template template0`);
  const ownerDsn = withDatabase(dsn, name);
  return { dsn: ownerDsn, ownerDsn, drop: () => drop(dsn, name) };
}

const aName = (kind: string): string => `piw_${kind}_${randomBytes(6).toString('hex')}`;

const command = (dsn: string, text: string): Promise<unknown> => withConnection(dsn, (client) => client.query(text));

/** Drops a database whoever is still connected to it. */
const drop = async (dsn: string, name: string): Promise<void> => {
  await command(dsn, `drop database if exists ${name} with (force)`);
};

/** The address of another database on the same server. */
function withDatabase(dsn: string, name: string): string {
  const address = new URL(dsn);
  address.pathname = `/${name}`;
  return address.href;
}

/** The same address for a connection that has another role's rights. */
function asRole(dsn: string, role: string): string {
  const address = new URL(dsn);
  address.searchParams.set('options', `-c role=${role}`);
  return address.href.replaceAll('+', '%20');
}
