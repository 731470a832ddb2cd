import type { End } from '@piw/db/end-attempts';
import { makePackage, makeSlave, makeTarget, queueOf, takeOne } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { openLog } from '@piw/host/log';
import { beforeAll, expect, test } from 'vitest';
import { openBulletin } from '../bulletin.ts';
import { usualPeriods } from '../options.ts';
import type { Premises } from '../premises.ts';
import { EndQueue } from './end-queue.ts';

const database = useDatabase();
let target: number;
let slave: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
  slave = await makeSlave(database.pool, 'rock-1');
});

type Pool = Premises['pool'];

/** A queue on a pool, and what it tells on the bulletin. */
function open(pool: Pool = database.pool) {
  const bulletin = openBulletin();
  const told: string[] = [];
  bulletin.on('queue', (ids) => told.push(`queue ${ids.join()}`)).on('pages', () => told.push('pages'));
  const log = openLog({ console: { write: () => undefined }, level: 'error' }).logger;
  const premises = { pool, log, bulletin, options: { periods: usualPeriods } } as unknown as Premises;
  return { queue: new EndQueue(premises, new AbortController().signal), told };
}

/** The real pool, but for the connection, which breaks once: just before the commit, or just after. */
function breakingOnce(when: 'before' | 'after'): Pool {
  let broken = false;
  const breaks = (client: object) =>
    new Proxy(client, {
      get: (of: Record<string | symbol, unknown>, key) => {
        const member = of[key];
        if (key !== 'query') return typeof member === 'function' ? (member.bind(of) as unknown) : member;
        return async (query: unknown) => {
          const now = query === 'commit' && !broken;
          broken ||= now;
          const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
          if (now && when === 'before') throw reset();
          const answer: unknown = await (member as (query: unknown) => Promise<unknown>).call(of, query);
          if (now) throw reset();
          return answer;
        };
      },
    });
  const connect = async () => breaks(await database.pool.connect());
  const query = (config: { text: string }) => database.pool.query(config);
  return { connect, query } as unknown as Pool;
}

async function take(name: string): Promise<number> {
  await makePackage(database.pool, name);
  return (await takeOne(database.pool, slave, [target]))!.attempt;
}
const failed = (attempt: number, about: Partial<End> = {}): End => ({
  ...{ attempt, outcome: 'failure', steps: [], logBytes: 0, files: [] },
  reason: { kind: 'compiler-error', subject: null, text: 'no ffi.h' },
  ...about,
});

test('an end is told with what it came to, and who waits for pages hears of it', async () => {
  const { queue, told } = open();
  const attempt = await take('one');
  expect(await queue.end(failed(attempt))).toMatchObject({
    outcome: 'failure',
    reason: { text: 'no ffi.h' },
    files: [],
  });
  expect(told).toContain('pages');
});

test('a second end of an attempt comes to nothing', async () => {
  const { queue } = open();
  const attempt = await take('twice');
  const [first, second] = await Promise.all([
    queue.end(failed(attempt)),
    queue.end(failed(attempt, { outcome: 'lost' })),
  ]);
  expect([first?.outcome, second]).toEqual(['failure', null]);
});

test('an end whose connection broke before the commit is told again', async () => {
  const attempt = await take('before');
  expect(await open(breakingOnce('before')).queue.end(failed(attempt))).toMatchObject({ outcome: 'failure' });
});

test('an end whose commit was not answered is looked up', async () => {
  const attempt = await take('after');
  expect(await open(breakingOnce('after')).queue.end(failed(attempt))).toEqual({
    outcome: 'failure',
    reason: null,
    files: [],
  });
});

test('an end that the database cannot hold is rejected, and holds up no other', async () => {
  const { queue } = open();
  const bad = await take('bad');
  const nul = { kind: 'compiler-error', subject: null, text: 'a\u0000b' } as const;
  const first = queue.end(failed(0));
  const [told, gone] = await Promise.all([queue.end(failed(bad, { reason: nul })), queue.end(failed(-1)), first]);
  expect(told).toMatchObject({ outcome: 'rejected', reason: { kind: 'unsound-wheel' } });
  expect(gone).toBeNull();
  expect(await queueOf(database.pool, 'bad')).toEqual([]);
});
