import { chmod, mkdir, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openLog } from '@piw/host/log';
import { type KeyPair, makeKeyPair } from '@piw/wire/keys/key-pair';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newFolder, testPremises } from '../testing/test-premises.ts';
import { followKeys } from './follow-keys.ts';
import { openGatehouse } from './open-gatehouse.ts';

const [ann, bob] = [makeKeyPair(), makeKeyPair()];
const line = (role: string, { publicKey }: KeyPair, label: string) => `${role} ${publicKey} ${label}\n`;
const soon = { timeout: 4000, interval: 5 };

/** A master that follows a file with these lines. */
async function following(text: string) {
  const authorizedKeys = join(newFolder(), 'authorized_keys');
  await writeFile(authorizedKeys, text);
  const told: string[] = [];
  const { logger: log } = openLog({ console: { write: (words: string) => told.push(words) }, level: 'info' });
  const keys = { own: makeKeyPair(), authorizedKeys };
  const gatehouse = (await openGatehouse(keys, log))!;
  const stop = new AbortController();
  const { options } = testPremises(undefined as never, { options: { keys } });
  const running = followKeys({ gatehouse, options, log }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
    gatehouse.close();
  });
  const labels = () => [ann, bob].map(({ publicKey }) => gatehouse.keyring.holderAt('slave', publicKey)?.label);
  return { file: authorizedKeys, told: () => told.join(''), labels };
}

test('a key is let in from when its line is written, and no more from when it is taken out', async () => {
  const { file, told, labels } = await following(line('slave', ann, 'ann'));
  expect(labels()).toEqual(['ann', undefined]);
  await writeFile(`${file}.new`, line('slave', bob, 'bob'));
  await rename(`${file}.new`, file);
  await vi.waitFor(() => expect(labels()).toEqual([undefined, 'bob']), soon);
  expect(told()).toContain('let in from now on: bob (slave)');
  expect(told()).toContain('no longer let in: ann (slave)');
});

test('a line that makes no sense is told once, lets nobody in, and the others stand', async () => {
  const { file, told, labels } = await following(line('slave', ann, 'ann'));
  await writeFile(file, `${line('slave', ann, 'ann')}slave nonsense\n${line('slave', bob, 'bob')}`);
  await vi.waitFor(() => expect(labels()).toEqual(['ann', 'bob']), soon);
  await vi.waitFor(() => expect(told()).toContain(`${file}, line 2: it is not of the form`), soon);
});

test('without the file nobody is let in', async () => {
  const { file, labels } = await following(line('slave', ann, 'ann'));
  await rm(file);
  await vi.waitFor(() => expect(labels()).toEqual([undefined, undefined]), soon);
});

test('a link that is swapped for one to another file counts at once, and one to nothing lets nobody in', async () => {
  const { file, labels } = await following(line('slave', ann, 'ann'));
  const elsewhere = newFolder();
  const point = async (name: string): Promise<void> => {
    await symlink(join(elsewhere, name), `${file}.new`);
    await rename(`${file}.new`, file);
  };
  await writeFile(join(elsewhere, 'bobs'), line('slave', bob, 'bob'));
  await point('bobs');
  await vi.waitFor(() => expect(labels()).toEqual([undefined, 'bob']), soon);
  await writeFile(join(elsewhere, 'anns'), line('slave', ann, 'ann'));
  await point('anns');
  await vi.waitFor(() => expect(labels()).toEqual(['ann', undefined]), soon);
  await point('nobodys');
  await vi.waitFor(() => expect(labels()).toEqual([undefined, undefined]), soon);
});

test('a folder in its place, or a link in a circle, changes nothing, and is told of', async () => {
  const { file, told, labels } = await following(line('slave', ann, 'ann'));
  await mkdir(`${file}.new`);
  await rm(file).then(() => rename(`${file}.new`, file));
  await vi.waitFor(() => expect(told()).toContain('is not a file. Whoever was let in before still is.'), soon);
  await symlink(file, `${file}.new`);
  await rmdir(file).then(() => rename(`${file}.new`, file));
  await vi.waitFor(() => expect(told()).toMatch(/ELOOP.*Whoever was let in before still is/), soon);
  expect(labels()).toEqual(['ann', undefined]);
});

test('a file that is written in several goes is heeded when all of it is there', async () => {
  const { file, told, labels } = await following(line('slave', ann, 'ann'));
  await writeFile(file, '');
  await writeFile(file, `# the cellar\n`);
  await writeFile(file, line('slave', ann, 'ann') + line('slave', bob, 'bob'));
  await vi.waitFor(() => expect(labels()).toEqual(['ann', 'bob']), soon);
  expect(told()).not.toContain('no longer let in');
});

test('a file that anybody may write lets nobody else in, and is told of', async () => {
  const { file, told, labels } = await following(line('slave', ann, 'ann'));
  await writeFile(file, line('slave', bob, 'bob'));
  await chmod(file, 0o666);
  await vi.waitFor(() => expect(told()).toContain(`Anybody may write ${file}`), { timeout: 8000, interval: 5 });
  expect(labels()).toEqual(['ann', undefined]);
  await chmod(file, 0o600);
  await vi.waitFor(() => expect(labels()).toEqual([undefined, 'bob']), { timeout: 8000, interval: 5 });
}, 20_000);

test('a master does not start with a file of keys that anybody may write, nor with a folder', async () => {
  const authorizedKeys = join(newFolder(), 'authorized_keys');
  await writeFile(authorizedKeys, '');
  await chmod(authorizedKeys, 0o622);
  const log = openLog({ console: { write: () => undefined }, level: 'info' }).logger;
  const opening = (file: string) => openGatehouse({ own: makeKeyPair(), authorizedKeys: file }, log);
  await expect(opening(authorizedKeys)).rejects.toThrow('Anybody may write');
  await expect(opening(dirname(authorizedKeys))).rejects.toThrow('is not a file');
});

test('a master does not start with a line that makes no sense', async () => {
  const authorizedKeys = join(newFolder(), 'authorized_keys');
  await writeFile(authorizedKeys, 'friend of ours\n');
  const log = openLog({ console: { write: () => undefined }, level: 'info' }).logger;
  await expect(openGatehouse({ own: makeKeyPair(), authorizedKeys }, log)).rejects.toThrow(
    `${authorizedKeys}, line 1: its first word is none of slave, observer, operator.`,
  );
});
