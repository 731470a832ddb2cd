import { expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import type { ProjectFile } from './project-file.ts';
import { listedFile } from './testing/listed-file.ts';
import { upstreamVersions } from './upstream-versions.ts';

const foo = packageName.parse('foo');
const read = (...files: ProjectFile[]) => upstreamVersions({ files }, foo);

test('wheels are told by version, each tag set once, grouped by the Pythons that they admit', () => {
  const versions = read(
    listedFile('foo-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', { requiresPython: '>=3.8' }),
    listedFile('foo-1.0-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', { requiresPython: '>=3.8' }),
    listedFile('foo-1.0-py3-none-any.whl'),
    listedFile('foo-1.0.tar.gz'),
    listedFile('foo-2.0.zip'),
    listedFile('bar-1.0-py3-none-any.whl'),
  );
  expect([...versions]).toEqual([
    [
      '1',
      {
        yanked: null,
        wheels: [
          { requiresPython: null, tagSets: ['py3-none-any'] },
          { requiresPython: '>=3.8', tagSets: ['cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64'] },
        ],
      },
    ],
    ['2', { yanked: null, wheels: [] }],
  ]);
});

test('a yanked wheel serves nobody, and a version is yanked where all its sources are', () => {
  const yanked = 'broken';
  const versions = read(
    listedFile('foo-1.0-py3-none-any.whl', { yanked: true }),
    listedFile('foo-1.0.zip'),
    listedFile('foo-2.0-py3-none-any.whl'),
    listedFile('foo-2.0.zip', { yanked }),
    listedFile('foo-3.0-py3-none-any.whl', { yanked }),
  );
  expect([...versions.values()]).toEqual([
    { yanked: null, wheels: [] },
    { yanked, wheels: [{ requiresPython: null, tagSets: ['py3-none-any'] }] },
    { yanked, wheels: [] },
  ]);
});

test('a version is the same however its zeros are written', () => {
  expect([...read(listedFile('foo-1.0.tar.gz'), listedFile('foo-1.0.0-py3-none-any.whl')).keys()]).toEqual(['1']);
  expect([...read(listedFile('foo-0.0.tar.gz'), listedFile('foo-1.0rc1.tar.gz')).keys()]).toEqual(['0', '1rc1']);
});
