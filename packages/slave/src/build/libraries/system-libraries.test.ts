import { expect, test } from 'vitest';
import { findDependencies } from './find-dependencies.ts';
import { parseLoaderCache } from './loader-libraries.ts';
import { ownersInDpkg } from './owning-packages.ts';

const cache = `3 libs found in cache \`/etc/ld.so.cache'
\tlibz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1
\tlibz.so.1 (libc6) => /lib/i386-linux-gnu/libz.so.1
\tlibm.so.6 (libc6, OS ABI: Linux 3.2.0) => /lib/i386-linux-gnu/libm.so.6
\tlibr.so.1 (libc6,double-float) => /lib/riscv64-linux-gnu/libr.so.1
\tlibr.so.1 (libc6,double-float) => /opt/older/libr.so.1
`;

test('the library of the right word size is found', () => {
  expect(parseLoaderCache(cache, 64).get('libz.so.1')).toBe('/lib/x86_64-linux-gnu/libz.so.1');
  expect(parseLoaderCache(cache, 32).get('libz.so.1')).toBe('/lib/i386-linux-gnu/libz.so.1');
});

test('a cache that does not tell the word size is believed, and its first library is the one that loads', () => {
  expect(parseLoaderCache(cache, 64).get('libr.so.1')).toBe('/lib/riscv64-linux-gnu/libr.so.1');
});

test('packages of libraries are read from dpkg, diversions aside', () => {
  const said = `zlib1g:amd64: /lib/x86_64-linux-gnu/libz.so.1.2.13
libc6:amd64, libc6:i386: /lib/ld.so
diversion by libgl from: /usr/lib/libGL.so
ca-certificates: /etc/ssl/certs
`;
  expect(Object.fromEntries(ownersInDpkg(said))).toEqual({
    '/lib/x86_64-linux-gnu/libz.so.1.2.13': 'zlib1g',
    '/lib/ld.so': 'libc6',
    '/etc/ssl/certs': 'ca-certificates',
  });
});

test('the C library of this system is no dependency, and a library that nobody has is told', async () => {
  const needed = ['libc.so.6', 'libgcc_s.so.1', 'libnowhere.so.9'];
  const elf = {
    path: 'a.so',
    needed,
    runpath: [],
    soname: null,
    bits: 64,
    machine: 'x86_64',
    flags: 0,
    byteOrder: 'little',
  } as const;
  const { unresolved, ...packages } = await findDependencies({ elf: [elf] }, new AbortController().signal);
  expect(unresolved).toContain('libnowhere.so.9');
  expect(Object.values(packages).flat().join(' ')).not.toMatch(/\b(?:libc6|libgcc|glibc|musl)\b/);
});
