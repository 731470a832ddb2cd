import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clientConfig } from './client-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piw-pgpass-'));
  vi.stubEnv('PGPASSFILE', join(folder, 'pgpass'));
  vi.stubEnv('PGPASSWORD', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  return rm(folder, { recursive: true, force: true });
});

/** The password that the driver would send. */
const passwordOf = (dsn: string): unknown => {
  const { password } = clientConfig(dsn);
  const ask = password as string | ((connection: object) => Promise<string>);
  return typeof ask === 'string' ? ask : ask({ user: 'wheels', host: 'db.example', port: 5432, database: 'farm' });
};

const dsn = 'postgresql://wheels@db.example/farm';

test('a password in the address of a database is taken as it is meant, and nothing else is asked', () => {
  expect(passwordOf('postgresql://wheels:p%40ss%20w%2Frd@db.example/farm')).toBe('p@ss w/rd');
});

test('a password that the address of a database lacks is found in ~/.pgpass', async () => {
  await writeFile(join(folder, 'pgpass'), 'db.example:5432:farm:wheels:kept\n', { mode: 0o600 });
  await expect(passwordOf(dsn)).resolves.toBe('kept');
});

test('a password in the environment goes before that of ~/.pgpass', async () => {
  await writeFile(join(folder, 'pgpass'), '*:*:*:*:kept\n', { mode: 0o600 });
  vi.stubEnv('PGPASSWORD', 'told');
  await expect(passwordOf(dsn)).resolves.toBe('told');
});

test('who gives no password where the database wants one reads where to give it', async () => {
  await expect(passwordOf(dsn)).rejects.toMatchObject({
    message: expect.stringContaining('password of wheels') as string,
    remedy: expect.stringContaining('~/.pgpass') as string,
  });
});

test.each(['nonsense', 'host=db.example dbname=farm', 'mysql://db.example/farm', 'postgresql://db.example:port/farm'])(
  'the address %j of a database is refused with an example of one',
  (address) => {
    expect(() => clientConfig(address)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('postgresql://USER@HOST/NAME') as string }),
    );
  },
);
