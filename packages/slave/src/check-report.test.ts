import { expect, test } from 'vitest';
import { canBuild, type MachineReport } from './check.ts';
import { checkReport } from './check-report.ts';
import { knownTools } from './toolchains/known-tools.ts';

const target = { abi: 'cp311', platform: 'linux_aarch64' };
const python = {
  executable: '/usr/bin/python3.11',
  python: '3.11.2',
  implementation: 'cpython',
  target,
  tags: [],
  paths: [],
};
const lame = {
  path: '/usr/bin/python3.12',
  target: null,
  why: 'lacks its headers',
  remedy: 'Run "apt install python3.12-dev".',
};

const good: MachineReport = {
  sandbox: { name: 'bubblewrap' },
  interpreters: { usable: [python], unusable: [lame] },
  tools: knownTools.map(({ name }) => ({ name, path: `/usr/bin/${name}`, version: `${name} 1.0` })),
  manager: 'apt',
  indexUrls: ['https://index.example/simple'],
  dir: '/tmp',
  vitals: {
    clockMs: 0,
    upMs: 0,
    diskFreeBytes: 2 ** 31,
    diskSizeBytes: 2 ** 32,
    memoryFreeBytes: 2 ** 29,
    memorySizeBytes: 2 ** 30,
    swapFreeBytes: 0,
    swapSizeBytes: 0,
    load: 0,
    temperatureC: null,
    throttled: null,
  },
};

const without = (...names: string[]) =>
  good.tools.map((tool) => (names.includes(tool.name) ? { ...tool, path: null, version: null } : tool));

test('a machine that can build says for what, and what would let it build for more', () => {
  expect(canBuild(good)).toBe(true);
  expect(checkReport(good).split('\n')).toEqual(
    expect.arrayContaining([
      'sandbox   bubblewrap',
      'Pythons   cp311-linux_aarch64  3.11.2  /usr/bin/python3.11',
      '          /usr/bin/python3.12 lacks its headers. Run "apt install python3.12-dev".',
      'index     https://index.example/simple',
      'disk      2 GiB free of 4 GiB in /tmp',
      'memory    512 MiB free of 1 GiB',
      'This machine builds for cp311-linux_aarch64.',
    ]),
  );
  expect(checkReport(good)).not.toContain('missing');
});

test('tools that are missing are named with what they are for and one command for all of them', () => {
  const report = checkReport({ ...good, tools: without('gfortran', 'ninja') });
  expect(report).toMatch(/gfortran +missing, for Fortran extensions/);
  expect(report).toContain('Run "apt install ninja-build gfortran".');
});

test('without a sandbox nothing can be built, and the report says what to do', () => {
  const report = { ...good, sandbox: { message: 'No sandbox works here.', remedy: 'Run "apt install bubblewrap".' } };
  expect(canBuild(report)).toBe(false);
  expect(checkReport(report)).toContain('sandbox   No sandbox works here.\n          Run "apt install bubblewrap".');
  expect(checkReport(report)).toMatch(/Nothing can be built here: there is no sandbox\.$/);
});

test('without a Python nothing can be built', () => {
  const report = { ...good, interpreters: { usable: [], unusable: [] }, indexUrls: null };
  expect(canBuild(report)).toBe(false);
  expect(checkReport(report)).toContain('none found on PATH; name one with --python');
  expect(checkReport(report)).toMatch(/no Python can build\.$/);
});

test('whoever does without a sandbox is told what that means', () => {
  expect(checkReport({ ...good, sandbox: { name: 'none' } })).toContain('builds can read and change whatever you can');
});
