import { beforeEach, expect, test, vi } from 'vitest';
import { nextPageOrders, nextPageWaitMs, orderPages, pagesWritten } from './page-orders.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
const foo = { kind: 'package', subject: 'foo' } as const;
const pace = { pageMs: 60_000, listMs: 600_000 };
const due = () => nextPageOrders(database.pool, 10);

beforeEach(() => database.pool.query(`update pages set ordered_at = null, written_at = null, due_at = now()`));

test('the first page of a package changes the list of packages, further ones do not', async () => {
  await orderPages(database.pool, [foo]);
  expect((await due()).map(({ kind }) => kind).toSorted()).toEqual(['index', 'package']);
  await pagesWritten(database.pool, await due(), { pageMs: 0, listMs: 0 });
  await orderPages(database.pool, [foo]);
  expect(await due()).toMatchObject([foo]);
});

test('the first change of a page is due at once, the next ones together a minute later', async () => {
  await orderPages(database.pool, [foo, foo]);
  await pagesWritten(database.pool, await due(), pace);
  expect(await due()).toEqual([]);
  expect(await nextPageWaitMs(database.pool)).toBeNull();
  await orderPages(database.pool, [foo]);
  expect(await due()).toEqual([]);
  expect(await nextPageWaitMs(database.pool)).toBeGreaterThan(50_000);
});

test('lists of everything are written every ten minutes at most', async () => {
  const index = { kind: 'index', subject: '' } as const;
  await orderPages(database.pool, [index]);
  await pagesWritten(database.pool, await due(), pace);
  await orderPages(database.pool, [index]);
  expect(await nextPageWaitMs(database.pool)).toBeGreaterThan(500_000);
});

test('what changes while a page is written is not forgotten', async () => {
  await orderPages(database.pool, [foo]);
  const orders = await due();
  await orderPages(database.pool, [foo]);
  await pagesWritten(database.pool, orders, pace);
  expect(await nextPageWaitMs(database.pool)).not.toBeNull();
});

test('pages are written together, whoever is just ordering one of them again', async () => {
  const bar = { kind: 'package', subject: 'bar' } as const;
  await orderPages(database.pool, [foo, bar]);
  const orders = await due();
  let finish!: () => void;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  // Holds foo, then asks for bar: a writer that held bar while it waits for foo would never get either.
  const ordering = inTransaction(database.pool, async (tx) => {
    await orderPages(tx, [foo]);
    await finished;
    await orderPages(tx, [bar]);
  });
  await vi.waitFor(async () => expect(await heldPages()).toEqual(['foo']));
  const writing = pagesWritten(database.pool, orders, pace);
  await vi.waitFor(async () => expect(await due()).toMatchObject([foo]));
  finish();
  await Promise.all([ordering, writing]);
  expect(await due()).toEqual([]);
  expect(await nextPageWaitMs(database.pool)).toBeGreaterThan(50_000);
});

/** The packages whose pages somebody holds. */
async function heldPages(): Promise<string[]> {
  const { rows } = await database.pool.query<{ subject: string }>(`
    select subject from pages
    where kind = 'package' and subject not in (select subject from pages where kind = 'package' for share skip locked)`);
  return rows.map(({ subject }) => subject);
}
