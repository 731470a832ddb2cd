import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AddressError } from '@piw/wire/address-error';
import { openTestGate } from '@piw/wire/testing/gate';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deskInProcess } from '../testing/desk-in-process.ts';
import { FileSender } from '../testing/file-sender.ts';
import { newFolder, testPremises } from '../testing/test-premises.ts';
import { openDeskLine } from './desk-line.ts';
import { DistantDesk, withPortOf } from './distant-desk.ts';

const noDatabase = undefined as never;
const content = randomBytes(3 << 20);
const file = {
  filename: 'demo-1.0-py3-none-any.whl',
  sha256: createHash('sha256').update(content).digest('hex'),
  sizeBytes: content.length,
  dependencies: {},
};
const files = new Map([[file.filename, content]]);
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 15_000, interval: 10 });

/** A thread that runs this, in which `parentPort` is the line to the master. */
const threadOf = (source: string) => {
  const whole = `import { parentPort } from 'node:worker_threads'; ${source}`;
  return (settings: Parameters<typeof openDeskLine>[0]) =>
    openDeskLine(settings, new URL(`data:text/javascript,${encodeURIComponent(whole)}`));
};
const opens = `parentPort.postMessage({ type: 'open', address: 'tcp://127.0.0.1:1' });`;

/** A desk that is kept until the test is over. */
async function keep(premises: Parameters<typeof DistantDesk.open>[0], openLine = deskInProcess) {
  const desk = await DistantDesk.open(premises, openLine);
  const stopping = new AbortController();
  const ended = desk.run(stopping.signal);
  ended.catch(() => undefined);
  onTestFinished(async () => {
    stopping.abort();
    await ended.catch(() => undefined);
  });
  const fetch = (slave: Pick<FileSender, 'say'>, name: string, signal = new AbortController().signal) => {
    const path = join(premises.paths.incoming, name);
    const arrival = desk.fetch({ slave, attempt: 7, file, onProgress: () => undefined }, path, signal);
    arrival.catch(() => undefined);
    return { path, arrival };
  };
  return { desk, ended, fetch };
}

function sender(...args: ConstructorParameters<typeof FileSender>): FileSender {
  const one = new FileSender(...args);
  onTestFinished(() => one.close());
  return one;
}

test('a file that arrives is told of while it comes, byte by byte', async () => {
  const premises = testPremises(noDatabase);
  const { desk, fetch } = await keep(premises);
  let arrived = 0;
  premises.bulletin.on('arrived', (attempt, bytes) => (arrived += attempt === 7 ? bytes : NaN));
  const { path, arrival } = fetch(sender(desk.address, files), 'one');
  expect(await arrival).toBe('whole');
  expect(arrived).toBe(content.length);
  expect(content.equals(await readFile(path))).toBe(true);
});

test('an address that is taken is refused with what to do about it', async () => {
  const { desk } = await keep(testPremises(noDatabase));
  const taken = testPremises(noDatabase, { options: { fileQueue: desk.address } });
  const refusal: unknown = await DistantDesk.open(taken, deskInProcess).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AddressError);
  expect(String(refusal)).toContain('is taken by another program');
});

test('a thread that dies before it listens ends the task with its error, and what it was to fetch', async () => {
  const { ended, fetch } = await keep(testPremises(noDatabase), threadOf(`throw new Error('no memory');`));
  await expect(fetch({ say: () => undefined }, 'one').arrival).rejects.toThrow('no memory');
  await expect(ended).rejects.toThrow('no memory');
});

test('a thread that finds its address taken ends the task with what to do about it', async () => {
  const refused = { type: 'refused', message: 'tcp://*:1 is taken.', remedy: 'Stop that program.' };
  const refuses = threadOf(`parentPort.postMessage(${JSON.stringify(refused)});`);
  const { ended, fetch } = await keep(testPremises(noDatabase), refuses);
  await expect(fetch({ say: () => undefined }, 'one').arrival).rejects.toThrow('is taken');
  await expect(ended).rejects.toMatchObject({ message: refused.message, remedy: refused.remedy });
});

test('no thread begins before the first file is wanted, and one for all', async () => {
  const premises = testPremises(noDatabase);
  const open = vi.fn(deskInProcess);
  const { desk, fetch } = await keep(premises, open);
  const slave = sender(desk.address, files);
  expect(open).not.toHaveBeenCalled();
  const [one, two] = [fetch(slave, 'one'), fetch(slave, 'two')];
  expect(await Promise.all([one.arrival, two.arrival])).toEqual(['whole', 'whole']);
  expect(open).toHaveBeenCalledTimes(1);
});

test('a socket in a folder goes from the master to its thread without being lost', async () => {
  const runDir = newFolder();
  const { desk, fetch } = await keep(testPremises(noDatabase, { options: { fileQueue: `ipc://${runDir}/piw-files` } }));
  const slave = sender(desk.address, files);
  expect(await fetch(slave, 'one').arrival).toBe('whole');
  expect(await fetch(sender(desk.address, files), 'two').arrival).toBe('whole');
});

test('a thread binds what the master was given, with the port that this became', () => {
  const bound = 'tcp://127.0.0.1:5556';
  expect(withPortOf('tcp://localhost:0', bound)).toBe('tcp://localhost:5556');
  expect(withPortOf('tcp://[::1]:*', bound)).toBe('tcp://[::1]:5556');
  expect(withPortOf('tcp://*:4000', bound)).toBe('tcp://*:4000');
  expect(withPortOf('ipc:///run/piw:0', bound)).toBe('ipc:///run/piw:0');
});

test('a thread that dies ends the task with its error, and what it was to fetch', async () => {
  const dies = threadOf(`${opens} parentPort.on('message', ({ type }) => {
    if (type === 'fetch') throw new Error('a bug');
  });`);
  const { ended, fetch } = await keep(testPremises(noDatabase), dies);
  const { arrival } = fetch({ say: () => undefined }, 'one');
  await expect(arrival).rejects.toThrow('a bug');
  await expect(ended).rejects.toThrow('a bug');
  await expect(fetch({ say: () => undefined }, 'two').arrival).rejects.toThrow('a bug');
});

test('a thread that ends by itself ends the task too', async () => {
  const { ended, fetch } = await keep(testPremises(noDatabase), threadOf(`${opens} parentPort.close();`));
  void fetch({ say: () => undefined }, 'one');
  await expect(ended).rejects.toThrow('the thread that receives files ended by itself');
});

test('whose key is taken back is heard no more from then on, not even with what is on its way', async () => {
  const gate = await openTestGate();
  const ann = gate.admit('slave', 'ann');
  const premises = { ...testPremises(noDatabase, { periods: { sendAgainMs: 20 } }), gatehouse: gate.house };
  const { desk, fetch } = await keep(premises);
  const slave = sender(desk.address, files, ann);
  expect(await fetch(slave, 'before').arrival).toBe('whole');
  slave.asked.length = 0;
  slave.tamper = (bytes, offset) => {
    if (offset > 0) return bytes;
    gate.revoke('ann');
    return undefined;
  };
  const given = new AbortController();
  const { path, arrival } = fetch(slave, 'after', given.signal);
  await until(() => expect(slave.asked.length).toBeGreaterThan(2));
  slave.tamper = (bytes) => bytes;
  await until(() => expect(slave.asked.length).toBeGreaterThan(4));
  expect(await readFile(path)).toHaveLength(0);
  gate.admit('slave', 'ann', ann.own);
  expect(await arrival).toBe('whole');
});

test('who is authorized after the master began is heard, and a stranger is told of as at any other door', async () => {
  const gate = await openTestGate();
  const premises = { ...testPremises(noDatabase, { periods: { sendAgainMs: 50 } }), gatehouse: gate.house };
  const { desk, fetch } = await keep(premises);
  const stranger = sender(desk.address, files, gate.stranger());
  const refused = fetch(stranger, 'one');
  await until(() => expect(gate.turnedAway).toMatchObject([{ door: 'file' }]));
  const slave = sender(desk.address, files, gate.admit('slave', 'bob'));
  expect(await fetch(slave, 'two').arrival).toBe('whole');
  expect(await readFile(refused.path)).toHaveLength(0);
});

test('who gives a file up hears of it when nothing is written any more', async () => {
  const { desk, fetch } = await keep(testPremises(noDatabase));
  const slave = sender(desk.address, files);
  slave.tamper = () => undefined;
  const giving = new AbortController();
  const { path, arrival } = fetch(slave, 'one', giving.signal);
  await until(() => expect(slave.asked).toEqual([0]));
  giving.abort(new Error('enough'));
  await expect(arrival).rejects.toThrow('enough');
  expect(await readFile(path)).toHaveLength(0);
  await expect(fetch(slave, 'two', giving.signal).arrival).rejects.toThrow('enough');
});
