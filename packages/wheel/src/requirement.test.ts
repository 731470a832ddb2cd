import { expect, test } from 'vitest';
import { parseRequirement, requirementName } from './requirement.ts';

const plain = { extras: [], specifier: '', url: null, marker: null };

test.each([
  ['setuptools', { name: 'setuptools' }],
  ['  Foo.Bar  ', { name: 'foo-bar' }],
  ['setuptools>=40.8.0', { name: 'setuptools', specifier: '>=40.8.0' }],
  ['numpy >= 1.20 , != 1.21.0', { name: 'numpy', specifier: '>= 1.20,!= 1.21.0' }],
  ['numpy (>=1.20,<2)', { name: 'numpy', specifier: '>=1.20,<2' }],
  ['numpy==1.*', { name: 'numpy', specifier: '==1.*' }],
  ['requests[socks, Use_Chardet]', { name: 'requests', extras: ['socks', 'use-chardet'] }],
  ['foo[];python_version<"3"', { name: 'foo', marker: 'python_version<"3"' }],
  [
    'tomli>=1.1.0 ; python_version < "3.11" and extra == \'x\'',
    { name: 'tomli', specifier: '>=1.1.0', marker: 'python_version < "3.11" and extra == \'x\'' },
  ],
  [
    'pip @ https://files.example/pip-1.0.zip;a#sha1=da ; os_name == "nt"',
    { name: 'pip', url: 'https://files.example/pip-1.0.zip;a#sha1=da', marker: 'os_name == "nt"' },
  ],
  ['pip[x]@https://files.example/pip.whl', { name: 'pip', extras: ['x'], url: 'https://files.example/pip.whl' }],
])('the requirement %j is understood', (text, expected) => {
  expect(parseRequirement(text)).toEqual({ ...plain, ...expected });
});

test.each([
  '',
  '>=1.0',
  '-e .',
  './local',
  'foo bar',
  'foo>=',
  'foo[a b]',
  'foo[a',
  'foo;',
  'foo @',
  'foo @ https://a.example b',
  'https://files.example/foo.whl',
  'foo>=1.0 --hash=sha256:00',
  `foo${'o'.repeat(5000)}`,
])('%j is no requirement', (text) => {
  expect(parseRequirement(text)).toBeUndefined();
});

test('the name of a requirement is canonical', () => {
  expect(requirementName('Flit_Core >=3.2,<4')).toBe('flit-core');
});
