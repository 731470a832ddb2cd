import { expect, test } from 'vitest';
import { active, type ProjectFile } from './project-file.ts';
import { projectJson, rootJson } from './simple-json.ts';
import { listedFile } from './testing/listed-file.ts';

const page = (...files: ProjectFile[]) =>
  JSON.parse(projectJson({ name: 'foo', files, versions: [], ...active })) as {
    meta: unknown;
    files: Record<string, unknown>[];
  };

test('the page of a package says all that PEP 691, 700 and 714 ask for', () => {
  const wheel = listedFile('foo-1.0-py3-none-any.whl', {
    sha256: 'ab'.repeat(32),
    sizeBytes: 1234,
    uploadedAt: new Date('2024-01-31T12:00:00.500Z'),
    requiresPython: '>=3.8,<4',
    yanked: 'broken',
    metadataSha256: 'cd'.repeat(32),
  });
  expect(
    JSON.parse(projectJson({ name: 'foo', files: [wheel], versions: ['1.10', '1.9', '1.10'], ...active })),
  ).toEqual({
    meta: { 'api-version': '1.4' },
    name: 'foo',
    versions: ['1.9', '1.10'],
    files: [
      {
        filename: 'foo-1.0-py3-none-any.whl',
        url: 'https://files.example/foo-1.0-py3-none-any.whl',
        hashes: { sha256: 'ab'.repeat(32) },
        'requires-python': '>=3.8,<4',
        size: 1234,
        'upload-time': '2024-01-31T12:00:00.500Z',
        yanked: 'broken',
        'core-metadata': { sha256: 'cd'.repeat(32) },
      },
    ],
  });
});

test('a page does not name the metadata as pip 22.3 to 23.0, which die of it, would read them', () => {
  const metadataSha256 = 'cd'.repeat(32);
  const [wheel] = page(listedFile('foo-1.0-py3-none-any.whl', { metadataSha256 })).files;
  expect(wheel).toHaveProperty('core-metadata');
  expect(wheel).not.toHaveProperty('dist-info-metadata');
});

test('a file of which little is known has no more than must be there, and no claim to API 1.4', () => {
  expect(page(listedFile('foo-1.0.zip'))).toMatchObject({
    meta: { 'api-version': '1.0' },
    files: [{ filename: 'foo-1.0.zip', url: 'https://files.example/foo-1.0.zip', hashes: {}, yanked: false }],
  });
  expect(Object.keys(page(listedFile('foo-1.0.zip')).files[0]!)).toHaveLength(4);
});

test.each([
  ['2024-01-31T12:00:00.123456Z', '2024-01-31T12:00:00.123456Z'],
  ['2024-01-31T12:00:00+02:00', '2024-01-31T10:00:00.000Z'],
  ['lately', undefined],
  [new Date(Number.NaN), undefined],
])('the upload time %j is written %j', (uploadedAt, written) => {
  expect(page(listedFile('foo-1.0.zip', { uploadedAt })).files[0]!['upload-time']).toBe(written);
});

test.each([
  [true, true],
  ['', true],
  ['broken', 'broken'],
  [null, false],
])('a file with yanked %j is written as %j', (yanked, written) => {
  expect(page(listedFile('foo-1.0.zip', { yanked })).files[0]!['yanked']).toBe(written);
});

test('the list of packages names each once and in order', () => {
  expect(JSON.parse(rootJson(['six', 'attrs', 'six']))).toEqual({
    meta: { 'api-version': '1.1' },
    projects: [{ name: 'attrs' }, { name: 'six' }],
  });
});

test('a page says where attestations are, and what its authors or the index say of the project', () => {
  const provenance = 'https://index.example/integrity/foo/1.0/foo-1.0.zip/provenance';
  const told = { status: 'archived', statusReason: 'use "bar"' } as const;
  const files = [listedFile('foo-1.0.zip', { provenance, sizeBytes: 1 })];
  expect(JSON.parse(projectJson({ name: 'foo', files, versions: [], ...told }))).toMatchObject({
    'project-status': { status: 'archived', reason: 'use "bar"' },
    files: [{ provenance }],
  });
});
