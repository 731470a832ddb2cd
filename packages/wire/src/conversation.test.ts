import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type DialOptions, dial } from './dialler.ts';
import { fromSender, toSender } from './file-protocol.ts';
import { type Listener, listen } from './listener.ts';
import { fromSlave, toSlave } from './slave-protocol.ts';
import { collect } from './testing/collect.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

type MastersEnd = Listener<typeof fromSlave, typeof toSlave>;

async function master(address: string): Promise<MastersEnd> {
  const listener = await listen({ address, hears: fromSlave, says: toSlave });
  onTestFinished(() => listener.close());
  return listener;
}

function slave(address: string, options: Partial<DialOptions<typeof toSlave, typeof fromSlave>> = {}) {
  const dialler = dial({ address, hears: toSlave, says: fromSlave, ...options });
  onTestFinished(() => dialler.close());
  return dialler;
}

const bye = { type: 'BYE', body: {} } as const;
const who = { type: 'WHO', body: {} } as const;
const done = (attempt: number) => ({ type: 'DONE', body: { attempt } }) as const;
const log = (offset: number, size = 10) =>
  ({ type: 'LOG', body: { attempt: 1, offset, bytes: new Uint8Array(size) } }) as const;

test.each(['tcp://127.0.0.1:0', 'tcp://localhost:0', 'tcp://*:0', 'ipc'])(
  'a slave that dials %s is heard and answered',
  async (address) => {
    const listener = await master(address === 'ipc' ? `ipc://${await temporaryDir()}/s` : address);
    const dialler = slave(listener.address.replace('[::]', '127.0.0.1'));
    expect(await dialler.say(bye)).toBe(true);
    const [heard] = await collect(listener, 1);
    expect(heard?.message).toEqual(bye);
    expect(await listener.say(heard!.peer, who)).toBe(true);
    expect(await collect(dialler, 1)).toEqual([who]);
  },
);

test('a slave hears what it is told in the order in which it was said', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const dialler = slave(listener.address);
  void dialler.say(bye);
  const [heard] = await collect(listener, 1);
  for (let attempt = 1; attempt <= 50; attempt++) void listener.say(heard!.peer, done(attempt));
  expect(await collect(dialler, 50)).toEqual(Array.from({ length: 50 }, (_, i) => done(i + 1)));
});

test('a slave may dial before the master listens, and is told when there is one', async () => {
  const address = `ipc://${await temporaryDir()}/s`;
  let connections = 0;
  const dialler = slave(address, { patienceMs: 5000, onConnect: () => connections++ });
  const said = dialler.say(bye);
  const listener = await master(address);
  expect(await said).toBe(true);
  await expect.poll(() => connections).toBe(1);
  expect((await collect(listener, 1)).map(({ message }) => message)).toEqual([bye]);
});

test('what a slave says while no master is there goes to none that comes later', async () => {
  const address = `ipc://${await temporaryDir()}/s`;
  const dialler = slave(address, { patienceMs: 20 });
  expect(await dialler.say(log(0))).toBe(false);
  const listener = await master(address);
  expect(await dialler.say(bye, { patienceMs: 5000 })).toBe(true);
  expect((await collect(listener, 1)).map(({ message }) => message.type)).toEqual(['BYE']);
});

test('a slave finds a master that was restarted, under another name', async () => {
  const address = `ipc://${await temporaryDir()}/s`;
  let connections = 0;
  const dialler = slave(address, { patienceMs: 5000, onConnect: () => connections++ });
  const first = await master(address);
  void dialler.say(bye);
  await collect(first, 1);
  first.close();
  const second = await vi.waitFor(() => master(address)); // zeromq lets the address go in its own time
  expect(await dialler.say(bye)).toBe(true);
  const [heard] = await collect(second, 1);
  expect(await second.say(heard!.peer, who)).toBe(true);
  expect(await collect(dialler, 1)).toEqual([who]);
  await expect.poll(() => connections).toBe(2);
});

test('what is said to a peer that is gone is dropped at once', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const dialler = slave(listener.address);
  void dialler.say(bye);
  const [heard] = await collect(listener, 1);
  dialler.close();
  await expect.poll(() => listener.say(heard!.peer, who)).toBe(false);
});

test('twenty slaves are told fifty things each at once', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const slaves = Array.from({ length: 20 }, () => slave(listener.address));
  for (const each of slaves) void each.say(bye);
  const peers = (await collect(listener, 20)).map(({ peer }) => peer);
  const told = Array.from({ length: 1000 }, (_, i) => listener.say(peers[i % 20]!, who));
  expect(new Set(await Promise.all(told))).toEqual(new Set([true]));
});

test('whatever else waits has its turn while much is heard', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const [busy, last] = [slave(listener.address), slave(listener.address)];
  let [turns, on] = [0, true];
  const count = (): void => {
    turns += 1;
    if (on) setImmediate(count);
  };
  setImmediate(count);
  void (async () => {
    for (let n = 0; n < 2000; n += 1) await busy.say(log(n), { patienceMs: 5000 });
    await last.say(bye);
  })();
  let [most, together, turnsThen] = [0, 0, turns];
  for await (const { message } of listener) {
    if (message.type === 'BYE') break;
    together = turns > turnsThen ? 1 : together + 1;
    turnsThen = turns;
    most = Math.max(most, together);
    for (const untilMs = performance.now() + 0.2; performance.now() < untilMs; );
  }
  on = false;
  expect(most).toBeLessThan(50);
});

test('a slave that stops reading holds up no other', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const [stalled, other] = [slave(listener.address), slave(listener.address)];
  void stalled.say(bye);
  const [first] = await collect(listener, 1);
  const reason = 'x'.repeat(2000);
  const sent: boolean[] = [];
  while (sent.at(-1) !== false && sent.length < 50_000)
    sent.push(await listener.say(first!.peer, { type: 'CANCEL', body: { attempt: 1, reason } }));
  expect(sent.at(-1)).toBe(false);
  void other.say(bye);
  const [second] = await collect(listener, 1);
  const before = performance.now();
  expect(await listener.say(second!.peer, who)).toBe(true);
  expect(await collect(other, 1)).toEqual([who]);
  expect(performance.now() - before).toBeLessThan(500);
});

test('a sender of chunks is braked by a master that does not read, and loses none', async () => {
  const listener = await listen({ address: 'tcp://127.0.0.1:0', hears: fromSender, says: toSender, waiting: 2 });
  const { address } = listener;
  const sender = dial({ address, hears: toSender, says: fromSender, patienceMs: Infinity, waiting: 2 });
  onTestFinished(() => {
    sender.close();
    listener.close();
  });
  const ticket = new Uint8Array(16);
  let handedOver = 0;
  const chunks = Array.from({ length: 40 }, (_, offset) =>
    sender
      .say({ type: 'CHUNK', body: { ticket, offset, bytes: new Uint8Array(1 << 20) } })
      .then((sent) => (handedOver += Number(sent))),
  );
  await delay(300);
  expect(handedOver).toBeLessThan(40);
  const heard = await collect(listener, 40);
  expect(heard.map(({ message }) => message.body.offset)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  await Promise.all(chunks);
  expect(handedOver).toBe(40);
});

test('closing ends the iteration of both ends, and what is said afterwards is dropped', async () => {
  const listener = await master('tcp://127.0.0.1:0');
  const dialler = slave(listener.address);
  const ends = [collect(listener, 1), collect(dialler, 1)];
  await delay(20);
  listener.close();
  dialler.close();
  expect(await Promise.all(ends)).toEqual([[], []]);
  expect(await dialler.say(bye)).toBe(false);
  expect(await listener.say('0011223344', who)).toBe(false);
});
