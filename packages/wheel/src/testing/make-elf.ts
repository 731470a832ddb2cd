import { Buffer } from 'node:buffer';

/** An ELF shared object to be made: x86-64 unless a field says otherwise. */
export interface ElfPlan {
  readonly machine?: number;
  readonly bits?: 32 | 64;
  readonly byteOrder?: 'little' | 'big';
  readonly flags?: number;
  readonly soname?: string;
  readonly needed?: readonly string[];
  readonly runpath?: string;
  readonly rpath?: string;
  /** Bytes between the headers and the dynamic section, and between that and the names. */
  readonly padding?: readonly [number, number];
}

const address = 0x1000;

/** The bytes of a shared object that has headers, a dynamic section and its names, and no code (gABI 4 and 5). */
export function makeElf(plan: ElfPlan = {}): Buffer {
  const wide = plan.bits !== 32;
  const writer = numberWriter(wide, plan.byteOrder !== 'big');
  const [beforeDynamic, beforeNames] = plan.padding ?? [0, 0];
  const headerBytes = wide ? 64 + 2 * 56 : 52 + 2 * 32;
  const { names, tagged } = nameTable(plan);
  const word = wide ? 8 : 4;
  const dynamicAt = headerBytes + beforeDynamic;
  const dynamicBytes = (tagged.length + 3) * 2 * word;
  const namesAt = dynamicAt + dynamicBytes + beforeNames;
  const entries = [...tagged, [5, address + namesAt], [10, names.length], [0, 0]].flat();
  const whole = namesAt + names.length;
  return Buffer.concat([
    elfHeader(plan, wide, writer),
    segment(writer, wide, 1, 0, address, whole),
    segment(writer, wide, 2, dynamicAt, address + dynamicAt, dynamicBytes),
    Buffer.alloc(beforeDynamic),
    ...entries.map(writer.word),
    Buffer.alloc(beforeNames),
    names,
  ]);
}

interface NumberWriter {
  readonly half: (value: number) => Buffer;
  readonly int: (value: number) => Buffer;
  readonly word: (value: number) => Buffer;
}

function numberWriter(wide: boolean, little: boolean): NumberWriter {
  const written = (bytes: number) => (value: number) => {
    const buffer = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at++) buffer[little ? at : bytes - 1 - at] = Math.floor(value / 256 ** at) % 256;
    return buffer;
  };
  return { half: written(2), int: written(4), word: written(wide ? 8 : 4) };
}

function elfHeader(plan: ElfPlan, wide: boolean, { half, int, word }: NumberWriter): Buffer {
  const ident = [0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, plan.byteOrder === 'big' ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const headerBytes = wide ? 64 : 52;
  const kind = [half(3), half(plan.machine ?? 62), int(1), word(0), word(headerBytes), word(0), int(plan.flags ?? 0)];
  const sizes = [headerBytes, wide ? 56 : 32, 2, 0, 0, 0].map(half);
  return Buffer.concat([Buffer.from(ident), ...kind, ...sizes]);
}

function segment(
  { int, word }: NumberWriter,
  wide: boolean,
  type: number,
  offset: number,
  at: number,
  size: number,
): Buffer {
  const place = [word(offset), word(at), word(at), word(size), word(size)];
  const fields = wide ? [int(type), int(4), ...place] : [int(type), ...place, int(4)];
  return Buffer.concat([...fields, word(8)]);
}

/** The dynamic string table, and the dynamic entries that point into it. */
function nameTable(plan: ElfPlan): { names: Buffer; tagged: [tag: number, offset: number][] } {
  let names = '\0';
  const tagged: [number, number][] = [];
  const add = (tag: number, name: string | undefined) => {
    if (name === undefined) return;
    tagged.push([tag, names.length]);
    names += `${name}\0`;
  };
  for (const name of plan.needed ?? []) add(1, name);
  add(14, plan.soname);
  add(15, plan.rpath);
  add(29, plan.runpath);
  return { names: Buffer.from(names), tagged };
}
