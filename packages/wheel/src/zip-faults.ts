import { Buffer } from 'node:buffer';
import { quoted } from './unsound-error.ts';
import { deflated, flag, isDirectory, stored, type ZipEntry } from './zip-entry.ts';

/** What is wrong with entries by their directory alone: names, kinds, methods; a sentence a fault. */
export function* zipFaults(entries: readonly ZipEntry[]): Generator<string> {
  for (const entry of entries) {
    const what = nameFault(entry) ?? kindFault(entry);
    if (what !== undefined) yield `${quoted(entry.name)} ${what}.`;
  }
  yield* twins(entries);
}

/** Names that installers would read differently, or that lead out of the folder they are unpacked in. */
function nameFault({ name, rawName, unicodeName, flags }: ZipEntry): string | undefined {
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (unicodeName !== name) return `has a second name, ${quoted(unicodeName)}`;
  if ((flags & flag.utf8) !== 0 && !Buffer.from(name).equals(rawName)) return 'has a name that is not UTF-8';
  if (/[\p{Cc}\\]/u.test(name)) return 'has a control character or a backslash in its name';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'has an absolute name';
  if (parts.includes('..')) return 'leads out of the archive';
  if (parts.includes('') || parts.includes('.')) return 'has an empty or "." part in its name';
  return undefined;
}

const fileType = 0o170000;
const regularFile = 0o100000;
const folder = 0o040000;

function kindFault(entry: ZipEntry): string | undefined {
  const unreadable = flag.encrypted | flag.patch | flag.strongEncryption | flag.masked;
  const type = entry.mode & fileType;
  if ((entry.flags & unreadable) !== 0) return 'is encrypted or a patch';
  if (entry.method !== stored && entry.method !== deflated) return `is compressed by method ${entry.method}`;
  if (entry.method === stored && entry.compressedBytes !== entry.uncompressedBytes) return 'is stored, with two sizes';
  // Many writers leave the mode out, and some write no file type in it.
  if (type !== 0 && type !== (isDirectory(entry) ? folder : regularFile)) return 'is neither file nor directory';
  if (isDirectory(entry) && entry.uncompressedBytes > 0) return 'is a directory with content';
  return undefined;
}

/**
 * Names of which an installer keeps one only. Those that differ in case alone are different files where wheels of this
 * farm go, and real wheels have them; not so in *.dist-info, where a second `metadata` could only be there to mislead.
 */
function* twins(entries: readonly ZipEntry[]): Generator<string> {
  const seen = new Set<string>();
  const files = new Set<string>();
  for (const entry of entries) {
    const key = distinguishing(isDirectory(entry) ? entry.name.slice(0, -1) : entry.name);
    if (seen.has(key)) yield `${quoted(entry.name)} is in the archive twice.`;
    seen.add(key);
    if (!isDirectory(entry)) files.add(key);
  }
  for (const key of seen)
    for (let at = key.indexOf('/'); at > 0; at = key.indexOf('/', at + 1))
      if (files.has(key.slice(0, at))) yield `${quoted(key.slice(0, at))} is both a file and a directory.`;
}

function distinguishing(name: string): string {
  const normal = name.normalize('NFC');
  const folded = normal.toLowerCase();
  return /^[^/]*\.dist-info(?:\/|$)/.test(folded) ? folded : normal;
}
