import type { ProjectFile, ProjectListing } from '@piw/wheel/index-reply';
import { packageName } from '@piw/wheel/package-name';
import { type Version, version } from '@piw/wheel/version';
import { expect, test } from 'vitest';
import { chooseVersions, type Wanted } from './choose-versions.ts';

const six = packageName.parse('six');
const v = (text: string): Version => version.parse(text);

const file = (filename: string, about: Partial<ProjectFile> = {}): ProjectFile => ({
  filename,
  url: `https://index.example/${filename}`,
  sha256: null,
  sizeBytes: null,
  uploadedAt: '2024-05-04T03:02:01Z',
  requiresPython: '>=3.8',
  yanked: null,
  metadataSha256: null,
  provenance: null,
  ...about,
});

const sdists = (...versions: string[]): ProjectListing => ({
  files: versions.map((text) => file(`six-${text}.tar.gz`)),
});
const chosen = (listing: ProjectListing | undefined, wanted: Wanted) =>
  chooseVersions(listing, six, wanted).map((one) => one.version);
const refusal = (listing: ProjectListing | undefined, wanted: Wanted): string => {
  try {
    return chosen(listing, wanted).join(' ');
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy: string };
    return `${message} ${remedy}`;
  }
};

test('without a version the newest final release is meant, whatever order the index has', () => {
  expect(chosen(sdists('1.9', '2.0rc1', '1.10', '1.2'), 'newest')).toEqual(['1.10']);
});

test('where there are only pre-releases the newest of them is meant', () => {
  expect(chosen(sdists('1.0a1', '1.0b2', '1.0.dev3'), 'newest')).toEqual(['1.0b2']);
});

test('a yanked release is meant only by its name', () => {
  const listing = { files: [file('six-1.0.tar.gz'), file('six-2.0.tar.gz', { yanked: 'broken' })] };
  expect(chosen(listing, 'newest')).toEqual(['1.0']);
  expect(chosen(listing, 'all')).toEqual(['1.0']);
  expect(chooseVersions(listing, six, v('2.0'))).toMatchObject([{ version: '2.0', yanked: 'broken', asked: true }]);
});

test('a version is found however it is written, and keeps what the index says of it', () => {
  expect(chooseVersions(sdists('1.0.0'), six, v('1.0'))).toEqual([
    {
      version: '1.0.0',
      releasedMs: Date.UTC(2024, 4, 4, 3, 2, 1),
      requiresPython: '>=3.8',
      yanked: null,
      asked: true,
    },
  ]);
});

test('an index that tells no upload time, or an endless Requires-Python, is no trouble', () => {
  const listing = { files: [file('six-1.0.tar.gz', { uploadedAt: null, requiresPython: `>=3${' '.repeat(900)},<4` })] };
  expect(chooseVersions(listing, six, 'all')).toMatchObject([{ releasedMs: null, requiresPython: null }]);
});

test('all are all that have a source distribution, the newest first', () => {
  const listing = { files: [...sdists('1.0', '3.0').files, file('six-2.0-py3-none-any.whl')] };
  expect(chosen(listing, 'all')).toEqual(['3.0', '1.0']);
});

test('what the index does not have is refused with the nearest that it has', () => {
  const listing = { files: [...sdists('1.0', '1.1', '2.0', '3.0', '4.0').files, file('six-2.5-py3-none-any.whl')] };
  expect(refusal(listing, v('2.1'))).toBe(
    'The index has no version 2.1 of six. The nearest that can be built: 1.1, 2.0, 3.0, 4.0.',
  );
  expect(refusal(listing, v('9.9'))).toBe(
    'The index has no version 9.9 of six. The nearest that can be built: 3.0, 4.0.',
  );
  expect(refusal(listing, v('2.5'))).toMatch(/^six 2\.5 has no source distribution, only wheels\./);
});

test('an unknown package, one of wheels alone and one that is all yanked are told apart', () => {
  expect(refusal(undefined, 'newest')).toMatch(/^The index has no package six\./);
  expect(refusal({ files: [file('six-1.0-py3-none-any.whl')] }, 'newest')).toMatch(
    /^six has no source distribution, only wheels: there is nothing to build\./,
  );
  expect(refusal({ files: [file('six-1.0.tar.gz', { yanked: true })] }, 'newest')).toBe(
    'Every version of six that has a source distribution is yanked. Name one to build it all the same: piw-add six 1.0',
  );
});
