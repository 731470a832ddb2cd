import { expect, onTestFinished, test, vi } from 'vitest';
import { AddressError } from './address-error.ts';
import { logTopic, statusEvents, statusTopic } from './status-protocol.ts';
import { openStatusQueues } from './status-publishers.ts';
import { subscribe } from './subscriber.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

/** A status queue at two doors of one house, and who began or ended to be watched. */
async function open() {
  const dir = await temporaryDir();
  const watches: [number, boolean][] = [];
  const publishers = await openStatusQueues({
    addresses: [`ipc://${dir}/status`, 'tcp://127.0.0.1:0'],
    onWatch: (...watch) => watches.push(watch),
  });
  onTestFinished(() => publishers.close());
  return { publishers, watches, local: publishers.addresses[0]!, remote: publishers.addresses[1]! };
}

function follow(address: string, topic: string) {
  const follower = subscribe({ address, topic, hears: statusEvents });
  onTestFinished(() => follower.close());
  return follower;
}

test('what is told at one address is told at all of them', async () => {
  const { publishers, local, remote } = await open();
  const followers = [follow(local, statusTopic), follow(remote, statusTopic)];
  const heard = followers.map(async (follower) => (await follower.take(4000, AbortSignal.timeout(4000)))[0]?.type);
  let all: unknown;
  void Promise.all(heard).then((both) => (all = both));
  await expect
    .poll(() => (void publishers.say({ type: 'GONE', body: { epoch: 1, n: 1, slave: 1 } }), all), { timeout: 4000 })
    .toEqual(['GONE', 'GONE']);
});

test('a log is watched as long as somebody follows it at any of them', async () => {
  const { publishers, watches, local, remote } = await open();
  const here = follow(local, logTopic(12));
  await expect.poll(() => watches).toEqual([[12, true]]);
  const there = follow(remote, logTopic(12));
  const alone = follow(remote, logTopic(13));
  await expect.poll(() => publishers.watched(13)).toBe(true);
  here.close();
  alone.close();
  await expect.poll(() => publishers.watched(13)).toBe(false);
  expect(publishers.watched(12)).toBe(true);
  there.close();
  await expect.poll(() => publishers.watched(12)).toBe(false);
  expect(watches.filter(([attempt]) => attempt === 12)).toEqual([
    [12, true],
    [12, false],
  ]);
});

test('where one of the addresses is taken, none is left open', async () => {
  const dir = await temporaryDir();
  const first = await openStatusQueues({ addresses: [`ipc://${dir}/a`] });
  onTestFinished(() => first.close());
  const addresses = [`ipc://${dir}/b`, `ipc://${dir}/a`];
  await expect(openStatusQueues({ addresses })).rejects.toThrow(AddressError);
  // zeromq lets go of an address a moment after its socket is closed.
  const second = await vi.waitFor(() => openStatusQueues({ addresses: [`ipc://${dir}/b`] }), { interval: 10 });
  second.close();
});
