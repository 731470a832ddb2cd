import { UsageError } from '@piw/host/operator-error';
import { expect, test } from 'vitest';
import { parseWish } from './wishes.ts';

test('a wish names a package and perhaps a version, however they are spelled', () => {
  expect(parseWish('MarkupSafe == 3.0.02')).toEqual({ package: 'markupsafe', version: '3.0.2' });
  expect(parseWish('zope.interface')).toEqual({ package: 'zope-interface', version: null });
});

test.each(['', '==1', 'a b', 'six>=1', 'six==1==2', 'six==one'])('%j is refused as no wish', (text) => {
  expect(() => parseWish(text)).toThrow(UsageError);
});
