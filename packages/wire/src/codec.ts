import { Encoder, type Options } from 'cbor-x';

/** Plain CBOR (RFC 8949) that any implementation reads: none of the library's private tags. */
const options: Options & { int64AsNumber: boolean } = {
  useRecords: false,
  variableMapSize: true,
  tagUint8Array: false,
  useTag259ForMaps: false,
  int64AsNumber: true,
};
const encoder = new Encoder(options);

/** A value of maps, lists, text, numbers and bytes as CBOR. */
export const encode = (value: unknown): Uint8Array => encoder.encode(value);

/** What CBOR bytes say; throws on truncated or nested-too-deep input. */
export const decode = (bytes: Uint8Array): unknown => encoder.decode(bytes);
