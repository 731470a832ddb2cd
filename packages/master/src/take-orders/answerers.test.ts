import { openPool } from '@piw/db/connect';
import { afterAll, expect, test } from 'vitest';
import { answerersOf } from './answerers.ts';
import type { Office } from './office.ts';

const pool = openPool('postgresql://127.0.0.1:1/nowhere');
afterAll(() => pool.end());

test('a database that cannot be reached is told as what it is', async () => {
  const { JOURNAL } = answerersOf({ premises: { readingPool: pool } } as Office);
  await expect(JOURNAL({ limit: 1, before: null }, 'ada@desk', true)).rejects.toMatchObject({
    message: expect.stringMatching(/^The database can't be reached: .*ECONNREFUSED/) as string,
    remedy: 'Start it, and give the order again; the master waits for it.',
  });
});
