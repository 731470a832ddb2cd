import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { farmWith } from '@piw/wire/testing/example-farm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { keepPreferences, preferencesFile, readPreferences, usualPreferences } from './preferences.ts';

let home: string;
let path: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'piw-preferences-'));
  path = preferencesFile({ XDG_STATE_HOME: home });
  await mkdir(join(home, 'piwheels'));
});
afterEach(() => rm(home, { recursive: true }));

const { monitor } = new TestMonitor(farmWith([]))
  .press('b', ':')
  .type('columns label,load')
  .press('enter', 'o')
  .type(':package Foo.Bar')
  .press('enter', '2');

test('what was chosen is there in the next run', async () => {
  expect(await keepPreferences(path, monitor)).toBeNull();
  expect(await readPreferences(path)).toEqual({
    trouble: null,
    mayWrite: true,
    preferences: {
      view: 'queue',
      sorting: { builders: { column: 'label', descending: false } },
      columns: { builders: ['label', 'load'] },
      groups: { builders: 'platform' },
      package: 'foo-bar',
    },
  });
});

test('the package that was looked at is shown again', () => {
  const looking = new TestMonitor(farmWith([])).type(':package Foo.Bar').press('enter').monitor;
  const preferences = { ...usualPreferences, view: 'package', package: looking.package } as const;
  const again = new TestMonitor(farmWith([]), { preferences });
  expect(again.monitor.place).toEqual({ view: 'package', package: 'foo-bar' });
});

test('without a file everything is usual, and nothing is said', async () => {
  expect(await readPreferences(path)).toEqual({ preferences: usualPreferences, trouble: null, mayWrite: true });
});

test.each([
  '{"view":"builders","sor',
  'null',
  '{"view":"kitchen"}',
  '{"view":"queue","sorting":{},"columns":{"queue":[]}}',
])('a file that holds %s makes no sense, and is written anew', async (text) => {
  await writeFile(path, text);
  const kept = await readPreferences(path);
  expect(kept).toMatchObject({ preferences: usualPreferences, mayWrite: true });
  expect(kept.trouble).toBe(
    `${path} makes no sense: sort orders and columns are the usual ones. It is written anew at the end.`,
  );
});

test('a file from before columns and groups were kept is read', async () => {
  await writeFile(path, '{"view":"queue","sorting":{"queue":{"column":"package","descending":true}}}');
  expect(await readPreferences(path)).toMatchObject({
    trouble: null,
    preferences: { view: 'queue', sorting: { queue: { column: 'package' } }, columns: {} },
  });
});

test('a file of a later version stays as it is', async () => {
  await writeFile(path, '{"version":2,"view":"kitchen"}');
  const { trouble, mayWrite } = await readPreferences(path);
  expect(trouble).toContain('is of a later version of this program');
  expect(mayWrite).toBe(false);
});

test('a file that can not be read is told, and stays as it is', async () => {
  await mkdir(path);
  const { trouble, mayWrite } = await readPreferences(path);
  expect(trouble).toContain("monitor.json can't be read (it is no file)");
  expect(mayWrite).toBe(false);
});

test('where nothing can be written it is said that nothing is kept', async () => {
  const file = join(home, 'no-folder');
  await writeFile(file, '');
  expect(await keepPreferences(join(file, 'monitor.json'), monitor)).toMatch(
    /^Sort orders, columns and view are not kept: E/,
  );
});

test('a state folder where the system takes no new names, as below /proc, is told once and at once', async () => {
  const nowhere = preferencesFile({ XDG_STATE_HOME: '/proc/piw/state' });
  expect(await readPreferences(nowhere)).toMatchObject({ trouble: null, mayWrite: true });
  expect(await keepPreferences(nowhere, monitor)).toMatch(/^Sort orders, columns and view are not kept: ENOENT.*$/);
});
