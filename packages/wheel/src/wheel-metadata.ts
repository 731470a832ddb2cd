import { type Message, parseMessage, valuesOf } from './message-headers.ts';
import { expandTag, type Tag } from './tag.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import type { WheelName } from './wheel-name.ts';

/** What the WHEEL file in *.dist-info says (PEP 427). */
export interface WheelMetadata {
  readonly wheelVersion: string;
  readonly generator: string | null;
  readonly rootIsPurelib: boolean;
  readonly tags: readonly Tag[];
  readonly buildTag: string | null;
}

/** The largest WHEEL file that is read, in bytes. */
export const maxWheelMetadataBytes = 1 << 20;

/** Reads a WHEEL file; UnsoundError where it is too large or has no Wheel-Version. Tags may be compressed sets, as some backends write them. */
export function parseWheelMetadata(bytes: Uint8Array): WheelMetadata {
  if (bytes.length > maxWheelMetadataBytes)
    throw new UnsoundError(`WHEEL has more than ${maxWheelMetadataBytes} bytes.`);
  const message = parseMessage(new TextDecoder().decode(bytes));
  const wheelVersion = first(message, 'wheel-version');
  if (wheelVersion === null) throw new UnsoundError('WHEEL has no Wheel-Version.');
  return {
    wheelVersion,
    generator: first(message, 'generator'),
    rootIsPurelib: first(message, 'root-is-purelib')?.toLowerCase() === 'true',
    tags: valuesOf(message, 'tag').flatMap(expandTag),
    buildTag: first(message, 'build'),
  };
}

const first = (message: Message, name: string): string | null => valuesOf(message, name)[0] ?? null;

/**
 * Where WHEEL contradicts the filename, by which installers go; a sentence a fault. WHEEL may promise more tags, or any
 * platform, and may have no build tag: many wheels were renamed to what they are only for, and never to more.
 */
export function* wheelMetadataFaults(wheel: WheelMetadata, filename: WheelName): Generator<string> {
  const promised = new Set(wheel.tags);
  const unpromised = filename.tags.filter((tag) => !promised.has(tag) && !promised.has(onAnyPlatform(tag)));
  if (!/^1(?:\.|$)/.test(wheel.wheelVersion))
    yield `WHEEL has version ${quoted(wheel.wheelVersion)}, and installers know 1.`;
  if (unpromised.length > 0)
    yield `The filename has tags that WHEEL has not: ${unpromised.slice(0, 5).join(', ').slice(0, 500)}.`;
  if (wheel.buildTag !== null && wheel.buildTag !== filename.buildTag)
    yield 'WHEEL and filename have different build tags.';
}

const onAnyPlatform = (tag: Tag): Tag => tag.replace(/-[^-]+$/, '-any');
