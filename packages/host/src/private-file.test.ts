import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readKeyFile } from './key-options.ts';
import { makePrivateFile, readSecretFile, readTextFile, replacePrivateFile } from './private-file.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'piw-private-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a secret is written for its owner alone, in a folder that is made for it, and once', async () => {
  const path = join(folder(), 'new', 'secret');
  await makePrivateFile(path, 'hush\n');
  expect(modeOf(path)).toBe(0o600);
  expect(await readSecretFile(path)).toBe('hush\n');
  await expect(makePrivateFile(path, 'other')).rejects.toThrow(`${path} is there already.`);
});

test.each([0o640, 0o604, 0o620])('a secret of mode %o is refused', async (mode) => {
  const path = join(folder(), 'secret');
  writeFileSync(path, 'hush');
  chmodSync(path, mode);
  await expect(readSecretFile(path)).rejects.toMatchObject({ remedy: `Keep it to its owner: chmod 600 ${path}` });
});

test('what replaces a file stands where a link to it leads, for the owner alone', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'meant'), 'before');
  symlinkSync('meant', join(dir, 'link'));
  await replacePrivateFile(join(dir, 'link'), 'after');
  expect(readFileSync(join(dir, 'meant'), 'utf8')).toBe('after');
  expect(modeOf(join(dir, 'meant'))).toBe(0o600);
});

test.runIf(process.getuid?.() === 0)(
  'what root writes belongs to whom the file belonged, or else its folder',
  async () => {
    const dir = folder();
    chownSync(dir, 1234, 1234);
    await makePrivateFile(join(dir, 'new'), '');
    await replacePrivateFile(join(dir, 'new'), 'more');
    expect(statSync(join(dir, 'new')).uid).toBe(1234);
  },
);

test('a file that is not there is none, and one that can not be read says why', async () => {
  const dir = folder();
  expect(await readTextFile(join(dir, 'none'))).toBeUndefined();
  await expect(readTextFile(dir)).rejects.toThrow(`${dir} can't be read: EISDIR`);
});

test('a pipe and a device are no file, and nobody waits for what they have to say', async () => {
  const pipe = join(folder(), 'pipe');
  execFileSync('mkfifo', ['-m', '600', pipe]);
  await expect(readTextFile(pipe)).rejects.toThrow(`${pipe} can't be read: it is not a file.`);
  await expect(readSecretFile(pipe)).rejects.toThrow(`${pipe} can't be read: it is not a file.`);
  await expect(readTextFile('/dev/zero')).rejects.toThrow("/dev/zero can't be read: it is not a file.");
});

test('of a file that is too long not even the beginning is read, so that nobody writes that back alone', async () => {
  const path = join(folder(), 'long');
  writeFileSync(path, '#'.repeat((4 << 20) + 1));
  await expect(readTextFile(path)).rejects.toThrow(`${path} can't be read: it is longer than such a file can be.`);
});

test('the user’s own key goes before the machine’s, and where there is neither it is told how to make one', async () => {
  const folders = { user: folder(), system: folder() };
  await expect(readKeyFile(undefined, 'client.key', folders)).rejects.toMatchObject({
    message: `There is no key in ${folders.user}/client.key.`,
  });
  await makePrivateFile(join(folders.system, 'client.key'), 'of the machine');
  expect((await readKeyFile(undefined, 'client.key', folders)).text).toBe('of the machine');
  await makePrivateFile(join(folders.user, 'client.key'), 'of the user');
  expect((await readKeyFile(undefined, 'client.key', folders)).text).toBe('of the user');
});
