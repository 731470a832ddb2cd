import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAttention } from '@piw/db/attention';
import { aName, makePackage, makeTarget, queueOf } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { inTransaction } from '@piw/db/transaction';
import { setUpstream } from '@piw/db/upstream-mode';
import { dueUpstreamPages, upstreamListings } from '@piw/db/upstream-pages';
import { withConnection } from '@piw/db/with-connection';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { beginFollowing, type FollowOptions, file, page } from './testing/begin-following.ts';
import type { SmallAnswer, SmallReply } from './testing/small-index.ts';

const database = useDatabase();
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });
const listingOf = async (name: string) => (await upstreamListings(database.pool, [aName(name)])).get(aName(name));
beforeAll(async () => {
  await makeTarget(database.pool, 'cp311');
  await inTransaction(database.pool, (tx) => setUpstream(tx, 'merge'));
});
beforeEach(async () => {
  await database.pool.query(`update upstream_pages set due_at = 'infinity', error = null, failures = 0`);
  await database.pool.query('update attention set cleared_at = now() where cleared_at is null');
});

const begin = (answer: SmallAnswer, options: FollowOptions = {}) => beginFollowing(database.pool, answer, options);

/** Once what is under way is recorded: as if upstream had been asked long ago. */
async function askAgain() {
  await until(async () => expect(await dueUpstreamPages(database.pool, 1)).toEqual([]));
  await database.pool.query(`update upstream_pages set due_at = now() where due_at < 'infinity'`);
}

const attention = async () =>
  (await listAttention(database.pool)).filter(({ kind }) => kind === 'follower-failing').map(({ text }) => text);

test('upstream is asked for a new package at once, and after that only whether its page changed', async () => {
  let reply = page('a', file('foo-1.0.tar.gz'));
  const { asked, news, listed } = await begin((path) => (path === '/simple/foo/' ? reply : { status: 404, body: '' }));
  await makePackage(database.pool, 'foo');
  await until(async () => expect(await listed('foo')).toEqual(['foo-1.0.tar.gz']));
  await until(() => expect(news).toMatchObject([{ type: 'changed', woken: [expect.any(Number)] }]));
  expect(await queueOf(database.pool, 'foo')).toHaveLength(1);
  await askAgain();
  await until(() => expect(asked.map(({ known }) => known)).toEqual([undefined, '"a"']));
  reply = page('b', file('foo-1.0.tar.gz'), file('foo-1.0-py3-none-any.whl'));
  await askAgain();
  await until(async () => expect(await listed('foo')).toHaveLength(2));
  expect(await queueOf(database.pool, 'foo')).toEqual([]);
  expect(news).toHaveLength(2);
});

test('no page and no file of the site tells the password of the index', async () => {
  const provenance = 'provenance/bar-1.0';
  const { index, output } = await begin(() => page('a', file('bar-1.0.tar.gz', { url: 'bar-1.0.tar.gz', provenance })));
  await makePackage(database.pool, 'bar');
  await until(() => expect(existsSync(join(output, 'upstream.json'))).toBe(true));
  const origin = index.url.replace('someone:secret@', '');
  expect(JSON.parse(readFileSync(join(output, 'upstream.json'), 'utf8'))).toEqual({ index: origin });
  await until(async () =>
    expect(await listingOf('bar')).toMatchObject({
      versions: ['1.0'],
      files: [{ url: `${origin}bar/bar-1.0.tar.gz`, provenance: `${origin}bar/${provenance}` }],
    }),
  );
});

test('an upstream that is dead keeps what it listed last, and a human is told once and told when it is over', async () => {
  let reply: SmallReply = page('a', file('baz-1.0.tar.gz'));
  const { news, listed } = await begin(() => reply);
  await makePackage(database.pool, 'baz');
  await until(async () => expect(await listed('baz')).toEqual(['baz-1.0.tar.gz']));
  reply = { status: 503, body: 'out of order' };
  await askAgain();
  await until(async () =>
    expect(await attention()).toEqual([expect.stringContaining("baz/ can't be used: it answers 503. ")]),
  );
  expect((await attention())[0]).not.toContain('secret');
  await until(async () => {
    const { rows } = await database.pool.query<{ n: number }>('select max(failures)::integer as n from upstream_pages');
    expect(rows[0]!.n).toBeGreaterThan(0);
  });
  expect(await listed('baz')).toEqual(['baz-1.0.tar.gz']);
  reply = page('a', file('baz-1.0.tar.gz'));
  await askAgain();
  await until(async () => expect(await attention()).toEqual([]));
  await until(() => expect(news.filter(({ type }) => type === 'attention')).toHaveLength(2));
});

test.each([
  ['something else', { status: 200, body: 'no JSON at all' }, 'no page of PEP 691'],
  ['nothing at all', undefined, 'it took more than 0.3 s'],
])('an index that answers %s is waited for', async (what, reply: SmallReply | undefined, words) => {
  let answered = reply;
  const { listed } = await begin(() => answered, { patienceMs: 300 });
  const name = aName(`odd-${what.replace(/\s/g, '-')}`);
  await makePackage(database.pool, name);
  await until(async () => expect((await attention()).join()).toContain(words));
  answered = page('a', file(`${name}-1.0.tar.gz`));
  await askAgain();
  await until(async () => expect(await listed(name)).toHaveLength(1));
  await until(async () => expect(await attention()).toEqual([]));
});

test('upstream is not asked more often than the pace allows, however many packages are new', async () => {
  for (const n of [1, 2, 3, 4]) await makePackage(database.pool, `many-${n}`);
  const { asked } = await begin(() => ({ status: 404, body: '' }), { gapMs: 100 });
  await until(() => expect(asked).toHaveLength(4));
  const gaps = asked.slice(1).map(({ atMs }, i) => atMs - asked[i]!.atMs);
  expect(Math.min(...gaps)).toBeGreaterThan(90);
});

test('a page that the database refuses stops nothing: the other packages are followed', async () => {
  const { listed, asked } = await begin((path) => {
    const [, name] = /^\/simple\/(.+)\/$/.exec(path)!;
    return page('a', file(`${name}-1.0.tar.gz`, name === 'refused' ? { yanked: 'tripped' } : {}));
  });
  await withConnection(database.ownerDsn, (client) =>
    client.query("alter table versions add constraint trapped check (yanked is distinct from 'tripped')"),
  );
  for (const name of ['refused', 'accepted']) await makePackage(database.pool, name);
  await until(async () => expect(await listed('accepted')).toHaveLength(1));
  await until(async () =>
    expect((await attention()).join()).toMatch(/What upstream lists can't be kept: .*"trapped"\. /),
  );
  await withConnection(database.ownerDsn, (client) => client.query('alter table versions drop constraint trapped'));
  await until(async () => expect(await listed('refused')).toHaveLength(1));
  expect(asked.length).toBeGreaterThan(2);
});
