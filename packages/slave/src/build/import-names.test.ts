import { expect, test } from 'vitest';
import { importNames } from './import-names.ts';

const elf = (path: string) =>
  ({
    path,
    machine: 'x86_64',
    bits: 64,
    byteOrder: 'little',
    flags: 0,
    soname: null,
    needed: [],
    runpath: [],
  }) as const;

test('extension modules are imported by name, and libraries are not', () => {
  const names = importNames({
    modules: ['pkg', '_top'],
    elf: [
      elf('pkg/_fast.cpython-311-x86_64-linux-gnu.so'),
      elf('pkg/sub/_stable.abi3.so'),
      elf('pkg/_pp.pypy39-pp73-x86_64-linux-gnu.so'),
      elf('_top.so'),
      elf('pkg-1.0.data/platlib/pkg/_data.so'),
      elf('pkg.libs/libz-1a2b.so.1'),
      elf('elsewhere/_x.so'),
    ],
  });
  expect(names).toEqual(['pkg', '_top', 'pkg._fast', 'pkg.sub._stable', 'pkg._pp', 'pkg._data']);
});
