import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { armAttributes, runsOnArmv6 } from './arm-attributes.ts';
import { armElf, armv6, armv7, neon } from './testing/arm-elf.ts';
import { makeElf } from './testing/make-elf.ts';

const runs = (plan: Parameters<typeof armElf>[0]): boolean | undefined => {
  const attributes = armAttributes(armElf(plan));
  return attributes && runsOnArmv6(attributes);
};

test('code that the compiler made for the first Raspberry Pi runs there', () => {
  expect(armAttributes(armElf(armv6))).toEqual({ cpuArch: 6, thumbUse: 1, fpArch: 2, simdArch: 0 });
  expect(runs(armv6)).toBe(true);
  expect(runs({ ...armv6, 6: 7 })).toBe(true);
  expect(runs({ ...armv6, 6: 9 })).toBe(true);
});

test('code for ARMv7, with NEON, Thumb-2 or VFPv3 does not', () => {
  expect(runs(armv7)).toBe(false);
  expect(runs(neon)).toBe(false);
  expect(runs({ ...armv6, 9: 2 })).toBe(false);
  expect(runs({ ...armv6, 10: 3 })).toBe(false);
  expect(runs({ ...armv6, 6: 8 })).toBe(false);
});

test('attributes that are texts are passed over', () => {
  expect(runs({ 4: 'arm1176jzf-s', 65: '2.09', 67: 'ARM v6', ...armv6 })).toBe(true);
});

test('code that does not say what it was made for is not trusted to run', () => {
  expect(runs(null)).toBeUndefined();
  expect(armAttributes(makeElf())).toBeUndefined();
  expect(armAttributes(Buffer.from('no ELF file'))).toBeUndefined();
});

test('a file whose attributes lie is not understood, and harms nobody', () => {
  const elf = armElf(armv6);
  const read = fc.property(fc.nat(elf.length - 1), fc.nat(255), (at, byte) => {
    const bent = Buffer.from(elf);
    bent[at] = byte;
    armAttributes(bent);
    armAttributes(bent.subarray(0, at));
  });
  expect(fc.check(read)).toMatchObject({ failed: false, counterexample: null });
});
