import { ElfError, MissingBytes, type PartialFile } from './elf-bytes.ts';
import { type ElfHeader, elfHeader, numbersAt } from './elf-header.ts';
import { type ElfKind, elfMachine } from './elf-machine.ts';

/** What an ELF file says of its machine, and of the libraries that it needs; `flags` is e_flags, the ABI on ARM. */
export interface Elf extends ElfKind {
  readonly flags: number;
  readonly soname: string | null;
  readonly needed: readonly string[];
  /** DT_RUNPATH, else DT_RPATH: the folders it searches, with $ORIGIN as it stands. */
  readonly runpath: readonly string[];
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
}

const tag = { null: 0, needed: 1, stringTable: 5, stringTableBytes: 10, soname: 14, rpath: 15, runpath: 29 };
const segmentType = { load: 1, dynamic: 2 };
/** Real files have 15 segments, 300 entries, 60 libraries, strings of a mebibyte. */
const most = {
  likelyBytes: 4 << 20,
  segments: 1000,
  dynamicBytes: 1 << 20,
  names: 1000,
  stringTableBytes: 64 << 20,
  textBytes: 4096,
};

/**
 * Reads an ELF file's header, segments and dynamic section (gABI chapters 4 and 5). ElfError where it lies, MissingBytes
 * where a part that counts is not at hand; sections are not looked at, as the loader does not.
 */
export function parseElf(file: PartialFile): Elf {
  const header = elfHeader(file);
  const dynamic = dynamicEntries(file, header);
  const text = (wanted: number) => {
    const offsets = dynamic.entries.filter(([each]) => each === wanted).map(([, offset]) => offset);
    bounded(offsets.length, most.names, 'names');
    return offsets.map(dynamic.text);
  };
  const [runpath = text(tag.rpath)[0] ?? ''] = text(tag.runpath);
  return {
    machine: elfMachine(header.machine),
    bits: header.bits,
    byteOrder: header.byteOrder,
    flags: header.flags,
    soname: text(tag.soname)[0] ?? null,
    needed: text(tag.needed),
    runpath: runpath.split(':').filter((folder) => folder !== ''),
  };
}

/** A part of a file: offset and length in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the rest of what parseElf needs is likely to be, given a file's beginning: the dynamic section, and the last
 * loaded segment, to whose end patchelf moves the names. None where the beginning is not understood.
 */
export function likelyRanges(file: PartialFile): Range[] {
  try {
    const segments = allSegments(file, elfHeader(file));
    const dynamic = segments.filter(({ type }) => type === segmentType.dynamic);
    const loaded = segments.filter(({ type }) => type === segmentType.load).sort((a, b) => a.offset - b.offset);
    return [...dynamic.slice(0, 1), ...loaded.slice(-1)]
      .map(({ offset, fileBytes }) => ({ offset, length: fileBytes }))
      .filter(({ offset, length }) => length <= most.likelyBytes && offset + length <= file.sizeBytes);
  } catch (error) {
    if (error instanceof ElfError || error instanceof MissingBytes) return [];
    throw error;
  }
}

interface Dynamic {
  readonly entries: readonly (readonly [tag: number, value: number])[];
  readonly text: (offset: number) => string;
}

/** The dynamic section; a static program, an object file and a file of debug information have none. */
function dynamicEntries(file: PartialFile, header: ElfHeader): Dynamic {
  const segments = allSegments(file, header);
  const dynamic = segments.find(({ type }) => type === segmentType.dynamic);
  if (dynamic === undefined || dynamic.fileBytes === 0) return { entries: [], text: () => '' };
  const word = header.bits / 8;
  const bytes = bounded(dynamic.fileBytes, most.dynamicBytes, 'a dynamic section');
  const numbers = numbersAt(file, header, dynamic.offset, bytes);
  const entries: [number, number][] = [];
  for (let at = 0; at + 2 * word <= bytes && numbers.word(at) !== tag.null; at += 2 * word)
    entries.push([numbers.word(at), numbers.word(at + word)]);
  return { entries, text: stringTable(file, segments, entries) };
}

function allSegments(file: PartialFile, header: ElfHeader): Segment[] {
  const { offset, size, count } = header.segments;
  const wide = header.bits === 64;
  if (count === 0) return [];
  if (size !== (wide ? 56 : 32)) throw new ElfError(`has program headers of ${size} bytes`);
  const table = numbersAt(file, header, offset, bounded(count, most.segments, 'program headers') * size);
  return Array.from({ length: count }, (_, nth) => {
    const at = nth * size;
    return wide
      ? {
          type: table.uint32(at),
          offset: table.word(at + 8),
          address: table.word(at + 16),
          fileBytes: table.word(at + 32),
        }
      : {
          type: table.uint32(at),
          offset: table.word(at + 4),
          address: table.word(at + 8),
          fileBytes: table.word(at + 16),
        };
  });
}

/** The dynamic string table is given by its address in memory; the segment that is loaded there tells its place in the file. */
function stringTable(file: PartialFile, segments: readonly Segment[], entries: Dynamic['entries']): Dynamic['text'] {
  const value = (wanted: number) => entries.find(([each]) => each === wanted)?.[1] ?? 0;
  const address = value(tag.stringTable);
  const length = bounded(value(tag.stringTableBytes), most.stringTableBytes, 'a string table');
  const home = segments.find(
    (each) => each.type === segmentType.load && each.address <= address && address < each.address + each.fileBytes,
  );
  if (home === undefined) throw new ElfError('has a string table that is in no segment');
  const table = file.view(home.offset + (address - home.address), length);
  const bytes = new Uint8Array(table.buffer, table.byteOffset, length);
  return (offset) => {
    const text = bytes.subarray(offset, offset + most.textBytes);
    const end = text.indexOf(0);
    if (end < 0) throw new ElfError('has a name that does not end');
    return new TextDecoder().decode(text.subarray(0, end));
  };
}

function bounded(value: number, limit: number, what: string): number {
  if (value > limit) throw new ElfError(`has ${what} of ${value}, beyond belief`);
  return value;
}
