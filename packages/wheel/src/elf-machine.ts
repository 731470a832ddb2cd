/** A family of machines by its name in elf.h, in lower case without EM_; `machine-N` where this list has none. */
export type ElfMachine = string;

const names: ReadonlyMap<number, ElfMachine> = new Map([
  [2, 'sparc'],
  [3, '386'],
  [8, 'mips'],
  [20, 'ppc'],
  [21, 'ppc64'],
  [22, 's390'],
  [40, 'arm'],
  [43, 'sparcv9'],
  [62, 'x86_64'],
  [183, 'aarch64'],
  [243, 'riscv'],
  [258, 'loongarch'],
]);

/** The machine of an ELF file by its e_machine. */
export const elfMachine = (number: number): ElfMachine => names.get(number) ?? `machine-${number}`;

/** What code an ELF file holds. */
export interface ElfKind {
  readonly machine: ElfMachine;
  readonly bits: 32 | 64;
  readonly byteOrder: 'little' | 'big';
}

const little32 = (machine: ElfMachine): ElfKind => ({ machine, bits: 32, byteOrder: 'little' });
const little64 = (machine: ElfMachine): ElfKind => ({ machine, bits: 64, byteOrder: 'little' });
const big64 = (machine: ElfMachine): ElfKind => ({ machine, bits: 64, byteOrder: 'big' });

/** What runs on the machine that a platform tag ends in (PEP 425, 600, 656). */
const kinds: readonly (readonly [machine: string, kind: ElfKind])[] = [
  ['x86_64', little64('x86_64')],
  ['i386', little32('386')],
  ['i586', little32('386')],
  ['i686', little32('386')],
  ['aarch64', little64('aarch64')],
  ['armv6l', little32('arm')],
  ['armv7l', little32('arm')],
  ['armv8l', little32('arm')],
  ['riscv32', little32('riscv')],
  ['riscv64', little64('riscv')],
  ['loongarch64', little64('loongarch')],
  ['ppc64le', little64('ppc64')],
  ['ppc64', big64('ppc64')],
  ['s390x', big64('s390')],
];

/**
 * Whether an ELF file is for the machine of a platform tag, `linux_armv7l` or `manylinux_2_28_x86_64`; undefined where the
 * platform is `any` or of a machine that is not known here. ARMv6 and ARMv7 are not told apart: e_machine does not.
 */
export function elfMachineFits(elf: ElfKind, platform: string): boolean | undefined {
  const kind = kinds.find(([machine]) => platform.endsWith(`_${machine}`))?.[1];
  return kind && kind.machine === elf.machine && kind.bits === elf.bits && kind.byteOrder === elf.byteOrder;
}
