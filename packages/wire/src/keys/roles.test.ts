import { expect, onTestFinished, test, vi } from 'vitest';
import { ControlClient } from '../control-client.ts';
import type { Answerers } from '../control-server.ts';
import { statusEvents, statusTopic } from '../status-protocol.ts';
import { openStatus } from '../status-publisher.ts';
import { subscribe } from '../subscriber.ts';
import { openTestGate, type TestGate } from '../testing/gate.ts';
import { openTestControl } from '../testing/open-control.ts';
import type { DialKeys } from './dial-keys.ts';

const everywhere = 'tcp://127.0.0.1:0';

/** A control queue that tells who ordered it to stop. */
async function control({ house }: TestGate, others: Partial<Answerers> = {}) {
  const ordered: string[] = [];
  const server = await openTestControl(
    everywhere,
    {
      STOP: (_, from) => Promise.resolve({ done: [{ subject: ordered.push(from).toString(), text: '' }], refused: [] }),
      JOURNAL: () => Promise.resolve({ entries: [] }),
      STANDING: (_, who, mayOrder) => Promise.resolve({ who, mayOrder }),
      ...others,
    },
    { gate: house.at('control') },
  );
  const dialled = (keys: DialKeys | undefined): ControlClient => {
    const client = new ControlClient({ address: server.address, from: 'root@elsewhere', keys, retryMs: 200 });
    onTestFinished(() => client.close());
    return client;
  };
  return { ordered, dialled };
}

const look = { limit: 1, before: null };

test('an operator’s order is carried out, and journalled under the label of the key, whoever they say they are', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  await dialled(gate.admit('operator', 'ann')).ask('STOP', {});
  expect(ordered).toEqual(['ann']);
});

test('an observer may look, and is told that their key gives no orders', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  const client = dialled(gate.admit('observer', 'bob'));
  expect(await client.ask('JOURNAL', look)).toEqual({ entries: [] });
  await expect(client.ask('STOP', {})).rejects.toMatchObject({
    kind: 'refused',
    message: "Your key, that of bob, may only look: it is an observer's.",
  });
  expect(ordered).toEqual([]);
});

test('one is answered so much at once, and what is more when some time has passed; nobody else waits for that', async () => {
  const gate = await openTestGate();
  const part = { offset: 0, bytes: Buffer.alloc(1 << 20), sizeBytes: 1 << 20, ended: true };
  const { dialled } = await control(gate, { LOG: () => Promise.resolve(part) });
  const [client, other] = [dialled(gate.admit('observer', 'bob')), dialled(gate.admit('observer', 'cy'))];
  const log = { attempt: 1, offset: 0, limit: 1 << 20 };
  await client.ask('STANDING', {}); // the door is open
  let answered = 0;
  const asked = Array.from({ length: 24 }, () => client.ask('LOG', log).then(() => (answered += 1)));
  await vi.waitFor(() => expect(answered).toBeGreaterThanOrEqual(16));
  await other.ask('LOG', log);
  expect(answered).toBeLessThan(24);
  await Promise.all(asked);
});

test('who asks learns whether they may give orders', async () => {
  const gate = await openTestGate();
  const { dialled } = await control(gate);
  expect(await dialled(gate.admit('observer', 'bob')).ask('STANDING', {})).toEqual({ who: 'bob', mayOrder: false });
  expect(await dialled(gate.admit('operator', 'ann')).ask('STANDING', {})).toEqual({ who: 'ann', mayOrder: true });
});

test('whoever has no key, a slave’s or a revoked one gives no orders, and learns at once what to do', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  const was = gate.admit('operator', 'late');
  gate.revoke('late');
  for (const keys of [gate.stranger(), gate.admit('slave', 'cy'), was])
    await expect(dialled(keys).ask('STOP', {})).rejects.toMatchObject({
      kind: 'unadmitted',
      remedy: `Have it authorized there: piw-keys authorize operator ${keys.own.publicKey} LABEL`,
    });
  await expect(dialled(undefined).ask('STOP', {})).rejects.toMatchObject({ kind: 'unadmitted' });
  expect(ordered).toEqual([]);
});

test('an order that was refused for want of a key is not given later, when the key is authorized', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  const keys = gate.stranger();
  const client = dialled(keys);
  await expect(client.ask('STOP', {})).rejects.toMatchObject({ kind: 'unadmitted' });
  gate.admit('operator', 'ann', keys.own);
  expect(await client.ask('JOURNAL', look)).toEqual({ entries: [] });
  expect(ordered).toEqual([]);
});

test('an operator whose key is revoked while connected gives no more orders', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  const client = dialled(gate.admit('operator', 'ann'));
  await client.ask('STOP', {});
  gate.revoke('ann');
  await expect(client.ask('STOP', {})).rejects.toMatchObject({ kind: 'unadmitted' });
  expect(ordered).toEqual(['ann']);
});

test('a connected operator whose key becomes an observer’s may look from then on, a slave’s nothing at all, and an operator again everything', async () => {
  const gate = await openTestGate();
  const { ordered, dialled } = await control(gate);
  const client = dialled(gate.admit('operator', 'ann'));
  await client.ask('STOP', {});
  gate.move('ann', 'observer', 'ann');
  await expect(client.ask('STOP', {})).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('may only look') as string,
  });
  expect(await client.ask('JOURNAL', look)).toEqual({ entries: [] });
  gate.move('ann', 'slave', 'ann');
  await expect(client.ask('JOURNAL', look)).rejects.toMatchObject({ kind: 'unadmitted' });
  gate.move('ann', 'operator', 'bea');
  await expect
    .poll(() =>
      client.ask('STOP', {}).then(
        () => 'done',
        () => 'not yet',
      ),
    )
    .toBe('done');
  expect(ordered).toEqual(['ann', 'bea']);
});

/** Somebody who follows the farm, and the events that they have seen. */
function follow(address: string, keys: DialKeys | undefined): { readonly seen: number[] } {
  const seen: number[] = [];
  const stop = new AbortController();
  const events = subscribe({ address, topic: statusTopic, hears: statusEvents, keys });
  void (async () => {
    while (!stop.signal.aborted) seen.push(...(await events.take(1000, stop.signal)).map(({ body }) => body.n));
  })();
  onTestFinished(() => {
    stop.abort();
    events.close();
  });
  return { seen };
}

test('the farm is followed by those who may look, and no longer when their key is revoked', async () => {
  const gate = await openTestGate();
  const publisher = await openStatus({ address: everywhere, gate: gate.house.at('status') });
  onTestFinished(() => publisher.close());
  const { address } = publisher;
  const [ann, bob] = [follow(address, gate.admit('observer', 'ann')), follow(address, gate.admit('operator', 'bob'))];
  const others = [
    follow(address, gate.admit('slave', 'cy')),
    follow(address, gate.stranger()),
    follow(address, undefined),
  ];
  let n = 0;
  const tell = () => publisher.say({ type: 'GONE', body: { epoch: 1, n: ++n, slave: 1 } });
  /** Tells until somebody has seen what was told from now on. */
  const untilSeen = (who: typeof ann, from: number) =>
    expect.poll(() => (void tell(), who.seen.at(-1) ?? 0), { interval: 20, timeout: 5000 }).toBeGreaterThan(from);
  await untilSeen(ann, 0);
  await untilSeen(bob, 0);
  gate.revoke('ann');
  await publisher.reopen();
  const [last] = [n, ann.seen.splice(0)];
  await untilSeen(bob, last);
  expect([ann, ...others].map(({ seen }) => seen.filter((one) => one > last))).toEqual([[], [], [], []]);
});

test('one who was refused is told so, too, by a question that has no time to wait for the next refusal', async () => {
  const gate = await openTestGate();
  const { dialled } = await control(gate);
  const keys = gate.stranger();
  const client = dialled(keys);
  await expect(client.ask('JOURNAL', look)).rejects.toMatchObject({ kind: 'unadmitted' });
  await expect(client.ask('JOURNAL', look, { timeoutMs: 20 })).rejects.toMatchObject({
    kind: 'unadmitted',
    message: expect.stringContaining('does not let this key in here') as string,
  });
  gate.admit('observer', 'bob', keys.own);
  await expect.poll(() => client.ask('JOURNAL', look).catch(() => null), { timeout: 5000 }).not.toBeNull();
});
