import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ControlError } from './control-error.ts';
import { fromControl, toControl } from './control-protocol.ts';
import { type Answerers, type LateOrder, openControl } from './control-server.ts';
import { dial } from './dialler.ts';
import { listen } from './listener.ts';
import { collect } from './testing/collect.ts';
import { openTestControl, testClient } from './testing/open-control.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

const address = async () => `ipc://${await temporaryDir()}/piw-control`;
const add = { package: 'Foo.Bar', version: null, all: false };
const failure = (asked: Promise<unknown>): Promise<ControlError> =>
  asked.then(
    () => expect.fail('it was answered'),
    (error: unknown) => error as ControlError,
  );

test('a question is answered, and the master knows who asks', async () => {
  const server = await openTestControl(await address(), {
    ADD: (ask, from) =>
      Promise.resolve({ package: ask.package, versions: [{ version: '1.0', isNew: from === 'ann@desk.example' }] }),
  });
  expect(await testClient(server.address).ask('ADD', add)).toEqual({
    package: 'foo-bar',
    versions: [{ version: '1.0', isNew: true }],
  });
});

test('many questions at once each get their own answer', async () => {
  const server = await openTestControl(await address(), {
    LOG: async ({ offset }) => {
      await delay((offset % 7) * 2);
      return { offset, bytes: new Uint8Array(), sizeBytes: 0, ended: false };
    },
  });
  const client = testClient(server.address);
  const offsets = Array.from({ length: 60 }, (_, i) => i);
  const answers = await Promise.all(offsets.map((offset) => client.ask('LOG', { attempt: 1, offset, limit: 1 })));
  expect(answers.map(({ offset }) => offset)).toEqual(offsets);
});

test('one who asks more than the master keeps for anybody is refused the rest, and keeps nobody else waiting, nor itself from ordering', async () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const server = await openTestControl(await address(), {
    LOG: async ({ offset }) => {
      await opened;
      return { offset, bytes: new Uint8Array(), sizeBytes: 0, ended: false };
    },
    JOURNAL: () => Promise.resolve({ entries: [] }),
    STOP: () => Promise.resolve({ done: [], refused: [] }),
  });
  const flood = testClient(server.address);
  const asked = Array.from({ length: 69 }, () => flood.ask('LOG', { attempt: 1, offset: 0, limit: 1 }));
  const refused = await failure(Promise.race(asked));
  expect(refused.message).toBe('64 questions of yours wait already.');
  expect(await flood.ask('STOP', {})).toEqual({ done: [], refused: [] });
  expect(await testClient(server.address).ask('JOURNAL', { limit: 1, before: null })).toEqual({ entries: [] });
  open();
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status)).toEqual([...Array<string>(68).fill('fulfilled'), 'rejected']);
});

test('a refusal comes with what to do about it', async () => {
  const server = await openTestControl(await address(), {
    STOP: () => Promise.reject(Object.assign(new Error('There is no such slave.'), { remedy: 'Look at the list.' })),
  });
  const error = await failure(testClient(server.address).ask('STOP', {}));
  expect(error).toBeInstanceOf(ControlError);
  expect(error).toMatchObject({ kind: 'refused', message: 'There is no such slave.', remedy: 'Look at the list.' });
});

test("a bug of the master's is logged there, and not shown to who asks", async () => {
  const bugs: unknown[] = [];
  const server = await openTestControl(
    await address(),
    { STOP: () => Promise.reject(new Error('secret')) },
    { onBug: (question, error) => bugs.push([question, (error as Error).message]) },
  );
  expect(await failure(testClient(server.address).ask('STOP', {}))).toMatchObject({
    kind: 'refused',
    message: 'The master failed at STOP.',
  });
  expect(bugs).toEqual([['STOP', 'secret']]);
});

test('a question that is put wrongly is refused with the field', async () => {
  const server = await openTestControl(await address(), {});
  const error = await failure(testClient(server.address).ask('BUILD', { attempt: -3 }));
  expect(error.message).toMatch(/^BUILD is not understood: attempt: /);
});

test('where no master runs, the client says so when the time is over', async () => {
  const nowhere = await address();
  const error = await failure(testClient(nowhere).ask('STATISTICS', {}, { timeoutMs: 50 }));
  expect(error).toMatchObject({ kind: 'absent', message: `No master answers at ${nowhere}: is it running?` });
});

test('an order that nobody took in time is not given to a master that comes later', async () => {
  const later = await address();
  const client = testClient(later);
  await failure(client.ask('STOP', {}, { timeoutMs: 50 }));
  const asked: string[] = [];
  const server = await openTestControl(later, {
    STOP: () => Promise.resolve({ done: [], refused: [] }).finally(() => asked.push('STOP')),
    JOURNAL: () => Promise.resolve({ entries: [] }).finally(() => asked.push('JOURNAL')),
  });
  await testClient(server.address).ask('JOURNAL', { limit: 1, before: null });
  await client.ask('JOURNAL', { limit: 1, before: null });
  expect(asked).toEqual(['JOURNAL', 'JOURNAL']);
});

test('a client that dials before the master listens is answered when it does', async () => {
  const soon = await address();
  const asked = testClient(soon).ask('JOURNAL', { limit: 1, before: null });
  await delay(30);
  await openTestControl(soon, { JOURNAL: () => Promise.resolve({ entries: [] }) });
  expect(await asked).toEqual({ entries: [] });
});

test('where the master takes an order and does not answer, the client warns that it may have been carried out', async () => {
  const server = await openTestControl(await address(), { STOP: () => delay(300, { done: [], refused: [] }) });
  const error = await failure(testClient(server.address).ask('STOP', {}, { timeoutMs: 100 }));
  expect(error.kind).toBe('silent');
  expect(error.remedy).toContain('it may have been carried out');
});

test('an answer of another version of the master is not believed', async () => {
  const listener = await listen({ address: await address(), hears: toControl, says: fromControl });
  onTestFinished(() => listener.close());
  const asked = failure(testClient(listener.address).ask('JOURNAL', { limit: 1, before: null }));
  const [heard] = await collect(listener, 1);
  const { id } = heard!.message.body;
  void listener.say(heard!.peer, { type: 'ANSWER', body: { id, answer: { entries: 7 } } });
  expect(await asked).toMatchObject({ kind: 'garbled' });
});

test('a question that is given up ends with the reason of the one who gave it up', async () => {
  const stop = new AbortController();
  const asked = testClient(await address()).ask('STATISTICS', {}, { signal: stop.signal });
  stop.abort(new Error('key q'));
  await expect(asked).rejects.toThrow('key q');
});

test('a master that stops answers what it began', async () => {
  const stop = new AbortController();
  const unused = () => Promise.reject(new Error('not in this test'));
  const answerers = new Proxy({} as Parameters<typeof openControl>[0]['answerers'], {
    get: (_, question) =>
      question === 'STOP'
        ? async () => {
            stop.abort();
            await delay(50);
            return { done: [{ subject: 'master', text: 'stops' }], refused: [] };
          }
        : unused,
  });
  const server = await openControl({ address: await address(), answerers, onBug: () => {} });
  const running = server.run(stop.signal);
  const answer = await testClient(server.address).ask('STOP', {});
  expect(answer.done.map(({ text }) => text)).toEqual(['stops']);
  await running;
});

test('a question that does not exist is dropped', async () => {
  const server = await openTestControl(await address(), { JOURNAL: () => Promise.resolve({ entries: [] }) });
  const stranger = dial({
    address: server.address,
    hears: fromControl,
    says: { ...toControl, ASK: toControl.ASK.partial() },
  });
  onTestFinished(() => stranger.close());
  await stranger.say({ type: 'ASK', body: { id: 1, question: 'constructor' as 'STOP', ask: {}, from: '' } });
  await stranger.say({ type: 'ASK', body: { id: 2, question: 'JOURNAL', ask: { limit: 1, before: null }, from: '' } });
  expect((await collect(stranger, 1)).map(({ body }) => body.id)).toEqual([2]);
});

/** Who says what no client of ours would. */
function rawClient(at: string) {
  const raw = dial({ address: at, hears: fromControl, says: toControl });
  onTestFinished(() => raw.close());
  return raw;
}

const order = (id: number, untilMs?: number) =>
  ({
    type: 'ASK',
    body: { id, question: 'STOP', ask: {}, from: 'ann', ...(untilMs !== undefined && { untilMs }) },
  }) as const;

test('an order that comes when whoever gave it has given up is refused, and told; one that says no time is not understood', async () => {
  const late: LateOrder[] = [];
  let begun = 0;
  const stopped = { done: [], refused: [] };
  const STOP = () => Promise.resolve(stopped).finally(() => (begun += 1));
  const server = await openTestControl(await address(), { STOP }, { onLate: (one) => late.push(one) });
  const client = rawClient(server.address);
  await client.say({ type: 'WHEN', body: { id: 1 } });
  const [now] = await collect(client, 1);
  const { nowMs } = (now as Extract<typeof now, { type: 'NOW' }>).body;
  await client.say(order(2, nowMs - 4500));
  await client.say(order(3));
  await client.say(order(4, nowMs + 60_000));
  const answers = new Map((await collect(client, 3)).map(({ body }) => [body.id, body]));
  expect(answers.get(2)).toMatchObject({
    message: expect.stringMatching(/^STOP came \d+ s too late, and was not carried out\.$/) as string,
  });
  expect(answers.get(3)).toMatchObject({
    message: expect.stringContaining('STOP is not understood: untilMs:') as string,
  });
  expect(answers.get(4)).toMatchObject({ answer: stopped });
  expect(late).toMatchObject([{ order: 'STOP', from: 'ann' }]);
  expect(begun).toBe(1);
});

test('an order that has waited for its turn until its giver gave up is not begun', async () => {
  const late: string[] = [];
  const begun: string[] = [];
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const RECIPE: Answerers['RECIPE'] = async ({ package: name }) => {
    begun.push(name);
    await opened;
    return { done: [], refused: [] };
  };
  const server = await openTestControl(await address(), { RECIPE }, { onLate: ({ order: one }) => late.push(one) });
  const client = testClient(server.address);
  const ask = (name: string, timeoutMs: number) => client.ask('RECIPE', { package: name, recipe: null }, { timeoutMs });
  const slow = Array.from({ length: 32 }, (_, i) => ask(`slow-${i}`, 60_000));
  const hasty = await failure(ask('hasty', 200));
  expect(hasty.kind).toBe('silent');
  open();
  await Promise.all(slow);
  await ask('last', 60_000);
  expect(late).toEqual(['RECIPE']);
  expect(begun).not.toContain('hasty');
});

test('a master that stands still is given no order', async () => {
  const listener = await listen({ address: await address(), hears: toControl, says: fromControl });
  onTestFinished(() => listener.close());
  const error = await failure(testClient(listener.address).ask('STOP', {}, { timeoutMs: 100 }));
  expect(error).toMatchObject({
    kind: 'absent',
    message: `The master at ${listener.address} is there but does not answer, and nothing was ordered.`,
  });
  const later = rawClient(listener.address);
  await later.say({ type: 'WHEN', body: { id: 77 } });
  const heard = (await collect(listener, 2)).map(({ message: { type, body } }) => [type, body.id]);
  expect(heard).toEqual([
    ['WHEN', 1],
    ['WHEN', 77],
  ]);
});

test('a client that is closed while an order is under way does not say that nobody took it', async () => {
  let tell = (): void => undefined;
  const begun = new Promise<void>((resolve) => (tell = resolve));
  const STOP = () => {
    tell();
    return delay(300, { done: [], refused: [] });
  };
  const server = await openTestControl(await address(), { STOP });
  const client = testClient(server.address);
  const asked = failure(client.ask('STOP', {}));
  await begun;
  client.close();
  expect((await asked).kind).toBe('silent');
});
