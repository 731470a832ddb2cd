import type { FileHandle } from 'node:fs/promises';
import { distInfoIsOf, findDistInfo } from './dist-info.ts';
import { type Metadata, maxMetadataBytes, parseMetadata } from './metadata.ts';
import { canonicalName } from './package-name.ts';
import { maxRecordBytes, parseRecord, type RecordRow } from './record.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { sameVersion } from './version.ts';
import { readEntryBytes } from './wheel-contents.ts';
import type { WheelExpectation } from './wheel-file.ts';
import { maxWheelMetadataBytes, parseWheelMetadata, type WheelMetadata } from './wheel-metadata.ts';
import type { ZipDirectory } from './zip-directory.ts';

/** What a wheel's *.dist-info says of the wheel. */
export interface WheelDescription {
  readonly distInfo: string;
  readonly metadataBytes: Uint8Array;
  readonly metadata: Metadata;
  readonly wheel: WheelMetadata;
  readonly record: ReadonlyMap<string, RecordRow>;
  readonly topLevel: string | null;
  readonly entryPoints: string | null;
}

const maxListBytes = 1 << 20;

/** Reads METADATA, WHEEL, RECORD, top_level.txt and entry_points.txt; UnsoundError where one that must be there is missing or broken. */
export async function readDescription(file: FileHandle, directory: ZipDirectory): Promise<WheelDescription> {
  const distInfo = findDistInfo(directory.entries.map(({ name }) => name));
  const optional = async (name: string, maxBytes: number) => {
    const entry = directory.entries.find((each) => each.name === `${distInfo}/${name}`);
    return entry && readEntryBytes(file, directory, entry, maxBytes);
  };
  const required = async (name: string, maxBytes: number) => {
    const bytes = await optional(name, maxBytes);
    if (bytes === undefined) throw new UnsoundError(`${quoted(distInfo)} has no ${name}.`);
    return bytes;
  };
  const metadataBytes = await required('METADATA', maxMetadataBytes);
  const list = async (name: string) => {
    const bytes = await optional(name, maxListBytes);
    return bytes === undefined ? null : new TextDecoder().decode(bytes);
  };
  return {
    distInfo,
    metadataBytes,
    metadata: parseMetadata(metadataBytes),
    wheel: parseWheelMetadata(await required('WHEEL', maxWheelMetadataBytes)),
    record: parseRecord(await required('RECORD', maxRecordBytes)),
    topLevel: await list('top_level.txt'),
    entryPoints: await list('entry_points.txt'),
  };
}

/** Where *.dist-info or METADATA is not of the package and version expected (PEP 503, 440); a sentence a fault. */
export function* identityFaults(
  { distInfo, metadata }: WheelDescription,
  expected: WheelExpectation,
): Generator<string> {
  const wanted = `${expected.package} ${expected.version}`;
  if (!distInfoIsOf(distInfo, expected.package, expected.version))
    yield `${quoted(distInfo)} is not that of ${wanted}.`;
  if (canonicalName(metadata.name) !== expected.package || !sameVersion(metadata.version, expected.version))
    yield `METADATA is that of ${quoted(`${metadata.name} ${metadata.version}`)}, and ${wanted} was expected.`;
}
