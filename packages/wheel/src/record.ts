import { quoted, UnsoundError } from './unsound-error.ts';

/** A line of RECORD: a path, and what is said of its content. */
export interface RecordRow {
  readonly path: string;
  readonly algorithm: string | null;
  /** URL-safe base64 without padding. */
  readonly digest: string | null;
  readonly sizeBytes: number | null;
}

/** The largest RECORD that is read, in bytes. */
export const maxRecordBytes = 32 << 20;

/** Hashes that prove content, by their names in hashlib, with OpenSSL's: SHA-2 and SHA-3 and BLAKE2, never MD5 and SHA-1 (PEP 427). */
export const soundHashes: ReadonlyMap<string, string> = new Map([
  ['sha224', 'sha224'],
  ['sha256', 'sha256'],
  ['sha384', 'sha384'],
  ['sha512', 'sha512'],
  ['sha3_224', 'sha3-224'],
  ['sha3_256', 'sha3-256'],
  ['sha3_384', 'sha3-384'],
  ['sha3_512', 'sha3-512'],
  ['blake2b', 'blake2b512'],
  ['blake2s', 'blake2s256'],
]);

/**
 * Reads a RECORD by its paths (PEP 376, 427): CSV in UTF-8. UnsoundError where it is none, or says two things of one path;
 * a row that merely stands there twice is a common slip.
 */
export function parseRecord(bytes: Uint8Array): Map<string, RecordRow> {
  if (bytes.length > maxRecordBytes) throw new UnsoundError(`RECORD has more than ${maxRecordBytes} bytes.`);
  const rows = new Map<string, RecordRow>();
  for (const line of decoded(bytes).split(/\r\n|\r|\n/)) {
    if (line === '') continue;
    const row = recordRow(line);
    const other = rows.get(row.path);
    if (other !== undefined && contradicts(row, other))
      throw new UnsoundError(`RECORD says two things of ${quoted(row.path)}.`);
    rows.set(row.path, row);
  }
  return rows;
}

const contradicts = (a: RecordRow, b: RecordRow): boolean =>
  a.algorithm !== b.algorithm || a.digest !== b.digest || a.sizeBytes !== b.sizeBytes;

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnsoundError('RECORD is not UTF-8.');
  }
}

function recordRow(line: string): RecordRow {
  const [path, hash = '', size = '', ...rest] = csvFields(line) ?? [];
  const parsed = /^([a-z0-9_]{1,40})=([\w-]{1,200})=*$/i.exec(hash);
  const sound = path !== undefined && rest.length === 0 && (hash === '' || parsed !== null) && /^\d{0,15}$/.test(size);
  if (!sound) throw new UnsoundError(`RECORD has a line that is not path, hash and size: ${quoted(line)}.`);
  return {
    path,
    algorithm: parsed?.[1]?.toLowerCase() ?? null,
    digest: parsed?.[2] ?? null,
    sizeBytes: size === '' ? null : Number(size),
  };
}

/** The fields of a CSV line; undefined where a quote is not closed. No field has a line feed, since no sound name has. */
function csvFields(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  const fields = [''];
  let quotes = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    const escaped = quotes && character === '"' && line[at + 1] === '"';
    if (escaped) at++;
    if (character === '"' && !escaped) quotes = !quotes;
    else if (character === ',' && !quotes) fields.push('');
    else fields.push((fields.pop() ?? '') + character);
  }
  return quotes ? undefined : fields;
}
