import { expect, onTestFinished, test } from 'vitest';
import { Subscriber } from 'zeromq';
import type { StatusEvent } from './status-protocol.ts';
import { openStatus, type StatusPublisher } from './status-publisher.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

async function publisher(onWatch: (attempt: number, watched: boolean) => void = () => {}): Promise<StatusPublisher> {
  const status = await openStatus({ address: `ipc://${await temporaryDir()}/status`, onWatch });
  onTestFinished(() => status.close());
  return status;
}

function client({ address }: StatusPublisher, ...topics: string[]): Subscriber {
  const socket = new Subscriber({ linger: 0 });
  onTestFinished(() => socket.close());
  socket.subscribe(...topics);
  socket.connect(address);
  return socket;
}

/** Follow the logs of the attempts from 1 on, 900 each: a socket holds a thousand subscriptions back, and drops others. */
const crowd = (status: StatusPublisher, clients: number): Subscriber[] =>
  Array.from({ length: clients }, (_, i) =>
    client(status, ...Array.from({ length: 900 }, (__, k) => `log.${i * 900 + k + 1}.`)),
  );

test('logs are followed live again once a crowd that followed too many has gone', async () => {
  const watched = new Set<number>();
  const status = await publisher((attempt, isWatched) => (isWatched ? watched.add(attempt) : watched.delete(attempt)));
  const greedy = crowd(status, 13);
  await expect.poll(() => watched.size, { timeout: 4000 }).toBe(10_000);
  for (const socket of greedy) socket.close();
  await expect.poll(() => watched.size, { timeout: 4000 }).toBe(0);
  client(status, 'log.80000.');
  await expect.poll(() => status.watched(80_000)).toBe(true);
}, 10_000);

test('thousands of subscriptions leave turns to everything else', async () => {
  const turns: number[] = [0];
  const status = await publisher(() => turns.push((turns.pop() ?? 0) + 1));
  let turn = setImmediate(function next() {
    turns.push(0);
    turn = setImmediate(next);
  });
  onTestFinished(() => clearImmediate(turn));
  crowd(status, 6);
  await expect.poll(() => turns.reduce((sum, heard) => sum + heard, 0)).toBe(5400);
  expect(Math.max(...turns)).toBeLessThanOrEqual(200);
});

test('whoever subscribes to more topics than there can be is cut off, and with it what its topics take', async () => {
  const reports: string[] = [];
  const status = await openStatus({
    address: `ipc://${await temporaryDir()}/status`,
    onStray: ({ example }) => reports.push(example),
  });
  onTestFinished(() => status.close());
  const honest = client(status, 'log.7.').receive();
  await expect.poll(() => status.watched(7)).toBe(true);
  const greedy = Array.from({ length: 3 }, (_, i) =>
    client(status, ...Array.from({ length: 900 }, (__, k) => `${i * 900 + k}`.padEnd(300, 'x'))),
  );
  await expect.poll(() => reports, { timeout: 8000 }).toContainEqual(expect.stringContaining('more topics'));
  for (const socket of greedy) socket.close();
  await expect.poll(() => status.watched(7), { timeout: 8000 }).toBe(true);
  await status.say({ type: 'LOG', body: { attempt: 7, offset: 0, bytes: Buffer.from('x'), ended: false } });
  expect(String((await honest)[0])).toBe('log.7.');
}, 20_000);

test('topics that are no log are nobody’s', async () => {
  const heard: number[] = [];
  const status = await publisher((attempt) => heard.push(attempt));
  client(
    status,
    '',
    'status',
    'log.',
    'log.7',
    'log.07.',
    'log.7.8',
    `log.${'9'.repeat(300)}.`,
    'x'.repeat(300),
    'log.7.',
  );
  await expect.poll(() => heard).toEqual([7]);
});

test('what nobody hears is not even written, and whoever subscribes to a beginning of the topic hears it', async () => {
  const status = await publisher();
  const gone: StatusEvent = { type: 'GONE', body: { epoch: 1, n: 1, slave: 1 } };
  expect(await status.say(gone)).toBe(false);
  const [one, other] = [client(status, 'stat'), client(status, 'log.7.', 'statuses')];
  await expect.poll(() => status.say(gone)).toBe(true);
  expect((await one.receive()).length).toBe(2);
  one.close();
  await expect.poll(() => status.say(gone)).toBe(false);
  expect(
    await status.say({ type: 'LOG', body: { attempt: 8, offset: 0, bytes: Buffer.from('-'), ended: false } }),
  ).toBe(false);
  await expect.poll(() => status.watched(7)).toBe(true);
  expect(
    await status.say({ type: 'LOG', body: { attempt: 7, offset: 0, bytes: Buffer.from('-'), ended: false } }),
  ).toBe(true);
  expect((await other.receive())[0]?.toString()).toBe('log.7.');
});
