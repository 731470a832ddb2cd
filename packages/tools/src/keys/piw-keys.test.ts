import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capturedRun } from '@piw/host/captured-run';
import { expect, test } from 'vitest';
import { temporaryDir } from '../testing/canned-master.ts';
import { piwKeys } from './piw-keys.ts';

/** A home of one's own, and `piw-keys` run there. */
async function home() {
  const dir = await temporaryDir();
  const folder = join(dir, '.config', 'piwheels');
  const run = (...words: string[]) => capturedRun(piwKeys, words, { env: { HOME: dir } });
  return { dir, folder, run };
}

const key = /^piwpub_[\w-]{43}\n$/;

test('a key is made for its owner alone, printed, shown again, and never overwritten', async () => {
  const { folder, run } = await home();
  const made = await run('make');
  expect(made.out).toMatch(key);
  expect(made.err).toContain(`piw-keys authorize ROLE ${made.out.trim()} LABEL`);
  const path = join(folder, 'client.key');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await run('show', path)).out).toBe(made.out);
  expect((await run('show')).out).toBe(`${made.out.trim()} ${path}\n`);
  expect(await run('make')).toMatchObject({ code: 1, err: `piw-keys: ${path} is there already. Name another file.\n` });
  expect(await readFile(path, 'utf8')).toContain(made.out.trim());
});

test('a secret that others may read is refused, with what to type', async () => {
  const { dir, run } = await home();
  const path = join(dir, 'open.key');
  await run('make', path);
  await chmod(path, 0o640);
  expect(await run('show', path)).toEqual({
    ...{ code: 1, out: '' },
    err: `piw-keys: Others may read the secret in ${path}. Keep it to its owner: chmod 600 ${path}\n`,
  });
});

test('keys are let in, listed and let in no more, and comments stay', async () => {
  const { folder, run } = await home();
  await run('make', '--master');
  const file = join(folder, 'authorized_keys');
  await writeFile(file, '# the boards in the cellar\n');
  const [ann, bob] = [(await run('make')).out.trim(), (await run('make', join(folder, 'bob.key'))).out.trim()];
  expect((await run('authorize', 'slave', ann, 'ann')).out).toBe(`ann: let in as slave by ${file}\n`);
  await run('authorize', 'operator', bob, 'bob the builder');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await run('list')).out).toBe(`slave    ${ann} ann\noperator ${bob} bob the builder\n`);
  expect((await run('revoke', 'ann')).out).toBe(`ann: no longer let in as slave with ${ann}\n`);
  expect(JSON.parse((await run('list', '--json')).out)).toEqual([
    { role: 'operator', key: bob, label: 'bob the builder' },
  ]);
  expect(await readFile(file, 'utf8')).toBe(`# the boards in the cellar\noperator ${bob} bob the builder\n`);
});

test('whoever authorizes a key on a machine without a master is told where to do it', async () => {
  const { run } = await home();
  const { out } = await run('make');
  const { code, err } = await run('authorize', 'slave', out.trim(), 'ann');
  expect(code).toBe(1);
  expect(err).toMatch(/^piw-keys: No master has its key in .*Do this where the master runs/);
});

test('whoever pastes a secret key where a public one belongs learns so, and the secret is not repeated', async () => {
  const { folder, run } = await home();
  await run('make');
  const [secret = ''] = /^piwsec_.*$/m.exec(await readFile(join(folder, 'client.key'), 'utf8'))!;
  const { code, err } = await run('authorize', 'slave', secret, 'ann');
  expect(code).toBe(1);
  expect(err).toMatch(/That is a secret key/);
  expect(err).not.toContain(secret);
});

test('a line that somebody mistyped is told by its number, and the others are listed', async () => {
  const { dir, run } = await home();
  const file = join(dir, 'authorized_keys');
  const { out } = await run('make');
  await writeFile(file, `slaves ${out.trim()} ann\nobserver ${out.trim()} bob\n`);
  const { code, out: listed, err } = await run('list', '--authorized-keys', file);
  expect({ code, listed }).toEqual({ code: 1, listed: `observer ${out.trim()} bob\n` });
  expect(err).toContain(`${file}, line 1: its first word is none of slave, observer, operator. Write it as:`);
});

test('a role that there is not is wrong usage', async () => {
  const { run } = await home();
  expect((await run('authorize', 'admin', 'piwpub_', 'ann')).code).toBe(2);
});

test('what is no key file, or no file, is refused in a line', async () => {
  const { dir, folder, run } = await home();
  await mkdir(folder, { recursive: true });
  const path = join(dir, 'notes');
  await writeFile(path, 'milk, eggs\n', { mode: 0o600 });
  expect((await run('show', path)).err).toContain(`${path} holds no secret key.`);
  expect((await run('show', join(dir, 'nowhere'))).err).toMatch(/can't be read: ENOENT/);
  expect((await run('show')).err).toMatch(/There is no key in .* Make one: piw-keys make/);
});
