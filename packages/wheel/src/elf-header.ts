import { ElfError, type PartialFile } from './elf-bytes.ts';

/** Reads the integers of an ELF file as its class and byte order have them. */
export interface ElfHeader {
  readonly bits: 32 | 64;
  readonly byteOrder: 'little' | 'big';
  /** e_machine, by number. */
  readonly machine: number;
  /** e_flags: on ARM, the ABI that calls follow. */
  readonly flags: number;
  readonly segments: { readonly offset: number; readonly size: number; readonly count: number };
}

const magic = 0x7f454c46;

/** Whether these bytes begin an ELF file. */
export const startsElf = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;

/** The ELF header (gABI 4.1, "ELF Header"); ElfError where it is none. */
export function elfHeader(file: PartialFile): ElfHeader {
  const ident = file.view(0, 16);
  const [elfClass, encoding] = [ident.getUint8(4), ident.getUint8(5)];
  if (ident.getUint32(0) !== magic) throw new ElfError('does not begin as an ELF file');
  if ((elfClass !== 1 && elfClass !== 2) || (encoding !== 1 && encoding !== 2))
    throw new ElfError('has an unknown class or byte order');
  const little = encoding === 1;
  const wide = elfClass === 2;
  const header = file.view(0, wide ? 64 : 52);
  const [afterAddresses, segments] = wide
    ? [48, Number(header.getBigUint64(32, little))]
    : [36, header.getUint32(28, little)];
  return {
    bits: wide ? 64 : 32,
    byteOrder: little ? 'little' : 'big',
    machine: header.getUint16(18, little),
    flags: header.getUint32(afterAddresses, little),
    segments: {
      offset: segments,
      size: header.getUint16(afterAddresses + 6, little),
      count: header.getUint16(afterAddresses + 8, little),
    },
  };
}

/** A view of numbers as this file writes them; `word` is 4 or 8 bytes by its class. */
export interface Numbers {
  readonly length: number;
  uint32(at: number): number;
  word(at: number): number;
}

/** Numbers in the file from an offset, of its class and byte order. */
export function numbersAt(file: PartialFile, header: ElfHeader, offset: number, length: number): Numbers {
  const view = file.view(offset, length);
  const little = header.byteOrder === 'little';
  return {
    length,
    uint32: (at) => view.getUint32(at, little),
    word: (at) => (header.bits === 64 ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little)),
  };
}
