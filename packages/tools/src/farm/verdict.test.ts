import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Answer } from '@piw/wire/control-protocol';
import { expect, test } from 'vitest';
import { judge } from './verdict.ts';

const targets = new Set(['cp311-linux_aarch64', 'cp312-linux_aarch64']);

type Cell = Answer<'PACKAGE'>['versions'][number]['cells'][number];

const cell = (target: string, more: Partial<Cell>): Cell => ({
  target,
  state: 'none',
  attempt: null,
  outcome: null,
  text: null,
  file: null,
  url: null,
  ...more,
});

const answer = (...cells: Cell[]): Answer<'PACKAGE'> => ({
  package: packageName.parse('pyyaml'),
  description: null,
  skipped: null,
  recipe: null,
  targets: cells.map(({ target }) => target),
  versions: [{ version: version.parse('6.0.2'), releasedMs: null, yanked: null, skipped: null, asked: true, cells }],
});

test('a version is open while one of its targets waits or builds', () => {
  const built = cell('cp311-linux_aarch64', { state: 'file', outcome: 'success', url: 'http://farm.example/x.whl' });
  expect(judge(answer(built, cell('cp312-linux_aarch64', { state: 'building' })), '6.0.2', targets)).toEqual({
    phase: 'open',
  });
});

test('a settled version has a line for each target that it admits, with an address or a reason', () => {
  const verdict = judge(
    answer(
      cell('cp37-linux_aarch64', { state: 'excluded' }),
      cell('cp311-linux_aarch64', { state: 'file', outcome: 'success', url: 'http://farm.example/x.whl' }),
      cell('cp312-linux_aarch64', { state: 'failed', outcome: 'failure', text: 'the build needs the tool cargo' }),
    ),
    '6.0.2',
    targets,
  );
  expect(verdict).toEqual({
    phase: 'settled',
    allBuilt: false,
    lines: [
      'pyyaml 6.0.2 cp311-linux_aarch64 success http://farm.example/x.whl',
      'pyyaml 6.0.2 cp312-linux_aarch64 failure the build needs the tool cargo',
    ],
  });
});

test('a build whose wheel does not serve its own target is no success there', () => {
  const text = 'It was built, and none of its wheels serves this target.';
  const verdict = judge(
    answer(cell('cp311-linux_aarch64', { state: 'built', outcome: 'success', text })),
    '6.0.2',
    targets,
  );
  expect(verdict).toEqual({
    ...{ phase: 'settled', allBuilt: false },
    lines: [`pyyaml 6.0.2 cp311-linux_aarch64 built ${text}`],
  });
});

test('a version that no Python of the farm may have is settled without a wheel', () => {
  const verdict = judge(answer(cell('cp37-linux_aarch64', { state: 'excluded' })), '6.0.2', targets);
  expect(verdict).toMatchObject({ phase: 'settled', allBuilt: false, lines: [expect.stringContaining('no-target')] });
});

test('a target that nobody here builds for is not waited for', () => {
  const built = cell('cp311-linux_aarch64', { state: 'file', outcome: 'success', url: 'http://farm.example/x.whl' });
  expect(judge(answer(built, cell('cp39-linux_aarch64', { state: 'waiting' })), '6.0.2', targets)).toMatchObject({
    allBuilt: false,
    lines: [expect.anything(), 'pyyaml 6.0.2 cp39-linux_aarch64 waiting no slave of this farm builds for it'],
  });
});
