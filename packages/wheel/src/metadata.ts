import { type Message, parseMessage, valuesOf } from './message-headers.ts';
import { quoted, UnsoundError } from './unsound-error.ts';

/** What a METADATA or PKG-INFO file says, as it says it: nothing is canonical here. */
export interface Metadata {
  readonly metadataVersion: string | null;
  readonly name: string;
  readonly version: string;
  readonly summary: string | null;
  readonly requiresPython: string | null;
  readonly requiresDist: readonly string[];
  readonly providesExtra: readonly string[];
  /** Import names (PEP 794) without their `; private`; null where the field is not there, as in most metadata. */
  readonly importNames: readonly string[] | null;
  readonly importNamespaces: readonly string[];
  /** Fields that the sdist left to the build (PEP 643), in lower case. */
  readonly dynamic: readonly string[];
  readonly description: string;
}

/** The largest metadata that is read, in bytes; real ones reach one mebibyte. */
export const maxMetadataBytes = 8 << 20;

/**
 * Reads core metadata (PEP 566, 643, 794). UnsoundError where it is too large, has no name or version, or says one of
 * the fields that decide twice, since readers differ in which they take. Bytes that are not UTF-8 are read as "�": old
 * metadata has them, in authors' names.
 */
export function parseMetadata(bytes: Uint8Array): Metadata {
  if (bytes.length > maxMetadataBytes) throw new UnsoundError(`METADATA has more than ${maxMetadataBytes} bytes.`);
  const message = parseMessage(new TextDecoder().decode(bytes));
  const importNames = valuesOf(message, 'import-name').map(withoutMarker);
  return {
    metadataVersion: single(message, 'metadata-version'),
    name: required(message, 'name'),
    version: required(message, 'version'),
    summary: valuesOf(message, 'summary')[0] ?? null,
    requiresPython: single(message, 'requires-python'),
    requiresDist: valuesOf(message, 'requires-dist'),
    providesExtra: valuesOf(message, 'provides-extra'),
    importNames: importNames.length === 0 ? null : importNames.filter((name) => name !== ''),
    importNamespaces: valuesOf(message, 'import-namespace').map(withoutMarker),
    dynamic: valuesOf(message, 'dynamic').map((name) => name.toLowerCase()),
    description: valuesOf(message, 'description')[0] ?? message.body,
  };
}

function required(message: Message, name: string): string {
  const value = single(message, name);
  if (value === null || value === '') throw new UnsoundError(`METADATA has no ${name}.`);
  return value;
}

function single(message: Message, name: string): string | null {
  const [first, second] = [...new Set(valuesOf(message, name))];
  if (second !== undefined)
    throw new UnsoundError(`METADATA has two values for ${name}: ${quoted(first ?? '')} and ${quoted(second)}.`);
  return first ?? null;
}

/** `numpy._core ; private` names `numpy._core`. */
const withoutMarker = (value: string): string => value.split(';', 1)[0]!.trim();
