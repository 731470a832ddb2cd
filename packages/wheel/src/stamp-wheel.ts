import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { findDistInfo } from './dist-info.ts';
import { defaultLimits } from './expansion.ts';
import { maxRecordBytes } from './record.ts';
import { rewriteZip, type ZipChanges } from './rewrite-zip.ts';
import { compressTags, type Tag } from './tag.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { readEntryBytes } from './wheel-contents.ts';
import { maxWheelMetadataBytes } from './wheel-metadata.ts';
import { parseWheelName } from './wheel-name.ts';
import { readZipDirectory, type ZipDirectory } from './zip-directory.ts';

/** What a wheel is to be from now on; what is left out stays as it is, and a build tag of null is taken away. */
export interface WheelStamp {
  readonly tags?: readonly Tag[];
  readonly buildTag?: string | null;
}

/**
 * Writes a sound wheel once more into `folder` with other tags or another build tag, in its filename, WHEEL and RECORD
 * (PEP 425, PEP 427); everything else is copied as it stands, and the same wheel and stamp give the same bytes. Signatures
 * of the old RECORD are left out. Returns the new path. UnsoundError where the wheel has no WHEEL or RECORD or is too large,
 * a RangeError where no filename can say what the stamp does, EEXIST where there is such a file already.
 */
export async function stampWheel(wheel: string, folder: string, stamp: WheelStamp): Promise<string> {
  const stamped = path.join(folder, stampedFilename(path.basename(wheel), stamp));
  const file = await open(wheel, 'r');
  try {
    const { size } = await file.stat();
    const directory = await readZipDirectory(file, size, defaultLimits.entries);
    await rewriteZip(file, directory, await changes(file, directory, stamp), stamped);
    return stamped;
  } finally {
    await file.close();
  }
}

/** Name and version stay as they are written: the folder *.dist-info is named as they are. */
function stampedFilename(filename: string, { tags, buildTag }: WheelStamp): string {
  const name = parseWheelName(filename);
  const parts = filename.slice(0, -'.whl'.length).split('-');
  const build = buildTag === undefined ? name?.buildTag : buildTag;
  const set = tags === undefined ? parts.slice(-3).join('-') : compressTags(tags);
  const stamped = [...parts.slice(0, 2), ...(build ? [build] : []), set].join('-').concat('.whl');
  const said = parseWheelName(stamped);
  if (name === undefined || set === undefined || said?.buildTag !== build)
    throw new RangeError(`no filename of a wheel says ${JSON.stringify({ filename, tags, buildTag })}`);
  return stamped;
}

async function changes(file: FileHandle, directory: ZipDirectory, stamp: WheelStamp): Promise<ZipChanges> {
  const distInfo = findDistInfo(directory.entries.map(({ name }) => name));
  const read = async (name: string, maxBytes: number): Promise<string> => {
    const entry = directory.entries.find((each) => each.name === `${distInfo}/${name}`);
    if (entry === undefined) throw new UnsoundError(`${quoted(distInfo)} has no ${name}.`);
    return new TextDecoder().decode(await readEntryBytes(file, directory, entry, maxBytes));
  };
  const wheel = Buffer.from(stampedWheel(await read('WHEEL', maxWheelMetadataBytes), stamp));
  const signatures = ['RECORD.jws', 'RECORD.p7s'].map((name) => `${distInfo}/${name}`);
  const rows = new Map([
    [`${distInfo}/WHEEL`, recordRow(`${distInfo}/WHEEL`, wheel)],
    ...signatures.map((name) => [name, null] as const),
  ]);
  const record = stampedRecord(await read('RECORD', maxRecordBytes), rows);
  return new Map<string, Buffer | null>([
    [`${distInfo}/WHEEL`, wheel],
    [`${distInfo}/RECORD`, Buffer.from(record)],
    ...signatures.map((name) => [name, null] as const),
  ]);
}

/** The fields of the stamp in place of those that were there, a tag a line; they come last. */
function stampedWheel(text: string, { tags, buildTag }: WheelStamp): string {
  const [head = '', ...body] = text.replace(/\r\n?/g, '\n').split('\n\n');
  const replaced = [...(tags === undefined ? [] : ['tag']), ...(buildTag === undefined ? [] : ['build'])];
  let dropping = false;
  const kept = head
    .trimEnd()
    .split('\n')
    .filter((line) => {
      if (!/^[ \t]/.test(line)) dropping = replaced.includes(line.slice(0, line.indexOf(':')).toLowerCase());
      return !dropping;
    });
  const build = buildTag ? [`Build: ${buildTag}`] : [];
  return [[...kept, ...build, ...(tags ?? []).map((tag) => `Tag: ${tag}`), ''].join('\n'), ...body].join('\n');
}

/** RECORD with these rows in place of those of the same paths; null leaves one out. */
const stampedRecord = (text: string, rows: ReadonlyMap<string, string | null>): string =>
  [...new Set(text.split(/\r\n|\r|\n/))] // a row that stands there twice is a common slip
    .filter((line) => line !== '')
    .map((line) => {
      const row = rows.get(/^"?([^",]*)"?,/.exec(line)?.[1] ?? '');
      return row === undefined ? line : row;
    })
    .filter((line) => line !== null)
    .concat('')
    .join('\n');

const recordRow = (name: string, content: Uint8Array): string =>
  `${name},sha256=${createHash('sha256').update(content).digest('base64url')},${content.length}`;
