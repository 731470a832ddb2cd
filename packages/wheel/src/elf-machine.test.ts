import { expect, test } from 'vitest';
import { parseElf } from './elf.ts';
import { PartialFile } from './elf-bytes.ts';
import { elfMachineFits } from './elf-machine.ts';
import { type ElfPlan, makeElf } from './testing/make-elf.ts';

function elfOf(plan: ElfPlan) {
  const bytes = makeElf(plan);
  return parseElf(new PartialFile(bytes.length, [{ offset: 0, bytes }]));
}

test.each<[string, ElfPlan]>([
  ['linux_x86_64', { machine: 62 }],
  ['manylinux_2_28_x86_64', { machine: 62 }],
  ['manylinux2014_aarch64', { machine: 183 }],
  ['musllinux_1_2_aarch64', { machine: 183 }],
  ['linux_armv7l', { machine: 40, bits: 32 }],
  ['linux_armv6l', { machine: 40, bits: 32 }],
  ['linux_i686', { machine: 3, bits: 32 }],
  ['linux_riscv64', { machine: 243 }],
  ['linux_ppc64le', { machine: 21 }],
  ['linux_s390x', { machine: 22, byteOrder: 'big' }],
])('on %s its own code fits, and another machine does not', (platform, plan) => {
  expect(elfMachineFits(elfOf(plan), platform)).toBe(true);
  expect(elfMachineFits(elfOf({ ...plan, machine: 8 }), platform)).toBe(false);
  expect(elfMachineFits(elfOf({ ...plan, bits: plan.bits === 32 ? 64 : 32 }), platform)).toBe(false);
  expect(elfMachineFits(elfOf({ ...plan, byteOrder: plan.byteOrder === 'big' ? 'little' : 'big' }), platform)).toBe(
    false,
  );
});

test.each(['any', 'win_amd64', 'linux_vax'])('of %s nothing can be said', (platform) => {
  expect(elfMachineFits(elfOf({}), platform)).toBeUndefined();
});
