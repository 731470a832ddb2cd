import { expect, test } from 'vitest';
import { mergePages } from './merge-pages.ts';
import { active } from './project-file.ts';
import { listedFile } from './testing/listed-file.ts';

test('a merged page has the files of both, and of one filename upstream’s', () => {
  const ours = (filename: string) =>
    listedFile(filename, { url: `../../packages/${filename}`, sha256: 'aa'.repeat(32) });
  const [both, own, theirs] = ['foo-1.0-py3-none-any.whl', 'foo-1.0-cp311-cp311-linux_armv7l.whl', 'foo-1.0.tar.gz'];
  const told = { status: 'archived', statusReason: 'use bar' } as const;
  const merged = mergePages(
    { name: 'foo', files: [ours(both), ours(own)], versions: ['1.0', '0.9'], ...active },
    { files: [listedFile(both, { yanked: true }), listedFile(theirs)], versions: ['1.0', '2.0'], ...told },
  );
  expect(merged).toEqual({
    ...{ name: 'foo', versions: ['1.0', '0.9', '2.0'], ...told },
    files: [listedFile(both, { yanked: true }), ours(own), listedFile(theirs)],
  });
});
