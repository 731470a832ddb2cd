import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { environmentFaults } from './environment-faults.ts';
import { defaultLimits, expansionFaults, uncompressedBytes } from './expansion.ts';
import { filenameFaults } from './filename-faults.ts';
import { recordFaults } from './record-faults.ts';
import { quoted, refuseIfAny, UnsoundError } from './unsound-error.ts';
import { readWheelContents, type WheelContents } from './wheel-contents.ts';
import { identityFaults, readDescription, type WheelDescription } from './wheel-description.ts';
import type { Verdict, WheelExpectation, WheelFacts } from './wheel-file.ts';
import { wheelMetadataFaults } from './wheel-metadata.ts';
import { wheelModules } from './wheel-modules.ts';
import { parseWheelName, type WheelName } from './wheel-name.ts';
import { readZipDirectory, type ZipDirectory } from './zip-directory.ts';
import { zipFaults } from './zip-faults.ts';

/**
 * Whether the file at `path` is the wheel expected and sound, and what it holds (PEP 427; the archive as strictly as
 * the least trusting installer reads it). One pass, bounded memory. Rejects only where the file itself cannot be read.
 */
export async function verifyWheel(path: string, expected: WheelExpectation): Promise<Verdict> {
  const file = await open(path, 'r');
  try {
    return { sound: true, facts: await soundFacts(file, expected) };
  } catch (error) {
    if (error instanceof UnsoundError) return { sound: false, faults: error.faults };
    throw error;
  } finally {
    await file.close();
  }
}

/** Each round of checks reads what the round before found harmless to read. */
async function soundFacts(file: FileHandle, expected: WheelExpectation): Promise<WheelFacts> {
  const { size } = await file.stat();
  const limits = { ...defaultLimits, ...expected.limits };
  const name = parseWheelName(expected.filename);
  if (name === undefined) throw new UnsoundError(`${quoted(expected.filename)} is not the filename of a wheel.`);
  refuseIfAny(filenameFaults(name, expected), sizeFaults(size, expected));

  const directory = await readZipDirectory(file, size, limits.entries);
  refuseIfAny(zipFaults(directory.entries), expansionFaults(directory.entries, size, limits));

  const description = await readDescription(file, directory);
  refuseIfAny(
    identityFaults(description, expected),
    wheelMetadataFaults(description.wheel, name),
    environmentFaults(
      directory.entries.map((entry) => entry.name),
      description.entryPoints,
    ),
  );

  const contents = await readWheelContents(file, size, directory, description.record);
  refuseIfAny(
    hashFaults(contents.sha256, expected),
    recordFaults(description.record, contents.files, directory.entries, description.distInfo),
  );
  return { sizeBytes: size, ...factsOf(expected.filename, name, directory, description, contents) };
}

function* sizeFaults(sizeBytes: number, expected: WheelExpectation): Generator<string> {
  if (expected.sizeBytes !== undefined && expected.sizeBytes !== sizeBytes)
    yield `The file has ${sizeBytes} bytes, and ${expected.sizeBytes} were expected.`;
}

function* hashFaults(sha256: string, expected: WheelExpectation): Generator<string> {
  if (expected.sha256 !== undefined && expected.sha256 !== sha256)
    yield `The file has the SHA-256 ${sha256}, and ${expected.sha256} was expected.`;
}

function factsOf(
  filename: string,
  name: WheelName,
  directory: ZipDirectory,
  { metadata, metadataBytes, wheel, topLevel }: WheelDescription,
  { sha256, files, hasElf, elf }: WheelContents,
): Omit<WheelFacts, 'sizeBytes'> {
  return {
    filename,
    sha256,
    tags: name.tags,
    buildTag: name.buildTag,
    requiresPython: metadata.requiresPython,
    requiresDist: metadata.requiresDist,
    summary: metadata.summary,
    metadata: metadataBytes,
    metadataSha256: createHash('sha256').update(metadataBytes).digest('hex'),
    hasElf,
    elf,
    modules: wheelModules(files.keys(), metadata, topLevel),
    rootIsPurelib: wheel.rootIsPurelib,
    uncompressedBytes: uncompressedBytes(directory.entries),
  };
}
