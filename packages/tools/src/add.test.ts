import { expect, test } from 'vitest';
import { piwAdd } from './add.ts';
import { openCannedMaster, refusal } from './testing/canned-master.ts';

const added = (...versions: [string, boolean][]) => ({
  package: 'foo-bar',
  versions: versions.map(([version, isNew]) => ({ version, isNew })),
});

test('a package that is added is told with its version, and where to watch it', async () => {
  const master = await openCannedMaster({ ADD: added(['1.2', true]) });
  expect(await master.run(piwAdd, 'Foo.Bar')).toEqual({
    code: 0,
    out: 'foo-bar 1.2 added\nWatch it with: piw-control package foo-bar\n',
    err: '',
  });
  expect(master.asked).toMatchObject([{ question: 'ADD', ask: { package: 'foo-bar', version: null, all: false } }]);
});

test('who added a package through npm is told to watch it so', async () => {
  const master = await openCannedMaster({ ADD: added(['1.2', true]) });
  const { out } = await master.runIn({ env: { npm_command: 'exec' } }, piwAdd, 'foo-bar');
  expect(out).toContain('Watch it with: npx piw-control package foo-bar\n');
});

test('who named the master is told to watch it there', async () => {
  const master = await openCannedMaster({ ADD: added(['1.2', true]) });
  const { out } = await master.run(piwAdd, 'foo-bar', '--run-dir', master.runDir);
  expect(out).toContain(`Watch it with: piw-control --run-dir ${master.runDir} package foo-bar\n`);
});

test('with --all every version is told, with those that the farm knew already', async () => {
  const master = await openCannedMaster({ ADD: added(['1.2', true], ['1.1', false]) });
  const { out } = await master.run(piwAdd, 'foo-bar', '--all');
  expect(out).toContain('foo-bar 1.2 added\nfoo-bar 1.1 known already\n');
  expect(master.asked[0]?.ask).toEqual({ package: 'foo-bar', version: null, all: true });
});

test.each([['foo-bar 1.10'], ['foo-bar==1.10']])('"piw-add %s" asks for that version', async (words) => {
  const master = await openCannedMaster({ ADD: added(['1.10', true]) });
  await master.run(piwAdd, ...words.split(' '));
  expect(master.asked[0]?.ask).toEqual({ package: 'foo-bar', version: '1.10', all: false });
});

test('--json prints the answer as it is', async () => {
  const master = await openCannedMaster({ ADD: added(['1.2', true]) });
  expect(JSON.parse((await master.run(piwAdd, 'foo-bar', '--json')).out)).toEqual(added(['1.2', true]));
});

test('an unknown package is refused in the words of the master', async () => {
  const no = refusal('The index has no package foo-bra.', 'Did you mean foo-bar?');
  const master = await openCannedMaster({ ADD: no });
  expect(await master.run(piwAdd, 'foo-bra')).toEqual({
    ...{ code: 1, out: '' },
    err: 'piw-add: The index has no package foo-bra. Did you mean foo-bar?\n',
  });
});

test.each([
  ['', 'PACKAGE is missing. See piw-add --help.'],
  ['six banana', '"banana" is no version. Write it as PEP 440 has it: 1.0, 2.0rc1, 3.1.post2.'],
  ['six==1.0 1.0', 'More than one version is meant. Give PACKAGE VERSION, or PACKAGE --all.'],
  ['six 1.0 --all', 'More than one version is meant. Give PACKAGE VERSION, or PACKAGE --all.'],
  ['six==1.0 --all', '--all means every version, and one is named. Give PACKAGE VERSION, or PACKAGE --all.'],
])('"piw-add %s" is wrong usage', async (words, line) => {
  const master = await openCannedMaster({});
  expect(await master.run(piwAdd, ...words.split(' ').filter(Boolean))).toEqual({
    code: 2,
    out: '',
    err: `piw-add: ${line}\n`,
  });
  expect(master.asked).toEqual([]);
});
