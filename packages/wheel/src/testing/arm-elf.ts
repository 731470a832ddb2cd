import { Buffer } from 'node:buffer';
import { makeElf } from './make-elf.ts';

/** Attributes by tag, as Arm's ABI has them; 6 is the architecture, 9 Thumb, 10 floating point, 12 SIMD. */
export type ArmPlan = Readonly<Record<number, number | string>>;

/** An ARM shared object that says this of itself; null leaves the section out. */
export function armElf(plan: ArmPlan | null): Buffer {
  const elf = makeElf({ machine: 40, bits: 32 });
  if (plan === null) return elf;
  const attributes = attributesSection(plan);
  const section = Buffer.alloc(40);
  section.writeUInt32LE(0x70000003, 4);
  section.writeUInt32LE(elf.length, 16);
  section.writeUInt32LE(attributes.length, 20);
  const whole = Buffer.concat([elf, attributes, section]);
  whole.writeUInt32LE(elf.length + attributes.length, 32);
  whole.writeUInt16LE(40, 46);
  whole.writeUInt16LE(1, 48);
  return whole;
}

/** What the assembler writes for -march=armv6+fp, -march=armv7-a, and -mfpu=neon. */
export const armv6: ArmPlan = { 5: 'ARM v6', 6: 6, 8: 1, 9: 1, 10: 2, 14: 0 };
export const armv7: ArmPlan = { 5: '7-A', 6: 10, 7: 65, 8: 1, 9: 2, 10: 4 };
export const neon: ArmPlan = { ...armv6, 12: 1 };

function attributesSection(plan: ArmPlan): Buffer {
  const attributes = Buffer.concat(Object.entries(plan).map(([tag, value]) => attribute(Number(tag), value)));
  const file = Buffer.concat([Buffer.from([1]), int(attributes.length + 5), attributes]);
  const vendor = Buffer.concat([Buffer.from('aeabi\0'), file]);
  return Buffer.concat([Buffer.from('A'), int(vendor.length + 4), vendor]);
}

const attribute = (tag: number, value: number | string): Buffer =>
  Buffer.concat([Buffer.from([tag]), typeof value === 'string' ? Buffer.from(`${value}\0`) : Buffer.from([value])]);

function int(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
