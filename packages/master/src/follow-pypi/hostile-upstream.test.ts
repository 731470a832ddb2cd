import { listAttention } from '@piw/db/attention';
import { makePackage, makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { inTransaction } from '@piw/db/transaction';
import { setUpstream } from '@piw/db/upstream-mode';
import { dueUpstreamPages } from '@piw/db/upstream-pages';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { beginFollowing, type FollowOptions, file, page } from './testing/begin-following.ts';
import type { SmallAnswer, SmallReply } from './testing/small-index.ts';

const database = useDatabase();
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 8000, interval: 10 });
const begin = (answer: SmallAnswer, options: FollowOptions = {}) => beginFollowing(database.pool, answer, options);
beforeAll(async () => {
  await makeTarget(database.pool, 'cp311');
  await inTransaction(database.pool, (tx) => setUpstream(tx, 'merge'));
});
beforeEach(async () => {
  await database.pool.query('delete from packages');
  await database.pool.query('update attention set cleared_at = now() where cleared_at is null');
  startedAt = new Date();
});

let startedAt: Date;

const due = (name: string) =>
  database.pool.query(
    `update upstream_pages set due_at = now() where package_id = (select package_id from packages where name = $1)`,
    [name],
  );
const texts = async () => (await listAttention(database.pool)).map(({ text }) => text);
const failing = async () => (await database.pool.query('select from upstream_pages where error is not null')).rowCount;
const sources = (path: string): SmallReply => page('a', file(`${path.split('/')[2]}-1.0.tar.gz`));
const tired: SmallReply = { status: 503, body: 'tired' };

test('an index that is down is not asked for every package in turn, and when it is back all are heard at once', async () => {
  let isDown = true;
  const names = Array.from({ length: 12 }, (_, i) => `down-${i}`);
  for (const name of names) await makePackage(database.pool, name);
  const { asked, news, listed } = await begin((path) => (isDown ? tired : sources(path)), { retryMs: 300 });
  await until(() => expect(new Set(asked.map(({ path }) => path)).size).toBeGreaterThanOrEqual(6));
  const [, , third, fourth, fifth, sixth] = asked.filter(({ path }, i) => asked[i - 1]?.path !== path);
  expect(sixth!.atMs - fifth!.atMs).toBeGreaterThan(fourth!.atMs - third!.atMs);
  expect(await failing()).toBeLessThan(10);
  isDown = false;
  for (const name of names) await until(async () => expect(await listed(name)).toHaveLength(1));
  await until(async () => expect(await texts()).toEqual([]));
  expect(news.filter(({ type }) => type === 'attention')).toHaveLength(2);
});

test('one package whose page is broken holds no other up', async () => {
  for (const name of ['broken', 'whole-1', 'whole-2', 'whole-3', 'whole-4']) await makePackage(database.pool, name);
  const { listed } = await begin((path) => (path.includes('broken') ? tired : sources(path)), { retryMs: 600_000 });
  for (const n of [1, 2, 3, 4]) await until(async () => expect(await listed(`whole-${n}`)).toHaveLength(1));
  expect(await texts()).toEqual([expect.stringContaining('/broken/ can')]);
});

test('a package is not asked for before its index wants to be asked', async () => {
  await makePackage(database.pool, 'later');
  await begin(() => ({ ...tired, headers: { 'retry-after': '600' } }));
  await until(async () => expect(await failing()).toBe(1));
  const { rows } = await database.pool.query<{ s: number }>(
    'select extract(epoch from due_at - now())::integer as s from upstream_pages',
  );
  expect(rows[0]!.s).toBeGreaterThan(590);
});

test('what a server in trouble sends as a web page deletes nothing', async () => {
  let reply: SmallReply | undefined;
  await makePackage(database.pool, 'kept');
  const { listed } = await begin((path) => reply ?? sources(path));
  await until(async () => expect(await listed('kept')).toHaveLength(1));
  const html = { 'content-type': 'text/html' };
  reply = { status: 200, body: '<h1>Back soon</h1><a href="/">home</a>', headers: html };
  await due('kept');
  await until(async () => expect((await texts()).join()).toContain('a web page that lists nothing'));
  expect(await listed('kept')).toHaveLength(1);
  reply = { ...reply, body: '<meta name="pypi:repository-version" content="1.0">' };
  await due('kept');
  await until(async () => expect(await texts()).toEqual([]));
});

test('an edition that could not be sent back is not kept', async () => {
  await makePackage(database.pool, 'folded');
  const headers = { 'last-modified': '<now>' };
  const { asked, listed } = await begin((path) => ({ ...sources(path), etag: '"a" b', headers }));
  await until(async () => expect(await listed('folded')).toHaveLength(1));
  await until(async () => expect(await dueUpstreamPages(database.pool, 1)).toEqual([]));
  await due('folded');
  await until(() => expect(asked.map(({ known }) => known)).toEqual([undefined, undefined]));
});

test('an operator’s terminal is not sent what an index says to it', async () => {
  await makePackage(database.pool, 'painted');
  await begin(() => ({ status: 200, body: '', headers: { 'content-type': 'text/\u0085[31mred' } }));
  await until(async () => expect((await texts()).join()).toContain('text/ [31mred'));
});

test('that upstream is dead is told once, however often the master starts', async () => {
  await makePackage(database.pool, 'dead');
  const first = await begin(() => tired);
  await until(async () => expect(await failing()).toBe(1));
  await until(() => expect(first.news).toHaveLength(1));
  await first.stop();
  const second = await begin(() => tired);
  await due('dead');
  await until(() => expect(second.asked.length).toBeGreaterThan(1));
  await second.stop();
  expect(second.news).toEqual([]);
  expect((await database.pool.query('select from attention where raised_at > $1', [startedAt])).rowCount).toBe(1);
});

test('where nobody waits for upstream any more, nobody is told that it is dead', async () => {
  await makePackage(database.pool, 'removed');
  await begin(() => tired);
  await until(async () => expect(await texts()).toHaveLength(1));
  await database.pool.query('delete from packages');
  await until(async () => expect(await texts()).toEqual([]));
});
