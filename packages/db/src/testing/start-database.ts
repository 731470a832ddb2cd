import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import { startPrivateServer } from '../server/private-server.ts';

/** A database that is one test's own. */
export interface TestDatabase {
  readonly dsn: string;
  drop(): Promise<void>;
}

/** A server for tests: databases come as copies of a template that has the schema, or empty. */
export interface TestServer {
  readonly dsn: string;
  createDatabase(content?: 'schema' | 'nothing'): Promise<TestDatabase>;
  stop(): Promise<void>;
}

/** Uses the server that PIW_TEST_DSN names (an account that may create databases), else starts a private one. */
export async function startDatabase(): Promise<TestServer> {
  const outside = process.env['PIW_TEST_DSN'];
  const server = outside ? { dsn: outside, stop: () => Promise.resolve() } : await startServer();
  const template = `piw_template_${randomBytes(6).toString('hex')}`;
  let made: Promise<void> | undefined;
  return {
    dsn: server.dsn,
    async createDatabase(content = 'schema') {
      const name = `piw_test_${randomBytes(6).toString('hex')}`;
      if (content === 'schema') await (made ??= makeTemplate(server.dsn, template));
      await command(server.dsn, `create database ${name} template ${content === 'schema' ? template : 'template0'}`);
      return { dsn: withDatabase(server.dsn, name), drop: () => drop(server.dsn, name) };
    },
    async stop() {
      if (made && outside) await drop(server.dsn, template);
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

async function makeTemplate(dsn: string, template: string): Promise<void> {
  await command(dsn, `create database ${template}`);
  await withClient(withDatabase(dsn, template), migrate);
}

const command = (dsn: string, text: string): Promise<unknown> => withClient(dsn, (client) => client.query(text));

/** Drops a database whoever is still connected to it. */
const drop = async (dsn: string, name: string): Promise<void> => {
  await command(dsn, `drop database if exists ${name} with (force)`);
};

async function withClient<T>(dsn: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(dsn);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
function withDatabase(dsn: string, name: string): string {
  const address = new URL(dsn);
  address.pathname = `/${name}`;
  return address.href;
}
