import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { encode } from './codec.ts';
import { control, fromControl, toControl } from './control-protocol.ts';
import { fromSender, toSender } from './file-protocol.ts';
import { fromSlave, toSlave } from './slave-protocol.ts';
import { logEvents, statusEvents } from './status-protocol.ts';
import { ProtocolError, pack, packInTurns, type Table, unpack } from './table.ts';
import { arbitraryBody, arbitraryMessage } from './testing/arbitrary-message.ts';

const tables: Record<string, Table> = {
  fromSlave,
  toSlave,
  fromSender,
  toSender,
  statusEvents,
  logEvents,
  toControl,
  fromControl,
};
const messages = Object.entries(tables).flatMap(([name, table]) =>
  Object.entries(table).map(([type, schema]) => ({ name, type, table: { [type]: schema } })),
);

describe('what is packed is unpacked as it was', () => {
  test.each(messages)('$type of $name', ({ table }) => {
    fc.assert(
      fc.property(arbitraryMessage(table), (message) => {
        expect(plain(unpack(table, pack(table, message)))).toEqual(plain(message));
      }),
      { numRuns: 40 },
    );
  });

  test.each(Object.entries(control))('question and answer of %s', (_, { ask, answer }) => {
    const table: Table = { ask, answer };
    fc.assert(
      fc.property(fc.oneof(arbitraryBody(ask), arbitraryBody(answer)), (body) => {
        const type = ask.safeParse(body).success ? 'ask' : 'answer';
        expect(plain(unpack(table, pack(table, { type, body })).body)).toEqual(plain(table[type]?.parse(body)));
      }),
      { numRuns: 40 },
    );
  });

  test('in turns, too, with lists of any length and text that has to be cleaned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.nat({ max: 100 }), async (value, length) => {
        const message = {
          type: 'any',
          body: { list: Array.from({ length }, () => value), value, 'a\u0000key': value },
        };
        expect(unpack(anything, await packInTurns(anything, message))).toEqual(
          unpack(anything, pack(anything, message)),
        );
      }),
    );
    const long = { type: 'any', body: Array.from({ length: 70_000 }, (_, n) => n) };
    expect(unpack(anything, await packInTurns(anything, long), 100_000)).toEqual(long);
  });
});

const anything: Table = { any: z.unknown() };

describe('a stranger', () => {
  const heard = (bytes: Uint8Array) => () => unpack(fromSlave, bytes);

  test('who sends random bytes is told apart from a slave', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(heard(bytes)).toThrow(ProtocolError);
      }),
    );
  });

  test('who sends any CBOR that is no message of the table is told apart from a slave', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: false, maxDepth: 3 }), fc.string(), (body, type) => {
        expect(heard(encode([type, jsonOnly(body)]))).toThrow(ProtocolError);
      }),
    );
  });

  test('who names a property that every object has is not taken for a slave', () => {
    expect(heard(encode(['constructor', {}]))).toThrow('unknown message constructor');
    expect(heard(encode(['__proto__', {}]))).toThrow('unknown message __proto__');
  });

  test('who sends a known message with a wrong field hears which', () => {
    expect(heard(encode(['LOG', { attempt: 1, offset: -1, bytes: new Uint8Array() }]))).toThrow(/^bad LOG: offset: /);
  });

  test('who steers terminals is heard without that', () => {
    const reason = { kind: 'operator', subject: '~]0;mine', text: 'line\nnext\ttab ~[2J' };
    const built = { attempt: 1, outcome: 'failure', reason, steps: [], logBytes: 0, files: [] };
    const { body } = unpack({ BUILT: z.unknown() }, withEscapes(encode(['BUILT', built])));
    expect(body).toEqual({
      ...built,
      reason: { ...reason, subject: '\ufffd]0;mine', text: 'line\nnext\ttab \ufffd[2J' },
    });
  });

  test('who heaps marks on a character is heard with a few of them', () => {
    const heap = (count: number): string => `e${'\u0301'.repeat(count)}x`;
    const { body } = unpack({ NOTE: z.unknown() }, encode(['NOTE', [heap(5000), heap(8), 'कि工']]));
    expect(body).toEqual([heap(8), heap(8), 'कि工']);
  });

  test.each(['junk<b>~[31m', ' ', '', 'rock\u202e1', 'two\nlines', 'x'.repeat(101)])(
    'who calls itself %j is not heard',
    (label) => {
      expect(() => unpack(hello, withEscapes(encode(['HELLO', { label }])))).toThrow('bad HELLO: label');
    },
  );

  test.each(['rock-1', 'Küche <2>', '厨房', ' padded '])('who calls itself %j is', (label) => {
    expect(unpack(hello, encode(['HELLO', { label }])).body).toEqual({ label: label.trim() });
  });

  test('who adds a field is understood without it', () => {
    expect(unpack(fromSlave, encode(['BYE', { and: 'more' }]))).toEqual({ type: 'BYE', body: {} });
  });
});

const hello = { HELLO: fromSlave.HELLO.pick({ label: true }) };

/** What is packed is clean; a stranger has no such manners: each ~ becomes an ESC. */
const withEscapes = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte === 0x7e ? 0x1b : byte));

/** Byte strings come back as Buffers: the same bytes, another class; -0 comes back as 0. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v: unknown) => (v instanceof Uint8Array ? [...v] : isBufferJson(v) ? v.data : v)),
  );

const isBufferJson = (v: unknown): v is { data: number[] } =>
  typeof v === 'object' && v !== null && 'type' in v && v.type === 'Buffer' && 'data' in v;

/** What JSON can say of a value; null where it can't. */
const jsonOnly = (value: unknown): unknown => {
  try {
    return (JSON.parse(JSON.stringify([value])) as unknown[])[0];
  } catch {
    return null;
  }
};
