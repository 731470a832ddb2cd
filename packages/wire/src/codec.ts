import { Encoder, type Options } from 'cbor-x';
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

/** A value of maps, lists, text, numbers and bytes as CBOR. */
export const encode = (value: unknown): Uint8Array => encoder.encode(value);

/** What a stranger's CBOR bytes say; throws a CborError where they are no plain CBOR of at most `maxItems` items. */
export function decode(bytes: Uint8Array, maxItems?: number): unknown {
  checkPlain(bytes, maxItems);
  return encoder.decode(bytes);
}
