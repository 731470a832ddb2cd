import { Encoder, type Options } from 'cbor-x';
import { withCleanText } from './clean-text.ts';
import { checkPlain } from './plain-cbor.ts';

/** Plain CBOR (RFC 8949) that any implementation reads: none of the library's private tags. */
const options: Options & { useTag259ForMaps: boolean; int64AsNumber: boolean } = {
  useRecords: false,
  variableMapSize: true,
  tagUint8Array: false,
  useTag259ForMaps: false,
  int64AsNumber: true,
};
const encoder = new Encoder(options);

/** A value of maps, lists, text, numbers and bytes as CBOR, its text made fit for the other end. */
export const encode = (value: unknown): Uint8Array => encoder.encode(withCleanText(value));

/** What a stranger's CBOR bytes say; throws a CborError where they are no plain CBOR of at most `maxItems` items. */
export function decode(bytes: Uint8Array, maxItems?: number): unknown {
  checkPlain(bytes, maxItems);
  return encoder.decode(bytes);
}
