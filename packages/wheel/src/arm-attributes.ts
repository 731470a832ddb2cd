import { ElfError, PartialFile } from './elf-bytes.ts';
import { elfHeader } from './elf-header.ts';

/**
 * What an ARM file was built for: the public attributes of vendor "aeabi" (Addenda to the ABI for the Arm Architecture,
 * section "Build Attributes"); those that a file doesn't have are 0.
 */
export interface ArmAttributes {
  /** Tag_CPU_arch: 6 is ARMv6, 7 ARMv6KZ, 8 ARMv6T2, 9 ARMv6K, 10 ARMv7. */
  readonly cpuArch: number;
  /** Tag_THUMB_ISA_use: 2 is Thumb-2. */
  readonly thumbUse: number;
  /** Tag_FP_arch: 2 is VFPv2. */
  readonly fpArch: number;
  /** Tag_Advanced_SIMD_arch: 0 is none. */
  readonly simdArch: number;
}

const sectionType = 0x70000003;
const mostSections = 10_000;
const mostBytes = 1 << 16;

/** The attributes of a 32-bit ARM file; undefined where it has none, or is no ELF file that can be understood. */
export function armAttributes(bytes: Uint8Array): ArmAttributes | undefined {
  try {
    const file = new PartialFile(bytes.length, [{ offset: 0, bytes }]);
    const { machine, bits, byteOrder } = elfHeader(file);
    const section = machine === 40 && bits === 32 ? attributesSection(file, byteOrder === 'little') : undefined;
    return section && readSection(new Reader(section, byteOrder === 'little'));
  } catch (error) {
    if (error instanceof ElfError) return undefined;
    throw error;
  }
}

/** Whether code with these attributes runs on every ARMv6 with VFPv2, as the first Raspberry Pi: no Thumb-2, no VFPv3, no NEON. */
export const runsOnArmv6 = ({ cpuArch, thumbUse, fpArch, simdArch }: ArmAttributes): boolean =>
  (cpuArch <= 7 || cpuArch === 9) && thumbUse <= 1 && fpArch <= 2 && simdArch === 0;

/** SHT_ARM_ATTRIBUTES, by the section headers (gABI 4, "Sections"). */
function attributesSection(file: PartialFile, little: boolean): DataView | undefined {
  const header = file.view(0, 52);
  const [offset, size, count] = [
    header.getUint32(32, little),
    header.getUint16(46, little),
    header.getUint16(48, little),
  ];
  if (count > mostSections || (count > 0 && size < 40)) throw new ElfError('has section headers beyond belief');
  for (let nth = 0; nth < count; nth++) {
    const section = file.view(offset + nth * size, 40);
    if (section.getUint32(4, little) !== sectionType) continue;
    const length = section.getUint32(20, little);
    if (length > mostBytes) throw new ElfError('has attributes beyond belief');
    return file.view(section.getUint32(16, little), length);
  }
  return undefined;
}

/** Version 'A', then sections of vendors, of which only the public one counts. */
function readSection(section: Reader): ArmAttributes | undefined {
  if (section.byte() !== 0x41) throw new ElfError('has attributes of an unknown version');
  while (!section.atEnd) {
    const vendor = section.sub(section.uint32() - 4);
    if (vendor.text() === 'aeabi') return readVendor(vendor);
  }
  return undefined;
}

/** Attributes of the whole file (Tag_File); those of single sections and symbols (2, 3) only narrow them, so any of them is refused. */
function readVendor(vendor: Reader): ArmAttributes {
  const found = new Map<number, number>();
  while (!vendor.atEnd) {
    const scope = vendor.uleb();
    const attributes = vendor.sub(vendor.uint32() - 5);
    if (scope !== 1) throw new ElfError('has attributes of parts of it');
    while (!attributes.atEnd) readAttribute(attributes, found);
  }
  const value = (tag: number) => found.get(tag) ?? 0;
  return { cpuArch: value(6), thumbUse: value(9), fpArch: value(10), simdArch: value(12) };
}

/** By its tag a value is a number, a text, or (Tag_compatibility, 32) both. */
function readAttribute(attributes: Reader, found: Map<number, number>): void {
  const tag = attributes.uleb();
  const isText = tag === 4 || tag === 5 || (tag > 32 && tag % 2 === 1);
  if (isText) attributes.text();
  else found.set(tag, attributes.uleb());
  if (tag === 32) attributes.text();
}

/** Bytes that are read from front to back; an ElfError where there are no more. */
class Reader {
  readonly #view: DataView;
  readonly #little: boolean;
  #at = 0;

  constructor(view: DataView, little: boolean) {
    this.#view = view;
    this.#little = little;
  }

  get atEnd(): boolean {
    return this.#at >= this.#view.byteLength;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), this.#little);
  }

  uleb(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new ElfError('has an attribute beyond belief');
  }

  text(): string {
    let text = '';
    for (let byte = this.byte(); byte !== 0; byte = this.byte()) text += String.fromCharCode(byte);
    return text;
  }

  /** The next so many bytes by themselves. */
  sub(length: number): Reader {
    if (length < 0) throw new ElfError('has attributes that end before they begin');
    const at = this.#take(length);
    return new Reader(new DataView(this.#view.buffer, this.#view.byteOffset + at, length), this.#little);
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#view.byteLength) throw new ElfError('has attributes that end too soon');
    this.#at += length;
    return at;
  }
}
