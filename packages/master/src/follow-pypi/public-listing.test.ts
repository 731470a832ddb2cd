import { packageName } from '@piw/wheel/package-name';
import { expect, test } from 'vitest';
import { publicListing } from './public-listing.ts';

const demo = packageName.parse('demo');
const listing = (versions: string[]) =>
  publicListing(demo, { files: [], versions, status: 'active', statusReason: null }).versions;

test('versions are passed on as they are written, old ones too', () => {
  expect(listing(['1.0', '2.0rc1', '2004d', '1!2.0+local.1', '1.0-1'])).toEqual([
    ...['1.0', '2.0rc1', '2004d', '1!2.0+local.1', '1.0-1'],
  ]);
});

test('what is no version is not passed on: markup, paths, halves of characters', () => {
  expect(listing(['1.0', '<script>alert(4)</script>', '../../etc', '\ud800', '1.0\u0007', ''])).toEqual(['1.0']);
});
