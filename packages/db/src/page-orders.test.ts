import { beforeEach, expect, test } from 'vitest';
import { nextPageOrders, nextPageWaitMs, orderPages, pageWritten } from './page-orders.ts';
import { useDatabase } from './testing/use-database.ts';

const database = useDatabase();
const foo = { kind: 'package', subject: 'foo' } as const;
const pace = { pageMs: 60_000, listMs: 600_000 };
const due = () => nextPageOrders(database.pool, 10);

beforeEach(() => database.pool.query(`update pages set ordered_at = null, written_at = null, due_at = now()`));

test('the first page of a package changes the list of packages, further ones do not', async () => {
  await orderPages(database.pool, [foo]);
  expect((await due()).map(({ kind }) => kind).toSorted()).toEqual(['index', 'package']);
  for (const order of await due()) await pageWritten(database.pool, order, { pageMs: 0, listMs: 0 });
  await orderPages(database.pool, [foo]);
  expect(await due()).toMatchObject([foo]);
});

test('the first change of a page is due at once, the next ones together a minute later', async () => {
  await orderPages(database.pool, [foo, foo]);
  const [order] = await due();
  await pageWritten(database.pool, order!, pace);
  expect(await due()).toEqual([]);
  expect(await nextPageWaitMs(database.pool)).toBeNull();
  await orderPages(database.pool, [foo]);
  expect(await due()).toEqual([]);
  expect(await nextPageWaitMs(database.pool)).toBeGreaterThan(50_000);
});

test('lists of everything are written every ten minutes at most', async () => {
  const index = { kind: 'index', subject: '' } as const;
  await orderPages(database.pool, [index]);
  await pageWritten(database.pool, (await due())[0]!, pace);
  await orderPages(database.pool, [index]);
  expect(await nextPageWaitMs(database.pool)).toBeGreaterThan(500_000);
});

test('what changes while a page is written is not forgotten', async () => {
  await orderPages(database.pool, [foo]);
  const [order] = await due();
  await orderPages(database.pool, [foo]);
  await pageWritten(database.pool, order!, pace);
  expect(await nextPageWaitMs(database.pool)).not.toBeNull();
});
