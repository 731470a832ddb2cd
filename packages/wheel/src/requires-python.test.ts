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
