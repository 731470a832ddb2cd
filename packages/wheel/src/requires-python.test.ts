import { satisfies, validRange } from '@renovatebot/pep440';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admitsPython } from './requires-python.ts';

test.each([
  ['>=3.8', '3.11.2', true],
  ['>=3.12', '3.11.2', false],
  ['>=2.7, !=3.0.*, !=3.1.*', '3.1.4', false],
  ['>=2.7,!=3.0.*,!=3.1.*,', '3.11.2', true],
  ['<4.0,>=3.8', '3.9.16', true],
  ['~=3.9', '3.11.2', true],
  ['~=3.9.1', '3.11.2', false],
  ['<3.11', '3.11.2', false],
  ['>3.11', '3.11.2', true],
  ['==3.*', '3.11.2', true],
  ['>=3.13', '3.13.0rc1', true],
  ['<3.12', '3.11.2+', true],
  ['===3.11.2', '3.11.2', true],
])('Requires-Python %s admits Python %s: %j', (specifier, python, admitted) => {
  expect(admitsPython(specifier, python)).toBe(admitted);
});

test.each([null, '', ' , ', '>=3.6.*', 'three', '>= '])('Requires-Python %j is no hindrance', (specifier) => {
  expect(admitsPython(specifier, '3.11.2')).toBe(true);
});

test('nothing is said against a Python whose version is unknown', () => {
  expect(admitsPython('>=3.8', '')).toBe(true);
});

const numbers = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('.'));
const operators = fc.constantFrom('>=', '<=', '==', '!=', '<', '>', '~=', '== ');
const clause = fc.tuple(operators, numbers, fc.constantFrom('', '', '.*')).map((parts) => parts.join(''));
const python = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }).map((parts) => parts.join('.'));

test('any specifier of numbers is judged as the whole of PEP 440 judges it', () => {
  fc.assert(
    fc.property(fc.array(clause, { minLength: 1, maxLength: 3 }), python, (clauses, version) => {
      const specifier = clauses.join(',');
      expect(admitsPython(specifier, version)).toBe(!validRange(specifier) || satisfies(version, specifier));
    }),
  );
});
