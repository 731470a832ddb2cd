import { type ControlType, control } from '@piw/wire/control-protocol';
import { expect, test } from 'vitest';
import { type Canned, openCannedMaster } from '../testing/canned-master.ts';
import { piwControl } from './piw-control.ts';

const done = { done: [{ subject: 'pi-2', text: 'is done' }], refused: [] };
const six = { package: 'six', version: null, target: null };
const nothing = { package: null, version: null, target: null, outcome: null, reason: null, subject: null };
const target = 'cp311-linux_aarch64';

const orders: [string, ControlType, unknown][] = [
  ['pause pi-2 pi-10 --reason heat', 'PAUSE', { slaves: ['pi-2', 'pi-10'], why: 'heat' }],
  ['pause --all', 'PAUSE', { slaves: 'all', why: null }],
  ['resume pi-2', 'RESUME', { slaves: ['pi-2'] }],
  ['lift pi-2', 'LIFT', { slaves: ['pi-2'] }],
  ['halt pi-2 --reason heat', 'HALT', { slaves: ['pi-2'], why: 'heat' }],
  ['drain --all', 'DRAIN', { slaves: 'all' }],
  ['kill --all -y', 'KILL', { slaves: 'all', why: null }],
  ['restart pi-2', 'RESTART', { slaves: ['pi-2'] }],
  ['stop', 'STOP', {}],
  ['skip pi-2 --reason loops', 'SKIP', { what: { slaves: ['pi-2'] }, why: 'loops' }],
  ['skip --all --reason heat', 'SKIP', { what: { slaves: 'all' }, why: 'heat' }],
  [
    `skip --package Six==1.0.0 --target ${target} --reason no`,
    'SKIP',
    { what: { package: 'six', version: '1.0.0', target }, why: 'no' },
  ],
  ['unskip six', 'UNSKIP', six],
  [`prioritise six --to front --target ${target}`, 'PRIORITISE', { cells: { ...six, target }, to: 'front' }],
  ['withdraw six==2.0rc1', 'WITHDRAW', { ...six, version: '2.0rc1' }],
  ['retry', 'RETRY', nothing],
  ['retry six==1.0', 'RETRY', { ...nothing, package: 'six', version: '1.0' }],
  [
    `retry --target ${target} --outcome failure --reason missing-header --subject ffi.h`,
    'RETRY',
    { ...nothing, target, outcome: 'failure', reason: 'missing-header', subject: 'ffi.h' },
  ],
  [`try six==1.0 pi-2 --target ${target}`, 'TRY', { package: 'six', version: '1.0', target, slave: 'pi-2' }],
  [
    'targets alias cp311-linux_armv7l linux_armv6l',
    'ALIAS_TARGET',
    { target: 'cp311-linux_armv7l', platform: 'linux_armv6l' },
  ],
  ['targets alias cp311-linux_armv7l none', 'ALIAS_TARGET', { target: 'cp311-linux_armv7l', platform: null }],
  ['again six==1.0', 'BUILD_AGAIN', { package: 'six', version: '1.0', target: null }],
  ['recipe six --remove', 'RECIPE', { package: 'six', recipe: null }],
  [`targets add ${target}`, 'ADD_TARGET', { target }],
  [`targets retire ${target}`, 'RETIRE_TARGET', { target }],
  [`targets prefer ${target}`, 'PREFER_TARGET', { target, preferred: true }],
  [`targets unprefer ${target}`, 'PREFER_TARGET', { target, preferred: false }],
];

test.each(orders)('"piw-control %s" gives the order %s', async (words, question, ask) => {
  const master = await openCannedMaster({ [question]: done });
  const result = await master.run(piwControl, ...words.split(' '));
  expect(result).toEqual({ code: 0, out: 'pi-2: is done\n', err: '' });
  expect(master.asked).toMatchObject([{ question, ask }]);
});

test('every look and every order of the protocol is a command, but ADD, which is piw-add', () => {
  const looks = ['SNAPSHOT', 'TARGETS', 'QUEUE', 'BUILDS', 'BUILD', 'LOG', 'PACKAGE', 'STATISTICS', 'JOURNAL'];
  const reasons = ['WHY', 'FAILURES', 'HISTORY', 'STANDING'];
  const known = new Set([...looks, ...reasons, ...orders.map(([, question]) => question), 'ADD']);
  expect(Object.keys(control).filter((question) => !known.has(question))).toEqual([]);
});

test('what could not be done is a line each on standard error, and exit code 1', async () => {
  const refused = [{ subject: 'pi-9', text: 'there is no such slave' }];
  const master = await openCannedMaster({ PAUSE: { ...done, refused } });
  expect(await master.run(piwControl, 'pause', 'pi-2', 'pi-9')).toEqual({
    code: 1,
    out: 'pi-2: is done\n',
    err: 'piw-control: pi-9: there is no such slave\n',
  });
});

test('with --json an order prints its answer, and exits 1 all the same where something was refused', async () => {
  const answer = { ...done, refused: [{ subject: 'pi-9', text: 'there is no such slave' }] };
  const master = await openCannedMaster({ KILL: answer });
  const { code, out, err } = await master.run(piwControl, 'kill', 'pi-2', 'pi-9', '--json');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toEqual(answer);
});

test('an order that fits nothing says that there was nothing to do', async () => {
  const master = await openCannedMaster({ RETRY: { done: [], refused: [] } });
  expect(await master.run(piwControl, 'retry', 'six')).toMatchObject({ code: 0, out: 'There was nothing to do.\n' });
});

test('the master hears who gives the order', async () => {
  const master = await openCannedMaster({ STOP: done } satisfies Canned);
  await master.run(piwControl, 'stop');
  expect(master.asked[0]?.from).toMatch(/^[^@]+@.+$/);
});

test.each([
  ['pause', 'Which slaves? Name them, or say --all; "piw-control slaves" lists them.'],
  ['kill pi-2 --all', '--all means every slave, and some are named beside it. Give one or the other.'],
  ['skip --reason x', 'What is to be skipped? Name slaves to skip what they build, or --package PACKAGE==VERSION.'],
  ['skip pi-2 --package six --reason x', 'Both slaves and a package are named. Skip one, then the other.'],
  ['skip pi-2', '--reason must be given. See piw-control --help.'],
  [
    `skip pi-2 --target ${target} --reason x`,
    '--target says where to skip a package, and none is named. Name it with --package.',
  ],
  ['prioritise six', '--to must be given. See piw-control --help.'],
  ['targets add', 'Which target is to be changed? Name it: piw-control targets add TARGET.'],
  ['targets remove x', 'CHANGE: "remove" is none of add, retire, prefer, unprefer, alias. See piw-control --help.'],
])('"piw-control %s" is wrong usage and orders nothing', async (words, line) => {
  const master = await openCannedMaster({});
  expect(await master.run(piwControl, ...words.split(' '))).toEqual({
    code: 2,
    out: '',
    err: `piw-control: ${line}\n`,
  });
  expect(master.asked).toEqual([]);
});
