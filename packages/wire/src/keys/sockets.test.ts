import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Dealer } from 'zeromq';
import { encode } from '../codec.ts';
import { type Dialler, dial } from '../dialler.ts';
import { type Heard, type Listener, listen } from '../listener.ts';
import { fromSlave, toSlave } from '../slave-protocol.ts';
import { collect } from '../testing/collect.ts';
import { openTestGate, type TestGate } from '../testing/gate.ts';
import { curveOf, type DialKeys } from './dial-keys.ts';

type Ear = Listener<typeof fromSlave, typeof toSlave>;
const bye = { type: 'BYE', body: {} } as const;

/** Listens, and is busy for a while with each message. */
async function listening(gate: TestGate, address = 'tcp://127.0.0.1:0', busyMs = 0) {
  const strays: string[] = [];
  const listener: Ear = await listen({
    ...{ address, hears: fromSlave, says: toSlave },
    gate: { house: gate.house, door: 'slave' },
    onStray: ({ example }) => strays.push(example),
  });
  const heard: Heard<typeof fromSlave>[] = [];
  void (async () => {
    for await (const one of listener) {
      heard.push(one);
      for (const endMs = performance.now() + busyMs; performance.now() < endMs; );
    }
  })();
  onTestFinished(() => listener.close());
  return { listener, heard, strays };
}

function slave(address: string, keys: DialKeys | undefined) {
  const refused: string[] = [];
  let connections = 0;
  const line: Dialler<typeof toSlave, typeof fromSlave> = dial({
    ...{ address, hears: toSlave, says: fromSlave, patienceMs: 5000, retryMs: 200 },
    keys: keys && { ...keys, door: 'slave' },
    onConnect: () => connections++,
    onRefused: ({ message, remedy }) => refused.push(`${message} ${remedy}`),
  });
  onTestFinished(() => line.close());
  return { line, refused, connections: () => connections };
}

const soon = { timeout: 5000, interval: 10 };

test('an authorized slave is heard under its label, and answered', async () => {
  const gate = await openTestGate();
  const { listener, heard } = await listening(gate);
  const { line, connections } = slave(listener.address, gate.admit('slave', 'ann'));
  expect(await line.say(bye)).toBe(true);
  await vi.waitFor(() => expect(heard).toMatchObject([{ by: { label: 'ann', role: 'slave' }, message: bye }]), soon);
  expect(connections()).toBe(1);
  expect(await listener.say(heard[0]!.peer, { type: 'WHO', body: {} })).toBe(true);
  expect(await collect(line, 1)).toEqual([{ type: 'WHO', body: {} }]);
});

test('a key that nobody authorized is turned away, told so with its remedy, and works as soon as it is authorized', async () => {
  const gate = await openTestGate();
  const { listener, heard } = await listening(gate);
  const keys = gate.stranger();
  const { line, refused } = slave(listener.address, keys);
  await vi.waitFor(() => expect(refused).toHaveLength(1), soon);
  expect(refused[0]).toContain(`piw-keys authorize slave ${keys.own.publicKey} LABEL`);
  expect(gate.turnedAway).toMatchObject([{ door: 'slave', key: keys.own.publicKey, from: '127.0.0.1' }]);
  gate.admit('slave', 'late', keys.own);
  expect(await line.say(bye, { patienceMs: 15_000 })).toBe(true);
  await vi.waitFor(() => expect(heard).toMatchObject([{ by: { label: 'late' } }]), soon);
}, 20_000);

test('an operator’s key does not open the slave queue', async () => {
  const gate = await openTestGate();
  const { listener } = await listening(gate);
  const { refused } = slave(listener.address, gate.admit('operator', 'ann'));
  await vi.waitFor(() => expect(refused).toHaveLength(1), soon);
});

test('somebody who poses as the master is recognized by the key', async () => {
  const [gate, impostor] = [await openTestGate(), await openTestGate()];
  const { listener, heard } = await listening(impostor);
  const { line, refused } = slave(listener.address, gate.admit('slave', 'ann'));
  void line.say(bye);
  await vi.waitFor(() => expect(refused[0]).toMatch(/is not the master with the key piwpub_/), soon);
  expect(heard).toEqual([]);
});

test('one without a key learns that the master wants one', async () => {
  const gate = await openTestGate();
  const { listener } = await listening(gate);
  const { refused } = slave(listener.address, undefined);
  await vi.waitFor(() => expect(refused[0]).toMatch(/wants keys.*--master-key/), soon);
});

test('one that expects a master with keys says nothing to one without', async () => {
  const gate = await openTestGate();
  const open = await listen({ address: 'tcp://127.0.0.1:0', hears: fromSlave, says: toSlave });
  onTestFinished(() => open.close());
  const { refused } = slave(open.address, gate.admit('slave', 'ann'));
  await vi.waitFor(() => expect(refused[0]).toMatch(/has no keys/), soon);
});

test('what a slave says after its key was revoked is not heard, nor is anything said to it; authorized again it is', async () => {
  const gate = await openTestGate();
  const { listener, heard, strays } = await listening(gate);
  const keys = gate.admit('slave', 'ann');
  const { line, refused, connections } = slave(listener.address, keys);
  await line.say(bye);
  await vi.waitFor(() => expect(heard).toHaveLength(1), soon);
  gate.revoke('ann');
  expect(await listener.say(heard[0]!.peer, { type: 'WHO', body: {} })).toBe(false);
  await line.say(bye);
  await vi.waitFor(() => expect(refused[0]).toMatch(/does not let this key in/), soon);
  expect(heard).toHaveLength(1);
  expect(strays).toEqual(['a connection that has proved no key']);
  gate.admit('slave', 'ann again', keys.own);
  await vi.waitFor(() => expect(connections()).toBe(2), { timeout: 10_000 });
  await line.say(bye);
  await vi.waitFor(() => expect(heard.map(({ by }) => by?.label)).toEqual(['ann', 'ann again']), soon);
}, 20_000);

/** Connects with an authorized key and does not play by the rules. */
function rogue(address: string, keys: DialKeys): Dealer {
  const socket = new Dealer({ ...curveOf(keys), linger: 0, receiveTimeout: 5000, immediate: true });
  onTestFinished(() => socket.close());
  socket.connect(address);
  return socket;
}

test('a connection that never proves its key is not heard, and asked to', async () => {
  const gate = await openTestGate();
  const { listener, heard, strays } = await listening(gate);
  const socket = rogue(listener.address, gate.admit('slave', 'ann'));
  await socket.send(encode(['BYE', {}]));
  const [challenge = Buffer.of()] = await socket.receive();
  expect(String(challenge)).toContain('CHALLENGE');
  await socket.send(Buffer.concat([challenge.subarray(0, 1), encode(['PROOF', { key: 'nonsense' }])]));
  await socket.send(Buffer.concat([challenge.subarray(0, 1), encode(['ADMITTED', {}])]));
  await socket.send(encode(['BYE', {}]));
  expect(String((await socket.receive())[0])).toContain('CHALLENGE');
  expect(heard).toEqual([]);
  expect(strays).toEqual(['a connection that has proved no key']);
});

/** A socket that says itself what the other end is to call it (ZMQ_ROUTING_ID, option 5). */
class SelfNamed extends Dealer {
  call(name: Buffer): void {
    this.setStringOption(5, name);
  }
}

test('who comes under the name that another’s connection had is not heard as that one', async () => {
  const gate = await openTestGate();
  const { listener, heard, strays } = await listening(gate);
  const { line } = slave(listener.address, gate.admit('slave', 'ann'));
  await line.say(bye);
  await vi.waitFor(() => expect(heard).toHaveLength(1), soon);
  const { peer } = heard[0]!;
  line.close();
  await vi.waitFor(async () => expect(await listener.say(peer, { type: 'WHO', body: {} })).toBe(false), soon);
  const socket = new SelfNamed({
    ...curveOf(gate.admit('slave', 'bob')),
    linger: 0,
    receiveTimeout: 5000,
    immediate: true,
  });
  onTestFinished(() => socket.close());
  socket.call(Buffer.from(peer, 'hex'));
  socket.connect(listener.address);
  await socket.send(encode(['BYE', {}]));
  expect(String(await socket.receive())).toContain('CHALLENGE');
  await socket.send([Buffer.alloc(16), encode(['BYE', {}])]);
  expect(String(await socket.receive())).toContain('CHALLENGE');
  expect(heard).toHaveLength(1);
  expect(strays).toContain('a connection that has proved no key');
});

/** As many addresses that all are this machine: zeromq dials none twice. */
const ownAddresses = (count: number, address: string): string[] =>
  Array.from({ length: count }, (_, at) => address.replace('0.0.0.0', `127.1.${at >> 7}.${1 + (at & 127)}`));

test('two thousand connections that prove nothing keep no slave from being heard', async () => {
  const gate = await openTestGate();
  const { listener, heard } = await listening(gate, 'tcp://0.0.0.0:0');
  const many = gate.admit('slave', 'many');
  const [first = '', ...others] = ownAddresses(2000, listener.address);
  const socket = rogue(first, many);
  for (const address of others) socket.connect(address);
  let connected = 0;
  for await (const { type } of socket.events) if (type === 'handshake' && ++connected === 2000) break;
  for (let count = 0; count < 4000; count++) await socket.send(encode(['BYE', {}]));
  const { line } = slave(first, gate.admit('slave', 'ann'));
  expect(await line.say(bye, { patienceMs: 20_000 })).toBe(true);
  await vi.waitFor(() => expect(heard).toMatchObject([{ by: { label: 'ann' } }]), { timeout: 20_000 });
}, 60_000);

test('a key that takes more than its share of the time is not heard until some has passed, and keeps nobody else from being heard', async () => {
  const gate = await openTestGate();
  const { listener, heard, strays } = await listening(gate, 'tcp://127.0.0.1:0', 100);
  const [ann, bob] = [gate.admit('slave', 'ann'), gate.admit('slave', 'bob')];
  const { line } = slave(listener.address, ann);
  for (let count = 0; count < 8; count++) await line.say(bye);
  await vi.waitFor(() => expect(strays).toEqual(['more with the key of ann than there is time for']), soon);
  const heardOfAnn = heard.length;
  expect(heardOfAnn).toBeLessThan(8);
  await slave(listener.address, bob).line.say(bye);
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ by: { label: 'bob' } }), soon);
  await vi.waitFor(async () => {
    await line.say(bye);
    expect(heard.filter(({ by }) => by?.label === 'ann').length).toBeGreaterThan(heardOfAnn);
  }, soon);
});

/** A connection that says and proves nothing. */
async function silentConnection(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

test('who connects and does not show a key has to go again after a few seconds', async () => {
  const gate = await openTestGate();
  const { listener } = await listening(gate);
  const socket = await silentConnection(listener.address);
  const sinceMs = performance.now();
  socket.resume();
  await once(socket, 'close');
  expect(performance.now() - sinceMs).toBeLessThan(9000);
}, 20_000);

test('a slave that loses its connection proves itself again, to the same master started anew', async () => {
  const gate = await openTestGate();
  const first = await listening(gate);
  const { line, connections } = slave(first.listener.address, gate.admit('slave', 'ann'));
  await line.say(bye);
  await vi.waitFor(() => expect(first.heard).toHaveLength(1), soon);
  first.listener.close();
  const second = await vi.waitFor(() => listening(gate, first.listener.address), soon);
  await vi.waitFor(() => expect(connections()).toBe(2), { timeout: 10_000 });
  await line.say(bye);
  await vi.waitFor(() => expect(second.heard).toMatchObject([{ by: { label: 'ann' } }]), soon);
});
