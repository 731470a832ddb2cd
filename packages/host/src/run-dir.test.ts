import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ipcAddress } from './ipc-address.ts';
import { findRunDir, runDir } from './run-dir.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'run-dir-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const { uid } = userInfo();
const modeOf = (path: string) => statSync(path).mode & 0o777;
const without = (env: NodeJS.ProcessEnv) => ({ env, system: join(dir, 'no/such/folder'), uid });

test('the option comes first and is made for owner and group', async () => {
  const given = join(dir, 'farm/run');
  expect(await runDir(given, without({ RUNTIME_DIRECTORY: join(dir, 'systemd') }))).toBe(given);
  expect(modeOf(given)).toBe(0o770);
});

test("systemd's directory comes before that of the machine, the first one if there are several", async () => {
  const systemd = join(dir, 'systemd');
  expect(await runDir(undefined, { ...without({ RUNTIME_DIRECTORY: `${systemd}:/other` }), system: dir })).toBe(
    systemd,
  );
});

test('the directory of the machine is made where it may be', async () => {
  const system = join(dir, 'piwheels');
  expect(await runDir(undefined, { env: { XDG_RUNTIME_DIR: dir }, system, uid })).toBe(system);
  expect(modeOf(system)).toBe(0o770);
});

test("otherwise it is private, below the user's runtime directory", async () => {
  const mine = await runDir(undefined, without({ XDG_RUNTIME_DIR: dir }));
  expect(mine).toBe(join(dir, 'piwheels'));
  expect(modeOf(mine)).toBe(0o700);
  expect(await runDir(undefined, without({ XDG_RUNTIME_DIR: dir }))).toBe(mine);
});

test('without a runtime directory it is below the folder for temporary files, with the user in its name', async () => {
  expect(await runDir(undefined, without({ TMPDIR: dir }))).toBe(join(dir, `piwheels-${uid}`));
});

test('a private folder that others may enter is refused', async () => {
  mkdirSync(join(dir, 'piwheels'));
  chmodSync(join(dir, 'piwheels'), 0o755);
  await expect(runDir(undefined, without({ XDG_RUNTIME_DIR: dir }))).rejects.toThrow(/isn't private/);
});

test('a private folder that is a link is refused', async () => {
  mkdirSync(join(dir, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(dir, 'elsewhere'), join(dir, 'piwheels'));
  await expect(runDir(undefined, without({ XDG_RUNTIME_DIR: dir }))).rejects.toThrow(/isn't private/);
});

test('a private folder of another user is refused', async () => {
  await expect(runDir(undefined, { ...without({ XDG_RUNTIME_DIR: dir }), uid: uid + 1 })).rejects.toThrow(
    /isn't private/,
  );
});

test('a client looks where a master would be, and makes nothing', async () => {
  const nowhere = without({ XDG_RUNTIME_DIR: dir });
  expect(findRunDir(join(dir, 'farm/run'), nowhere)).toBe(join(dir, 'farm/run'));
  expect(findRunDir(undefined, nowhere)).toBe(join(dir, 'piwheels'));
  expect(existsSync(join(dir, 'farm')) || existsSync(join(dir, 'piwheels'))).toBe(false);
  expect(findRunDir(undefined, { ...nowhere, system: dir })).toBe(dir);
  expect(findRunDir(undefined, nowhere)).toBe(await runDir(undefined, nowhere));
});

test('a client believes no master in a private folder that others may enter', () => {
  mkdirSync(join(dir, 'piwheels'));
  chmodSync(join(dir, 'piwheels'), 0o755);
  expect(() => findRunDir(undefined, without({ XDG_RUNTIME_DIR: dir }))).toThrow(/isn't private/);
});

test('a run directory that cannot be made is refused', async () => {
  writeFileSync(join(dir, 'file'), '');
  await expect(runDir(join(dir, 'file/run'))).rejects.toThrow(/can't be made/);
  await expect(runDir('/proc/piw/run')).rejects.toThrow(/can't be made: ENOENT/);
});

test('a socket has its address in the run directory', () => {
  expect(ipcAddress('/run/piwheels', 'piw-control')).toBe('ipc:///run/piwheels/piw-control');
});

test('a socket whose path is longer than the system allows is refused with both lengths', () => {
  const longest = `/${'x'.repeat(94)}`;
  expect(ipcAddress(longest, 'piw-control')).toHaveLength(107 + 'ipc://'.length);
  expect(() => ipcAddress(`${longest}ä`, 'piw-control')).toThrow(/109 bytes, and the system allows 107/);
});
