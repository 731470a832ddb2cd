import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlType, control } from '@piw/wire/control-protocol';
import { type Answerers, openControl } from '@piw/wire/control-server';
import { exampleSnapshot } from '@piw/wire/testing/example-farm';
import { expect, onTestFinished, test } from 'vitest';
import type { Monitor } from '../state/monitor.ts';
import { startMonitor } from '../state/start.ts';
import { Store } from './store.ts';
import { watch } from './watch.ts';

/** A master's control queue that tells of a farm of that name; it ends when it is told to. */
async function openMaster(address: string, name: string, epoch: number) {
  const snapshot = { ...exampleSnapshot(), epoch, farm: { ...exampleSnapshot().farm, name } };
  const answer = (question: ControlType) => () =>
    question === 'SNAPSHOT' ? Promise.resolve(snapshot) : Promise.reject(new Error('not in this test'));
  const answerers = Object.fromEntries(Object.keys(control).map((one) => [one, answer(one as ControlType)]));
  const server = await openControl({ address, answerers: answerers as unknown as Answerers, onBug: () => undefined });
  const stopping = new AbortController();
  const running = server.run(stopping.signal);
  return async (): Promise<void> => {
    stopping.abort();
    await running;
  };
}

interface Watched {
  readonly store: Store;
  readonly seen: (look: (monitor: Monitor) => boolean) => Promise<Monitor>;
  /** Leaves it. */
  readonly leaving: AbortController;
}

/** A monitor over two masters, at `DIR/a-control` and `DIR/b-control`. */
function startWatching(dir: string): Watched & ReturnType<typeof watch> {
  const preferences = { view: 'builders', sorting: {}, columns: {}, groups: {}, package: null } as const;
  const store = new Store(
    startMonitor({ size: { columns: 120, rows: 20 }, nowMs: Date.now(), readonly: null, preferences }),
  );
  const seen: Watched['seen'] = (look) =>
    new Promise((resolve) => {
      const check = (): void => {
        if (look(store.get())) resolve(store.get());
      };
      store.subscribe(check);
      check();
    });
  const leaving = new AbortController();
  const [controlQueue, statusQueue] = ['control', 'status'].map((queue) => [
    `ipc://${dir}/a-${queue}`,
    `ipc://${dir}/b-${queue}`,
  ]);
  const args = { runDir: undefined, controlQueue: controlQueue!, statusQueue };
  const pace = { feedMs: 10, quietMs: 50, othersMs: 20 };
  return { store, seen, leaving, ...watch(args, store, leaving.signal, pace) };
}

async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-watch-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

test('of two masters the one that is active is watched, and the other when that takes over, and back', async () => {
  const dir = await temporaryDir();
  const [a, b] = [`ipc://${dir}/a-control`, `ipc://${dir}/b-control`];
  const stopA = await openMaster(a, 'first', 1);
  const { seen, leaving, link, ended } = startWatching(dir);
  const current = (name: string) => seen(({ feed }) => feed.trouble === null && feed.board?.farm.name === name);
  expect((await current('first')).link.address).toBe(a);
  await stopA();
  const without = await seen(({ feed }) => feed.trouble !== null);
  expect(without.feed.board?.farm.name).toBe('first');

  const stopB = await openMaster(b, 'second', 2);
  const moved = await current('second');
  expect(moved.link.address).toBe(b);
  expect(moved.notices.map(({ text }) => text)).toContain(`The master at ${b} took over.`);
  expect((await link()).control.address).toBe(b);
  await stopB();

  const stopAgain = await openMaster(a, 'third', 3);
  expect((await current('third')).link.address).toBe(a);
  leaving.abort();
  await ended;
  await stopAgain();
});

test('a master that stands still is not gone to', async () => {
  const dir = await temporaryDir();
  const stopA = await openMaster(`ipc://${dir}/a-control`, 'first', 1);
  const { store, seen, leaving, ended } = startWatching(dir);
  await seen(({ feed }) => feed.trouble === null && feed.board !== null);
  // The system takes connections for it, and nobody reads.
  const silent = createServer({ pauseOnConnect: true });
  const tries = new Promise<void>((resolve) => {
    let count = 0;
    silent.on('connection', (socket) => {
      onTestFinished(() => void socket.destroy());
      count += 1;
      if (count === 3) resolve(); // it was knocked at, spoken to, and knocked at again
    });
  });
  silent.listen(join(dir, 'b-control'));
  onTestFinished(() => void silent.close());
  await stopA();
  await tries;
  const { link, notices } = store.get();
  expect(link.address).toBe(`ipc://${dir}/a-control`);
  expect(notices.map(({ text }) => text)).not.toContain(`The master at ipc://${dir}/b-control took over.`);
  leaving.abort();
  await ended;
});
