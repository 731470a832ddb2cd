import { expect, test } from 'vitest';
import { admitsVersion, parseSpecifier } from './specifier.ts';

/** Each as `packaging` judges it, pre-releases admitted. */
test.each([
  ['', '1.0', true],
  ['>=1.0', '1.0.0', true],
  ['>=1.0', '1.0rc1', false],
  ['>=1.0', '1.0+local', true],
  ['<=1.0', '1.0+local', true],
  ['==1.0', '1.0.0+local', true],
  ['==1.0+local', '1.0', false],
  ['==1.0+Local.01', '1.0+local.1', true],
  ['!=1.0', '1.0+local', false],
  ['>1.0', '1.0.post1', false],
  ['>1.0.post0', '1.0.post1', true],
  ['>1.0', '1.0+local', false],
  ['>1.0', '1.0.post1.dev2', false],
  ['>1.0a1', '1.0.post1', true],
  ['>1.0.dev1', '1.0.post1', true],
  ['>1.0', '1.0.1+local', true],
  ['<1.0', '1.0rc1', false],
  ['<1.0rc2', '1.0rc1', true],
  ['<1.0.post1', '1.0.dev1', true],
  ['<1.0.post1', '1.0.post1.dev2', false],
  ['<1.0', '0.9.post1', true],
  ['==1.0.*', '1', true],
  ['==1.0.*', '1.0rc1', true],
  ['==1.0.*', '1.0.post3+local', true],
  ['==1.0.*', '1.1', false],
  ['!=1.0.*', '1.0.9', false],
  ['==1!1.*', '1.5', false],
  ['~=1.4', '1.9', true],
  ['~=1.4', '2.0', false],
  ['~=1.4.5a4', '1.4.9', true],
  ['~=1.4.5a4', '1.5', false],
  ['~=2.2.post3', '2.2', false],
  ['~=2.2.post3', '2.9', true],
  ['===1.0', '1.0.0', false],
  ['===1.0RC1', '1.0rc1', true],
  ['>=1.0, <2, !=1.5.*,', '1.6', true],
  ['>=1.0, <2, !=1.5.*', '1.5.2', false],
  ['>=1.20240101123456789012', '1.20240101123456789011', false],
])('the specifier %j admits %s: %j', (specifier, version, admitted) => {
  expect(admitsVersion(specifier, version)).toBe(admitted);
});

test.each([
  '1.0',
  '>= ',
  '=1.0',
  '>=1.0.*',
  '~=1',
  '~=1.0.*',
  '>=1.0+local',
  '==1.0.dev1.*',
  '==1.0rc1.*',
  '==1.0.post1.*',
  '==1.0+local.*',
  '>=latest',
  '>=1.0 <2',
  '>=1.0;',
  '>=(1.0)',
  `>=1.0${','.repeat(5000)}`,
])('%j is no specifier, and admits nothing', (text) => {
  expect(parseSpecifier(text)).toBeUndefined();
  expect(admitsVersion(text, '1.0')).toBe(false);
});
