import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { useDatabase } from '@piw/db/testing/use-database';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { LogKeeper } from './log-keeper.ts';

const database = useDatabase();
const text = (log: string) => Buffer.from(log);

async function begin(output?: string) {
  let nowMs = 0;
  const now = () => nowMs;
  const premises = { ...testPremises(database.pool, output === undefined ? {} : { output }), now };
  const keeper = await LogKeeper.open(premises);
  const { output: folder, runningLogs } = premises.paths;
  const packed = (path: string) => gunzipSync(readFileSync(join(folder, path))).toString();
  const part = async (attempt: number, offset = 0, limit = 1000) => {
    const { bytes, ...about } = await keeper.read(attempt, offset, limit);
    return { text: Buffer.from(bytes).toString(), ...about };
  };
  const stopping = new AbortController();
  const run = () => {
    const running = keeper.run(stopping.signal);
    onTestFinished(() => stop());
    return running;
  };
  const stop = () => stopping.abort();
  const passes = (ms: number) => void (nowMs += ms);
  return { premises, keeper, folder, runningLogs, packed, part, run, stop, passes };
}

/** Logs as they are written. */
const written = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('a log grows by what is new, whatever comes again or leaves a gap', async () => {
  const { keeper, part } = await begin();
  expect(keeper.append(1, 0, text('hello'))).toBe(5);
  expect(keeper.append(1, 0, text('hello'))).toBe(5);
  expect(keeper.append(1, 3, text('lo, world'))).toBe(12);
  expect(keeper.append(1, 20, text('!'))).toBe(12);
  expect(await part(1)).toEqual({ text: 'hello, world', sizeBytes: 12, ended: false });
});

test('whatever pieces of a log come in whatever order, what is kept is its beginning', async () => {
  const { keeper, part } = await begin();
  const whole = 'abcdefghijklmnopqrstuvwxyz';
  let attempt = 100;
  const piece = fc.tuple(fc.nat({ max: 26 }), fc.nat({ max: 26 }));
  await fc.assert(
    fc.asyncProperty(fc.array(piece), async (pieces) => {
      attempt += 1;
      for (const [from, length] of pieces) {
        const before = keeper.length(attempt);
        expect(keeper.append(attempt, from, text(whole.slice(from, from + length)))).toBeGreaterThanOrEqual(before);
      }
      expect((await part(attempt)).text).toBe(whole.slice(0, keeper.length(attempt)));
    }),
    { numRuns: 50 },
  );
});

test('the log of an ended attempt is packed where it is served, and nothing else is left', async () => {
  const { keeper, packed, runningLogs, part } = await begin();
  keeper.append(123456789, 0, text('all went well\n'));
  expect(await keeper.close(123456789)).toEqual({ logBytes: 14 });
  expect(packed('logs/0001/2345/6789.txt.gz')).toBe('all went well\n');
  expect(readdirSync(runningLogs)).toEqual([]);
  expect(await part(123456789)).toEqual({ text: 'all went well\n', sizeBytes: 14, ended: true });
});

test('a part of an ended log can be read without the rest', async () => {
  const { keeper, part } = await begin();
  const long = Array.from({ length: 100_000 }, (_, line) => `line ${line}\n`).join('');
  for (let at = 0; at < long.length; at += 200_000) keeper.append(2, at, text(long.slice(at, at + 200_000)));
  expect(await keeper.close(2)).toEqual({ logBytes: long.length });
  expect((await part(2, 500_000, 50)).text).toBe(long.slice(500_000, 500_050));
  expect(await part(2, long.length + 10, 50)).toEqual({ text: '', sizeBytes: long.length, ended: true });
});

test('a log that nobody wrote is empty, running or ended', async () => {
  const { keeper, part, packed } = await begin();
  expect(await part(3)).toEqual({ text: '', sizeBytes: 0, ended: false });
  expect(await keeper.close(3)).toEqual({ logBytes: 0 });
  expect(packed('logs/0000/0000/0003.txt.gz')).toBe('');
  expect(await part(3)).toEqual({ text: '', sizeBytes: 0, ended: true });
});

test('closing a log again changes nothing', async () => {
  const { keeper } = await begin();
  keeper.append(4, 0, text('four'));
  expect(await Promise.all([keeper.close(4), keeper.close(4)])).toEqual([{ logBytes: 4 }, { logBytes: 4 }]);
  expect(await keeper.close(4)).toEqual({ logBytes: 4 });
});

test('an attempt that was lost and taken up again sends its whole log, which replaces what was kept', async () => {
  const { keeper, packed } = await begin();
  keeper.append(5, 0, text('so far'));
  const lost = keeper.close(5);
  expect(keeper.length(5)).toBe(0);
  keeper.append(5, 0, text('so far, and to the end'));
  await lost;
  expect(packed('logs/0000/0000/0005.txt.gz')).toBe('so far');
  expect(await keeper.close(5)).toEqual({ logBytes: 22 });
  expect(packed('logs/0000/0000/0005.txt.gz')).toBe('so far, and to the end');
});

test('the next master goes on where the log ends, and packs what ended without it', async () => {
  const { premises, keeper, run, stop } = await begin();
  const running = run();
  keeper.append(6, 0, text('half of'));
  stop();
  await running;
  expect(keeper.append(6, 7, text(' six'))).toBe(11);
  await writeFile(join(premises.paths.runningLogs, '7.closing'), 'seven');
  await writeFile(join(premises.paths.runningLogs, 'README'), 'not a log');
  const next = await begin(premises.paths.output);
  expect(next.packed('logs/0000/0000/0006.txt.gz')).toBe('half of six');
  expect(next.packed('logs/0000/0000/0007.txt.gz')).toBe('seven');
  expect(readdirSync(next.runningLogs)).toEqual(['README']);
});

test('a log is in memory for its first second, then in its file, and reads the same', async () => {
  const { keeper, runningLogs, part, passes, run, packed } = await begin();
  void run();
  keeper.append(13, 0, text('one second'));
  expect(written(runningLogs)).toEqual({});
  expect((await part(13)).text).toBe('one second');
  passes(1000);
  await expect.poll(() => written(runningLogs)).toEqual({ '13.log': 'one second' });
  expect(keeper.append(13, 10, text(' and more'))).toBe(19);
  expect(written(runningLogs)).toEqual({ '13.log': 'one second and more' });
  expect(await part(13, 4, 10)).toEqual({ text: 'second and', sizeBytes: 19, ended: false });
  expect(await keeper.close(13)).toEqual({ logBytes: 19 });
  expect(packed('logs/0000/0000/0013.txt.gz')).toBe('one second and more');
});

test('a log that is too long for memory is in its file at once', async () => {
  const { keeper, runningLogs } = await begin();
  keeper.append(14, 0, text('begins'));
  expect(keeper.append(14, 6, Buffer.alloc(65_536, '.'))).toBe(65_542);
  expect(written(runningLogs)['14.log']).toMatch(/^begins\.+$/);
});

test('a disk that takes nothing is complained of once, leaves what is short in memory, and acknowledges nothing that is long', async () => {
  const { keeper, premises, runningLogs, passes, run } = await begin();
  await rm(runningLogs, { recursive: true });
  const complaints = () => premises.told().match(/can't be written/g)?.length;
  expect(keeper.append(8, 0, text('eight'))).toBe(5);
  passes(1000);
  void run();
  await expect.poll(complaints).toBe(1);
  expect(keeper.append(8, 5, Buffer.alloc(65_536, '.'))).toBe(5);
  expect(keeper.append(15, 0, Buffer.alloc(65_537, '.'))).toBe(0);
  expect(complaints()).toBe(1);
  await mkdir(runningLogs);
  await expect.poll(() => written(runningLogs)).toEqual({ '8.log': 'eight' });
});

test('what a full disk keeps from being packed holds up no master, and is packed when there is room', async () => {
  const { premises } = await begin();
  const { output, runningLogs } = premises.paths;
  await writeFile(join(runningLogs, '11.log'), 'eleven');
  await writeFile(join(output, 'logs'), 'in the way');
  const next = await begin(output);
  expect(next.premises.told()).toContain("the log of attempt 11 can't be packed, and waits: ");
  await rm(join(output, 'logs'));
  await next.keeper.close(12);
  await expect.poll(() => existsSync(join(output, 'logs/0000/0000/0011.txt.gz'))).toBe(true);
  expect(next.packed('logs/0000/0000/0011.txt.gz')).toBe('eleven');
});

test('a log that cannot be put where it is served can be closed again', async () => {
  const { keeper, folder, packed, part } = await begin();
  keeper.append(9, 0, text('nine'));
  await writeFile(join(folder, 'logs'), 'in the way');
  await expect(keeper.close(9)).rejects.toHaveProperty('syscall');
  expect(await part(9, 1)).toEqual({ text: 'ine', sizeBytes: 4, ended: false });
  await rm(join(folder, 'logs'));
  expect(await keeper.close(9)).toEqual({ logBytes: 4 });
  expect(packed('logs/0000/0000/0009.txt.gz')).toBe('nine');
});

test('a log that comes again before it could be packed is packed as it comes', async () => {
  const { keeper, folder, packed, runningLogs } = await begin();
  await writeFile(join(folder, 'logs'), 'in the way');
  keeper.append(16, 0, Buffer.alloc(65_537, '.'));
  await expect(keeper.close(16)).rejects.toHaveProperty('syscall');
  expect(Object.keys(written(runningLogs))).toContain('16.closing');
  keeper.append(16, 0, text('sixteen'));
  await rm(join(folder, 'logs'));
  expect(await keeper.close(16)).toEqual({ logBytes: 7 });
  expect(packed('logs/0000/0000/0016.txt.gz')).toBe('sixteen');
  expect(written(runningLogs)).toEqual({});
});
