import { compare, parse } from '@renovatebot/pep440';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareVersions,
  isPrerelease,
  parseVersion,
  sameVersion,
  type Version,
  version,
  versionKey,
} from './version.ts';

test.each([
  ['v1.0', '1.0'],
  [' 1.0-BETA.2 ', '1.0b2'],
  ['1.0alpha', '1.0a0'],
  ['1.0c3', '1.0rc3'],
  ['1.0_preview-4', '1.0rc4'],
  ['1.0-1', '1.0.post1'],
  ['1.0r2', '1.0.post2'],
  ['1.0a-1', '1.0a1'],
  ['1.0DEV', '1.0.dev0'],
  ['01.002', '1.2'],
  ['0!1.0', '1.0'],
  ['2!1.0.post3.dev4', '2!1.0.post3.dev4'],
  ['1.0+Ubuntu-01_x', '1.0+ubuntu.1.x'],
  ['1.0+1e5', '1.0+1e5'],
  ['0.0.20240101123456789012', '0.0.20240101123456789012'],
])('the version %j is written %s', (text, canonical) => {
  expect(parseVersion(text)).toBe(canonical);
});

test.each(['', '1.0-', '1.x', '1.0+', '1.0+a..b', 'latest', '1.0 .1', '١.٠', '1.'.repeat(200) + '1'])(
  '%j is no version',
  (text) => {
    expect(parseVersion(text)).toBeUndefined();
  },
);

test('what is no version is refused with an example of one', () => {
  expect(version.safeParse('latest').error?.issues[0]?.message).toContain('like 1.0, 2.1rc1');
});

test('versions stand in the order of PEP 440, and what is none before them', () => {
  const ordered = [
    '1.0-unknown',
    'latest',
    '1.0.dev1',
    '1.0a1.dev1',
    '1.0a1',
    '1.0a1.post1.dev1',
    '1.0a1.post1',
    '1.0b1',
    '1.0rc1',
    '1.0',
    '1.0+abc.5',
    '1.0+abc.7',
    '1.0+5',
    '1.0+5.1',
    '1.0.post0.dev1',
    '1.0.post0',
    '1.0.15',
    '1.1.dev1',
    '1.20240101123456789012',
    '1.20240101123456789013',
    '1!0.1',
  ];
  expect(ordered.toReversed().sort(compareVersions)).toEqual(ordered);
});

test('1.0 and 1.0.0 are one version, 1.0 and 1.0.post0 are two', () => {
  expect(sameVersion('1.0', '1.0.0')).toBe(true);
  expect(sameVersion('1.0', '1.0.post0')).toBe(false);
  expect(sameVersion('latest', 'latest')).toBe(true);
  expect(sameVersion('latest', 'Latest')).toBe(false);
});

test.each([
  ['1.0', false],
  ['1.0.post1', false],
  ['1.0rc1', true],
  ['1.0.dev1', true],
  ['1.0.post1.dev2', true],
  ['1.0+dev', false],
])('whether %s is a pre-release: %j', (text, expected) => {
  expect(isPrerelease(text as Version)).toBe(expected);
});

const number = fc.integer({ min: 0, max: 12 }).map(String);
const maybe = (part: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), part);
const separator = fc.constantFrom('', '.', '-', '_');
const anyVersion = fc
  .tuple(
    maybe(fc.tuple(number, fc.constant('!')).map((parts) => parts.join(''))),
    fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
    maybe(
      fc.tuple(separator, fc.constantFrom('a', 'Beta', 'rc', 'pre'), separator, maybe(number)).map((p) => p.join('')),
    ),
    maybe(fc.tuple(separator, fc.constantFrom('post', 'REV', 'r'), separator, maybe(number)).map((p) => p.join(''))),
    maybe(fc.tuple(separator, fc.constant('dev'), separator, maybe(number)).map((p) => p.join(''))),
    maybe(
      fc
        .array(fc.constantFrom('0', '1', '07', '12', 'abc', 'Z'), { minLength: 1, maxLength: 3 })
        .map((p) => `+${p.join('.')}`),
    ),
  )
  .map((parts) => parts.join(''));

test('any two versions compare as another implementation of PEP 440 says', () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, (a, b) => {
      expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(compare(a, b)));
    }),
  );
});

test('the canonical text of a version means that version and is its own canonical text', () => {
  fc.assert(
    fc.property(anyVersion, (text) => {
      const canonical = parseVersion(text) ?? '';
      expect(parse(canonical)).toEqual(parse(text));
      expect(parseVersion(canonical)).toBe(canonical);
    }),
  );
});

test('two texts have one key exactly where they mean one version, whatever zeros end their releases', () => {
  const key = (text: string): string => versionKey(version.parse(text));
  const withZeros = (text: string): string => text.replace(/^(?:\d+!)?\d+(?:\.\d+)*/, '$&.0.0');
  fc.assert(
    fc.property(anyVersion, anyVersion, (a, b) => {
      expect(key(withZeros(a))).toBe(key(a));
      expect(key(a) === key(b)).toBe(sameVersion(a, b));
      expect(key(withZeros(a)) === key(b)).toBe(sameVersion(a, b));
    }),
  );
});
