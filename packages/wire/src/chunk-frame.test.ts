import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChunkFrame } from './chunk-frame.ts';
import { atTheDesk, chunkBytes, fromSender } from './file-protocol.ts';
import { unpack } from './table.ts';

test('a chunk that was read into its frame is understood as any other message', () => {
  const ticket = randomBytes(16);
  const frame = new ChunkFrame(ticket, 300);
  const anyOffset = fc.oneof(fc.maxSafeNat(), fc.nat({ max: 2 ** 20 }));
  fc.assert(
    fc.property(anyOffset, fc.uint8Array({ maxLength: 300 }), (offset, bytes) => {
      frame.room.set(bytes);
      const { type, body } = unpack(fromSender, frame.packed(offset, bytes.length));
      expect([type, body.offset]).toEqual(['CHUNK', offset]);
      expect(ticket.equals(body.ticket)).toBe(true);
      expect(Buffer.from(bytes).equals(body.bytes)).toBe(true);
    }),
  );
});

test('the largest chunk is not too large for the master', () => {
  const frame = new ChunkFrame(randomBytes(16), chunkBytes);
  const curveBytes = 33; // a CURVE message's head (RFC 26) and flags
  expect(frame.packed(2 ** 40, chunkBytes).length + curveBytes).toBeLessThanOrEqual(atTheDesk.maxBytes);
});
