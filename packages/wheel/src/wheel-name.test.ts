import { expect, test } from 'vitest';
import { formatWheelName, parseWheelName } from './wheel-name.ts';

test('a filename tells name, version and tags', () => {
  expect(parseWheelName('PyYAML-6.0.2-cp311-cp311-linux_aarch64.whl')).toEqual({
    name: 'pyyaml',
    rawName: 'PyYAML',
    version: '6.0.2',
    buildTag: null,
    tags: ['cp311-cp311-linux_aarch64'],
  });
});

test('a filename may have a build tag', () => {
  expect(parseWheelName('six-1.17.0-2farm-py2.py3-none-any.whl')).toMatchObject({
    buildTag: '2farm',
    tags: ['py2-none-any', 'py3-none-any'],
  });
});

test.each([
  ['zope.interface-5.0-cp38-cp38-linux_armv7l.whl', 'zope-interface', '5.0'],
  ['foo_bar-1.0_1-py3-none-any.whl', 'foo-bar', '1.0.post1'],
  ['torch-2.0.0+cpu.cxx11-cp311-cp311-linux_x86_64.whl', 'torch', '2.0.0+cpu.cxx11'],
  ['foo-1!2.0-py3-none-any.whl', 'foo', '1!2.0'],
])('%s is understood', (filename, name, version) => {
  expect(parseWheelName(filename)).toMatchObject({ name, version });
});

test.each([
  'six-1.17.0.tar.gz',
  'six-1.17.0-py3-none.whl',
  'six-1.17.0-build-py3-none-any.whl',
  'six-latest-py3-none-any.whl',
  'six-1.0-py3-none-any.WHL',
  '../six-1.0-py3-none-any.whl',
  'a/six-1.0-py3-none-any.whl',
  'six-1.0-py3-none-any.whl\n',
  '-1.0-py3-none-any.whl',
  '_six-1.0-py3-none-any.whl',
  `six-1.0-py3-none-${'any'.repeat(200)}.whl`,
])('%j is no filename of a wheel', (filename) => {
  expect(parseWheelName(filename)).toBeUndefined();
});

test.each(['PyYAML-6.0.2-cp311-cp311-linux_aarch64.whl', 'six-1.17.0-1-py2.py3-none-any.whl'])(
  '%s survives being read and written',
  (filename) => {
    expect(formatWheelName(parseWheelName(filename)!)).toBe(filename);
  },
);

test('a stamped build tag stands after the version', () => {
  const six = parseWheelName('six-1.17.0-py2.py3-none-any.whl')!;
  expect(formatWheelName({ ...six, buildTag: '1' })).toBe('six-1.17.0-1-py2.py3-none-any.whl');
});

test('tags that make no compressed set make no filename', () => {
  const six = parseWheelName('six-1.17.0-py2.py3-none-any.whl')!;
  expect(() => formatWheelName({ ...six, tags: ['py3-none-any', 'cp311-cp311-any'] })).toThrow(RangeError);
});
