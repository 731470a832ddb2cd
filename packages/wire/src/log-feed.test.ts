import { expect, onTestFinished, test } from 'vitest';
import { followLog, type LogPiece } from './log-feed.ts';
import { openStatus, type StatusPublisher } from './status-publisher.ts';
import { openTestControl, testClient } from './testing/open-control.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

const attempt = 12;

/** A master with one log, which a test writes. */
class Master {
  readonly dir: string;
  readonly watches: [number, boolean][] = [];
  status!: StatusPublisher;
  #log = Buffer.alloc(0);
  #ended = false;

  constructor(dir: string) {
    this.dir = dir;
  }

  async open(): Promise<this> {
    this.status = await openStatus({
      address: `${this.dir}/status`,
      onWatch: (...watch) => this.watches.push(watch),
    });
    onTestFinished(() => this.status.close());
    await openTestControl(`${this.dir}/control`, {
      LOG: ({ offset, limit }) =>
        Promise.resolve({
          offset,
          bytes: this.#log.subarray(offset, offset + Math.min(limit, 4)),
          sizeBytes: this.#log.length,
          ended: this.#ended,
        }),
    });
    return this;
  }

  /** Adds to the log; the stream says so too, unless the message is lost. */
  write(text: string, { lost = false, ended = false } = {}): void {
    const [offset, bytes] = [this.#log.length, Buffer.from(text)];
    this.#log = Buffer.concat([this.#log, bytes]);
    this.#ended = ended;
    if (!lost) void this.status.say({ type: 'LOG', body: { attempt, offset, bytes, ended } });
  }
}

const begin = async () => new Master(`ipc://${await temporaryDir()}`).open();

/** Reads on while `onText` hears what was read so far. */
async function read({ dir }: Master, onText: (text: string) => void = () => {}, quietMs = 200): Promise<string> {
  const pieces: LogPiece[] = [];
  const options = { statusAddress: `${dir}/status`, control: testClient(`${dir}/control`), attempt, quietMs };
  const text = () => Buffer.concat(pieces.map(({ bytes }) => bytes)).toString();
  for await (const piece of followLog(options, AbortSignal.timeout(4000))) {
    expect(piece.offset).toBe(text().length);
    pieces.push(piece);
    onText(text());
  }
  expect(pieces.at(-1)?.ended).toBe(true);
  return text();
}

test('the log of an attempt that ended is read whole', async () => {
  const master = await begin();
  master.write('fetch\nprepare\nbuild\n', { ended: true });
  expect(await read(master)).toBe('fetch\nprepare\nbuild\n');
});

test('a log is read on as it is written, to its end', async () => {
  const master = await begin();
  master.write('fetch\n');
  const text = await read(master, (known) => {
    if (known === 'fetch\n') master.write('build\n');
    if (known === 'fetch\nbuild\n') master.write('', { ended: true });
  });
  expect(text).toBe('fetch\nbuild\n');
});

test('what was there already is told apart from what comes as it is written', async () => {
  const master = await begin();
  master.write('one\n');
  const options = { statusAddress: `${master.dir}/status`, control: testClient(`${master.dir}/control`), attempt };
  const live: [string, boolean][] = [];
  for await (const { bytes, isLive } of followLog(options, AbortSignal.timeout(4000))) {
    live.push([Buffer.from(bytes).toString(), isLive]);
    if (live.length === 1) await expect.poll(() => master.watches).toContainEqual([attempt, true]);
    if (live.length === 1) master.write('two\n', { ended: true });
  }
  expect(live).toEqual([
    ['one\n', false],
    ['two\n', true],
  ]);
});

test('what the stream lost is asked for', async () => {
  const master = await begin();
  master.write('a');
  const text = await read(master, (known) => {
    if (known === 'a') {
      master.write('b', { lost: true });
      master.write('c');
    }
    if (known === 'abc') master.write('', { lost: true, ended: true });
  });
  expect(text).toBe('abc');
});

test('the master knows whose log somebody reads, and when nobody does any more', async () => {
  const master = await begin();
  master.write('a');
  await read(master, () => {
    if (master.status.watched(attempt)) master.write('', { ended: true });
    else master.write('a');
  });
  await expect
    .poll(() => master.watches)
    .toEqual([
      [attempt, true],
      [attempt, false],
    ]);
  expect(master.status.watched(attempt)).toBe(false);
});

test('a log that the master refuses is not waited for', async () => {
  const dir = `ipc://${await temporaryDir()}`;
  const refusal = Object.assign(new Error('There is no attempt 12.'), { remedy: 'Look at the builds.' });
  await openTestControl(`${dir}/control`, { LOG: () => Promise.reject(refusal) });
  const options = { statusAddress: `${dir}/status`, control: testClient(`${dir}/control`), attempt };
  const log = followLog(options, AbortSignal.timeout(4000));
  await expect(log.next()).rejects.toThrow('There is no attempt 12.');
});

test('reading ends with the signal', async () => {
  const master = await begin();
  master.write('a');
  const options = { statusAddress: `${master.dir}/status`, control: testClient(`${master.dir}/control`), attempt };
  const stop = new AbortController();
  const pieces: string[] = [];
  for await (const { bytes } of followLog(options, stop.signal)) {
    pieces.push(Buffer.from(bytes).toString());
    stop.abort();
  }
  expect(pieces).toEqual(['a']);
});
