import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Dealer } from 'zeromq';
import { encode } from './codec.ts';
import { dial } from './dialler.ts';
import { type Listener, listen } from './listener.ts';
import { fromSlave, toSlave } from './slave-protocol.ts';
import type { StrayReport } from './strays.ts';
import { collect } from './testing/collect.ts';

async function master(): Promise<{ listener: Listener<typeof fromSlave, typeof toSlave>; reports: StrayReport[] }> {
  const reports: StrayReport[] = [];
  const onStray = (report: StrayReport) => reports.push(report);
  const listener = await listen({ address: 'tcp://127.0.0.1:0', hears: fromSlave, says: toSlave, onStray });
  onTestFinished(() => listener.close());
  return { listener, reports };
}

function stranger(address: string, options: { routingId?: string } = {}): Dealer {
  const socket = new Dealer({ ...options, linger: 0, ipv6: true });
  onTestFinished(() => socket.close());
  socket.connect(address);
  return socket;
}

/** A slave in order is heard, so whatever was sent before did no harm. */
async function heardFirst(listener: Listener<typeof fromSlave, typeof toSlave>): Promise<string | undefined> {
  const slave = dial({ address: listener.address, hears: toSlave, says: fromSlave, patienceMs: 5000 });
  onTestFinished(() => slave.close());
  await delay(100);
  void slave.say({ type: 'BYE', body: {} });
  const [heard] = await collect(listener, 1);
  return heard?.message.type;
}

const garbage: [string, Buffer[]][] = [
  ['bytes that are no CBOR', [Buffer.from([0xff, 0x00, 0x13])]],
  ['an empty frame', [Buffer.alloc(0)]],
  ['two frames', [Buffer.from(encode(['BYE', {}])), Buffer.alloc(3)]],
  ['lists within lists', [Buffer.alloc(1_000_000, 0x81)]],
  ['a list that claims to be huge', [Buffer.from('9a01f00000', 'hex')]],
  ['a message of the master', [Buffer.from(encode(['DIE', { when: 'now', restart: false }]))]],
  ['a field of another type', [Buffer.from(encode(['LOG', { attempt: '1', offset: 0, bytes: 'no bytes' }]))]],
  [
    'a hundred thousand targets',
    [Buffer.from(encode(['HELLO', { targets: Array.from({ length: 90_000 }, () => 1) }]))],
  ],
];

test.each(garbage)('%s from a stranger is dropped and counted, and slaves are heard', async (_, parts) => {
  const { listener, reports } = await master();
  await stranger(listener.address).send(parts);
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([{ count: 1, example: expect.any(String) as string }]);
});

test('a stranger that sends more than a slave may is cut off, and slaves are heard', async () => {
  const { listener, reports } = await master();
  const socket = stranger(listener.address);
  const cutOff = (async () => {
    for await (const event of socket.events) if (event.type === 'disconnect') return true;
    return false;
  })();
  await socket.send(Buffer.alloc(8 << 20));
  expect(await cutOff).toBe(true);
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([]);
});

test('a message of more items than slaves have to say is dropped before it is understood', async () => {
  const reports: StrayReport[] = [];
  const onStray = (report: StrayReport) => reports.push(report);
  const about = { address: 'tcp://127.0.0.1:0', hears: fromSlave, says: toSlave, onStray };
  const listener = await listen({ ...about, maxItems: 100 });
  onTestFinished(() => listener.close());
  await stranger(listener.address).send(encode(['HELLO', { targets: Array.from({ length: 200 }, () => 1) }]));
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([{ count: 1, example: 'not plain CBOR: too many items' }]);
});

test('a peer that names itself is not heard', async () => {
  const { listener, reports } = await master();
  await stranger(listener.address, { routingId: 'slave-1' }).send(encode(['BYE', {}]));
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([{ count: 1, example: 'a peer that named itself' }]);
});

test('somebody who speaks no zeromq at all does no harm', async () => {
  const { listener, reports } = await master();
  const socket = connect(Number(listener.address.split(':').at(-1)), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: master.example\r\n\r\n');
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([]);
});
