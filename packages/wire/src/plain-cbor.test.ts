import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode } from './codec.ts';
import { CborError, checkPlain } from './plain-cbor.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const withoutProto = (value: unknown): boolean => !JSON.stringify(value).includes('__proto__');
const faultOf = (bytes: Uint8Array): unknown => {
  try {
    decode(bytes);
    return undefined;
  } catch (error) {
    return error;
  }
};
const checking = (text: string) => () => checkPlain(hex(text));

test('what the encoder writes is plain', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }).filter(withoutProto), (value) => {
      expect(decode(encode(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what a build printed arrives as text that the database can hold', () => {
  const said = { a: ['nul \0', 'half \ud83d'], '\udc80': 'ffi.h', bytes: Buffer.from([0, 255]), nothing: null };
  const heard = { a: ['nul \ufffd', 'half \ufffd'], '\ufffd': 'ffi.h', bytes: Buffer.from([0, 255]), nothing: null };
  expect(decode(encode(said))).toEqual(heard);
  expect(decode(encode('x'.repeat(100) + '\ud83d'))).toBe('x'.repeat(100) + '\ufffd');
});

test('a key that would change what an object is becomes another key', () => {
  const value = decode(hex('a1 69 5f5f70726f746f5f5f a1 61 78 01'));
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(value).toEqual({ __proto_: { x: 1 } });
});

test('bytes that pass are decoded without an error, and no others are decoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      expect(faultOf(bytes) ?? new CborError('none')).toBeInstanceOf(CborError);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['a list that claims four thousand million entries', '9a ffffffff', 'a list longer than its bytes'],
  [
    'a list within lists that each claim millions',
    '9a 01f00000 9a 01f00000 9a 01f00000',
    'a list longer than its bytes',
  ],
  ['a text longer than what follows', '7b ffffffffffffffff 61', 'truncated'],
  ['a map longer than what follows', 'bb 00000000ffffffff', 'a map longer than its bytes'],
  ['a map with a number as key', 'a1 01 02', 'a key that is not text'],
  ['a tag that would make a regular expression', 'd8 1b 82 61 2e 60', 'a tag'],
  ['a tag that would make code', 'd9 dfff 81 01', 'a tag'],
  ['a big number', 'c2 41 ff', 'a tag'],
  ['text that the database cannot hold', '63 610062', 'text with a NUL'],
  ['a key that the database cannot hold', 'a1 61 00 01', 'text with a NUL'],
  ['text of bytes that stand for nothing', '61 ff', 'text that is not UTF-8'],
  ['half a character as text', '63 eda080', 'text that is not UTF-8'],
  ['a list of indefinite length', '9f 01 ff', 'an indefinite length'],
  ['something after the end', '01 02', 'bytes after the end'],
  ['nothing', '', 'truncated'],
  ['a simple value that nobody defined', 'f0', 'an unknown simple value'],
])('%s is refused', (_, bytes, fault) => {
  expect(checking(bytes)).toThrow(fault);
});

test('nesting of a hundred thousand lists is refused at once', () => {
  expect(() => checkPlain(new Uint8Array(100_000).fill(0x81))).toThrow('too deep');
});

test('a message of more items than are allowed is refused', () => {
  const bytes = encode(Array.from({ length: 100 }, () => 1));
  expect(() => checkPlain(bytes, 100)).toThrow('too many items');
  expect(() => checkPlain(bytes, 101)).not.toThrow();
});
