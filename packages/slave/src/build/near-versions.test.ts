import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { expect, test } from 'vitest';
import { nearVersions } from './near-versions.ts';

const file = (name: string, yanked: string | null = null) => ({
  filename: `p-${name}.tar.gz`,
  url: `https://index.example/p-${name}.tar.gz`,
  ...{ sha256: null, sizeBytes: null, uploadedAt: null, metadataSha256: null, requiresPython: null, provenance: null },
  yanked,
});
const listings = [
  { files: ['1.9', '1.10', '2.0', '3.0', '4.0'].map((each) => file(each)) },
  { files: [file('1.10'), file('2.1', 'bad')] },
];

test.each([
  ['99', ['4.0', '3.0', '2.0']],
  ['2.1', ['3.0', '2.0', '1.10']],
  ['1.9.1', ['2.0', '1.10', '1.9']],
  ['0.1', ['2.0', '1.10', '1.9']],
])('near %s are %j', (wanted, near) => {
  expect(nearVersions(listings, packageName.parse('p'), version.parse(wanted))).toEqual(near);
});
