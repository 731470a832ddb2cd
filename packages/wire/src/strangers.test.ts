import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Dealer } from 'zeromq';
import { encode } from './codec.ts';
import { dial } from './dialler.ts';
import { ClientSocket } from './line-sockets.ts';
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

function stranger(address: string): ClientSocket {
  const socket = new ClientSocket({ linger: 0, ipv6: true });
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

/** The bytes of a CLIENT that names itself, as ZMTP (RFC 37) lets it, and then says BYE; the first ten are answered, and so are the first 64. */
function selfNamed(name: Buffer): Buffer {
  const greeting = Buffer.alloc(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, ...Buffer.from('NULL')]);
  const field = (key: string, value: Buffer) => [key.length, ...Buffer.from(key), 0, 0, 0, value.length, ...value];
  const ready = [
    5,
    ...Buffer.from('READY'),
    ...field('Socket-Type', Buffer.from('CLIENT')),
    ...field('Identity', name),
  ];
  const bye = encode(['BYE', {}]);
  return Buffer.from([...greeting, 4, ready.length, ...ready, 0, bye.length, ...bye]);
}

test('a name that a peer gives itself is nobody’s: whoever comes under the same one is another, and the next has its own', async () => {
  const { listener } = await master();
  const peers = new Set<string>();
  const hear = async () => peers.add((await collect(listener, 1))[0]!.peer);
  const polite = async () => {
    const socket = stranger(listener.address);
    await socket.send(encode(['BYE', {}]));
    await hear();
  };
  await polite();
  const [first = ''] = peers;
  const next = Buffer.alloc(5);
  next.writeUInt32BE(Number(first) + 3, 1);
  for (const name of [next, next, next.subarray(1)]) {
    const socket = connect(Number(listener.address.split(':').at(-1)), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    const bytes = selfNamed(name);
    for (const [from, to] of [
      [0, 10],
      [10, 64],
    ]) {
      socket.write(bytes.subarray(from, to));
      await once(socket, 'data');
    }
    socket.write(bytes.subarray(64));
    await hear();
  }
  await polite();
  expect(peers.size).toBe(5);
});

test('a socket of another kind, which may name itself, is cut off', async () => {
  const { listener, reports } = await master();
  const socket = new Dealer({ routingId: 'slave-1', linger: 0, ipv6: true });
  onTestFinished(() => socket.close());
  const cutOff = (async () => {
    for await (const { type } of socket.events) if (type === 'disconnect') return true;
    return false;
  })();
  socket.connect(listener.address);
  expect(await cutOff).toBe(true);
  expect(await heardFirst(listener)).toBe('BYE');
  expect(reports).toEqual([]);
});

test('who connects after another has gone is another', async () => {
  const { listener } = await master();
  const peers = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const socket = new ClientSocket({ linger: 1000, ipv6: true });
    socket.connect(listener.address);
    await socket.send(encode(['BYE', {}]));
    const [heard] = await collect(listener, 1);
    peers.add(heard!.peer);
    socket.close();
  }
  expect(peers.size).toBe(20);
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
