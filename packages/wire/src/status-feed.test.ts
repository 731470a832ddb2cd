import { expect, onTestFinished, test, vi } from 'vitest';
import type { ControlClient } from './control-client.ts';
import { ControlError } from './control-error.ts';
import { type FeedView, followStatus, type StatusFeedOptions } from './status-feed.ts';
import type { Snapshot, StatusEvent } from './status-protocol.ts';
import { openStatus, type StatusPublisher } from './status-publisher.ts';
import { exampleSlave, exampleSnapshot } from './testing/example-farm.ts';
import { openTestControl, testClient } from './testing/open-control.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

interface Farm {
  readonly dir: string;
  /** What control answers to SNAPSHOT. */
  snapshot: Snapshot;
  asked: number;
}

/** Addresses of a farm, and its control; its publisher comes when a test wants it. */
async function farm(snapshot = exampleSnapshot()): Promise<Farm> {
  const it: Farm = { dir: `ipc://${await temporaryDir()}`, snapshot, asked: 0 };
  await openTestControl(`${it.dir}/control`, {
    SNAPSHOT: () => {
      it.asked++;
      return Promise.resolve(it.snapshot);
    },
  });
  return it;
}

async function publisher({ dir }: Farm): Promise<StatusPublisher> {
  const status = await openStatus({ address: `${dir}/status` });
  onTestFinished(() => status.close());
  return status;
}

/** What a client sees: its views from the first on. */
function follow({ dir }: Farm, options: Partial<StatusFeedOptions> = {}) {
  const views: FeedView[] = [];
  const stop = new AbortController();
  const control = testClient(`${dir}/control`);
  const onChange = (view: FeedView) => views.push(view);
  const fast = { batchMs: 5, retryMs: 20, quietMs: 10_000 };
  const following = followStatus(
    { statusAddress: `${dir}/status`, control, onChange, ...fast, ...options },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await following;
  });
  return { views, labels: () => [...(views.at(-1)?.board?.slaves.values() ?? [])].map(({ label }) => label) };
}

const comes = (slave: number, n: number, epoch = 1): StatusEvent => ({
  type: 'SLAVE',
  body: { epoch, n, slave: exampleSlave(slave) },
});
/** Says an event again and again until it has had its effect: a subscription takes its time. */
const until = (says: () => unknown, seen: () => unknown) =>
  expect.poll(() => (says(), seen()), { interval: 20, timeout: 4000 });

test('a client sees the snapshot, and what happens after it', async () => {
  const it = await farm();
  const status = await publisher(it);
  const { labels } = follow(it);
  await expect.poll(labels).toEqual(['pi-1', 'pi-2']);
  await until(() => status.say(comes(3, 1)), labels).toEqual(['pi-1', 'pi-2', 'pi-3']);
  expect(it.asked).toBe(1);
});

test('a client that hears nothing but what is older than its board asks for the board again', async () => {
  const it = await farm({ ...exampleSnapshot(), epoch: Number.MAX_SAFE_INTEGER });
  const status = await publisher(it);
  const { labels } = follow(it, { quietMs: 300 });
  await expect.poll(labels).toEqual(['pi-1', 'pi-2']);
  it.snapshot = exampleSnapshot(1_000_000, 3);
  let n = 0;
  await until(() => status.say(comes(1, ++n)), labels).toEqual(['pi-1', 'pi-2', 'pi-3']);
});

test('a client that missed an event asks for the board again', async () => {
  const it = await farm();
  const status = await publisher(it);
  const { labels } = follow(it);
  await expect.poll(labels).toHaveLength(2);
  it.snapshot = exampleSnapshot(5, 4);
  await until(() => status.say(comes(3, 5)), labels).toEqual(['pi-1', 'pi-2', 'pi-3', 'pi-4']);
  expect(it.asked).toBe(2);
});

test('a client asks again when the master began a new epoch', async () => {
  const it = await farm();
  const first = await publisher(it);
  const { views, labels } = follow(it);
  await expect.poll(labels).toHaveLength(2);
  first.close();
  it.snapshot = exampleSnapshot(1, 1, 2);
  const again = await vi.waitFor(() => publisher(it)); // zeromq lets the address go in its own time
  await until(() => again.say(comes(9, 1, 2)), labels).toEqual(['pi-1']);
  expect(views.at(-1)?.board?.epoch).toBe(2);
});

test('after a silence the client asks for the board again', async () => {
  const it = await farm();
  const { labels } = follow(it, { quietMs: 50 });
  await expect.poll(labels).toHaveLength(2);
  it.snapshot = exampleSnapshot(7, 3);
  await expect.poll(labels).toHaveLength(3);
});

test('a client whose stream is cut asks for the board at once', async () => {
  const it = await farm();
  const status = await publisher(it);
  const { labels } = follow(it, { quietMs: 60_000 });
  await expect.poll(labels).toHaveLength(2);
  await until(() => status.say(comes(3, 1)), labels).toHaveLength(3);
  it.snapshot = exampleSnapshot(7, 4);
  status.close();
  await expect.poll(labels).toHaveLength(4);
  expect(it.asked).toBe(2);
});

test('a client tells why it has no current board, keeps the last, and goes on when there is one', async () => {
  let away = false;
  const control: Pick<ControlClient, 'ask'> = {
    ask: () =>
      away ? Promise.reject(new ControlError('absent', 'no master', '')) : Promise.resolve(exampleSnapshot() as never),
  };
  const it = await farm();
  const { views } = follow(it, { control: control as ControlClient, quietMs: 20, now: () => 42 });
  await expect.poll(() => views.at(-1)?.board?.n).toBe(0);
  away = true;
  await expect.poll(() => views.at(-1)?.trouble?.message).toBe('no master');
  expect(views.at(-1)).toMatchObject({ heardMs: 42, board: { n: 0 } });
  away = false;
  await expect.poll(() => views.at(-1)?.trouble).toBeNull();
});

test('many events at once are one change of the view', async () => {
  const it = await farm();
  const status = await publisher(it);
  const { views, labels } = follow(it, { batchMs: 100 });
  await expect.poll(labels).toHaveLength(2);
  await until(() => status.say(comes(3, 1)), labels).toHaveLength(3);
  const before = views.length;
  for (let n = 2; n <= 200; n++) void status.say(comes(n, n));
  await expect.poll(() => views.at(-1)?.board?.n).toBe(200);
  expect(views.length - before).toBeLessThanOrEqual(5);
});
