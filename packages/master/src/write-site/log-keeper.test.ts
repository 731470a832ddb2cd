import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { useDatabase } from '@piw/db/testing/use-database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { LogKeeper } from './log-keeper.ts';

const database = useDatabase();
const text = (log: string) => Buffer.from(log);

async function begin(output?: string) {
  const premises = testPremises(database.pool, output === undefined ? {} : { output });
  const keeper = await LogKeeper.open(premises);
  const { output: folder, runningLogs } = premises.paths;
  const packed = (path: string) => gunzipSync(readFileSync(join(folder, path))).toString();
  const part = async (attempt: number, offset = 0, limit = 1000) => {
    const { bytes, ...about } = await keeper.read(attempt, offset, limit);
    return { text: Buffer.from(bytes).toString(), ...about };
  };
  return { premises, keeper, folder, runningLogs, packed, part };
}

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
  const { premises, keeper } = await begin();
  keeper.append(6, 0, text('half of six'));
  await writeFile(join(premises.paths.runningLogs, '7.closing'), 'seven');
  await writeFile(join(premises.paths.runningLogs, 'README'), 'not a log');
  const next = await begin(premises.paths.output);
  expect(next.packed('logs/0000/0000/0006.txt.gz')).toBe('half of six');
  expect(next.packed('logs/0000/0000/0007.txt.gz')).toBe('seven');
  expect(readdirSync(next.runningLogs)).toEqual(['README']);
});

test('a disk that takes nothing acknowledges nothing, complains once, and goes on when it can', async () => {
  const { keeper, premises, runningLogs } = await begin();
  await rm(runningLogs, { recursive: true });
  expect(keeper.append(8, 0, text('eight'))).toBe(0);
  expect(keeper.append(8, 0, text('eight'))).toBe(0);
  expect(premises.told().match(/can't be written/g)).toHaveLength(1);
  await mkdir(runningLogs);
  expect(keeper.append(8, 0, text('eight'))).toBe(5);
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
  const { keeper, folder, packed } = await begin();
  keeper.append(9, 0, text('nine'));
  await writeFile(join(folder, 'logs'), 'in the way');
  await expect(keeper.close(9)).rejects.toHaveProperty('syscall');
  await rm(join(folder, 'logs'));
  expect(await keeper.close(9)).toEqual({ logBytes: 4 });
  expect(packed('logs/0000/0000/0009.txt.gz')).toBe('nine');
});
