import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderPages } from '@piw/db/page-orders';
import { aFile, endOne, makePackage, makeSlave, makeTarget, takeOne } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { readProjectReply } from '@piw/wheel/index-reply';
import { packageName } from '@piw/wheel/package-name';
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { Waker } from '../waker.ts';
import { keepPages, type Writing } from './keep-pages.ts';
import { SiteFolder } from './site-folder.ts';

const database = useDatabase();
let target: number;
let slave: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
  slave = await makeSlave(database.pool, 'pi');
});
beforeEach(() => database.pool.query('update pages set ordered_at = null, due_at = now()'));
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });

/** A site that is kept; its pages by path. */
function begin(output = newFolder(), pace = { pageMs: 60_000, listMs: 600_000 }) {
  const warned: string[] = [];
  const waker = new Waker();
  const about = { name: 'The <Farm>', siteUrl: null };
  const folder = new SiteFolder(output);
  const warn = (text: string) => void warned.push(text);
  const writing: Writing = { db: database.pool, folder, about, waker, pace, wanted: [], retryMs: 20, warn };
  const stopping = new AbortController();
  const running = keepPages(writing, stopping.signal);
  const stop = async () => {
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  const page = (path: string) => readFileSync(join(output, path), 'utf8');
  const has = (path: string) => existsSync(join(output, path));
  const order = async (name: string) => {
    await orderPages(database.pool, [{ kind: 'package', subject: name }]);
    waker.wake();
  };
  return { output, page, has, order, warned, stop, waker };
}

/** Ends a build of a package at the only target. */
async function build(name: string, end: Parameters<typeof endOne>[2]): Promise<number> {
  await makePackage(database.pool, name, ['1.0']);
  const { attempt } = (await takeOne(database.pool, slave, [target]))!;
  await endOne(database.pool, attempt, end);
  return attempt;
}

test('a new farm has its index, its home page and what they need at once', async () => {
  const { page, has } = begin();
  await until(() => expect(has('404.html') && has('packages.html')).toBe(true));
  expect(page('simple/index.html')).toContain('<title>Simple index</title>');
  expect(JSON.parse(page('simple/index.json'))).toMatchObject({ projects: [] });
  expect(page('index.html')).toContain('The &lt;Farm>');
  expect(page('index.html')).toContain('linux_x86_64');
  expect(JSON.parse(page('packages.json'))).toEqual({ packages: [] });
  expect(['site.css', 'site.js', 'icon.svg'].map(has)).toEqual([true, true, true]);
});

test('a package with a file gets its pages, whose addresses lead to the file from wherever they are', async () => {
  const file = aFile('alpha-1.0-py3-none-any.whl', { requiresPython: '>=3.9', dependencies: { apt: ['libffi8'] } });
  const attempt = await build('alpha', { outcome: 'success', files: [file] });
  const { page, waker } = begin();
  waker.wake();
  await until(() => page('project/alpha/json/index.json'));
  const address = 'http://wheels.example/some/where/simple/alpha/';
  const wheel = `http://wheels.example/some/where/packages/aa/${'a'.repeat(62)}/alpha-1.0-py3-none-any.whl`;
  const asHtml = readProjectReply(page('simple/alpha/index.html'), 'text/html', address);
  const json = 'application/vnd.pypi.simple.v1+json';
  const asJson = readProjectReply(page('simple/alpha/index.json'), json, address);
  for (const { files } of [asHtml, asJson])
    expect(files).toMatchObject([
      { url: wheel, sha256: file.sha256, requiresPython: '>=3.9', metadataSha256: file.metadataSha256 },
    ]);
  const project = page('project/alpha/index.html');
  expect(project).toContain(`href="../../packages/aa/${'a'.repeat(62)}/alpha-1.0-py3-none-any.whl"`);
  expect(project).toContain('sudo apt install libffi8');
  expect(JSON.parse(page('project/alpha/json/index.json'))).toMatchObject({
    name: 'alpha',
    targets: ['cp311-linux_x86_64'],
    versions: [{ version: '1.0', builds: { 'cp311-linux_x86_64': { state: 'file', file: file.filename, attempt } } }],
    files: [{ url: `../../../packages/aa/${'a'.repeat(62)}/alpha-1.0-py3-none-any.whl`, sha256: file.sha256 }],
  });
});

test('the lists name a package as soon as it has its first file', async () => {
  const { page, waker } = begin();
  await build('beta', { outcome: 'success', files: [aFile('beta-1.0-py3-none-any.whl', { digit: 'b' })] });
  await database.pool.query(`update pages set due_at = now()`);
  waker.wake();
  await until(() => expect(page('simple/index.html')).toContain('<a href="beta/">beta</a>'));
  await until(() => expect(page('packages.json')).toContain('{"name":"beta","wheels":true}'));
});

test('a package that could not be built tells why, and is not in the index, so that pip looks elsewhere', async () => {
  const reason = { kind: 'missing-header', subject: 'ffi.h', text: 'missing header <ffi.h>' } as const;
  const attempt = await build('gamma', { outcome: 'failure', reason });
  const { page, has } = begin();
  await until(() => expect(page('packages.json')).toContain('{"name":"gamma","wheels":false}'));
  await until(() => expect(has('project/gamma/index.html')).toBe(true));
  expect(page('project/gamma/index.html')).toContain('failed: missing header &lt;ffi.h>');
  expect(page('project/gamma/index.html')).toContain(`${String(attempt).padStart(4, '0')}.txt.gz`);
  expect(has('simple/gamma')).toBe(false);
  expect(page('simple/index.html')).not.toContain('gamma');
});

test('a package that is gone loses its pages', async () => {
  const { output, has, order } = begin();
  for (const folder of ['simple/delta', 'project/delta/json']) {
    mkdirSync(join(output, folder), { recursive: true });
    writeFileSync(join(output, folder, 'index.html'), 'old');
  }
  await order('delta');
  await until(() => expect(has('simple/delta') || has('project/delta')).toBe(false));
});

test('a page whose content is the same already is left alone', async () => {
  await build('epsilon', { outcome: 'success', files: [aFile('epsilon-1.0-py3-none-any.whl', { digit: 'e' })] });
  const first = begin();
  await until(() => expect(first.has('project/epsilon/json/index.json')).toBe(true));
  await until(async () => expect(await dueOf('epsilon')).toBe(false));
  const before = statSync(join(first.output, 'simple/epsilon/index.html')).ino;
  rmSync(join(first.output, 'project/epsilon'), { recursive: true });
  await database.pool.query(`update pages set due_at = now(), ordered_at = now()`);
  first.waker.wake();
  await until(() => expect(first.has('project/epsilon/json/index.json')).toBe(true));
  expect(statSync(join(first.output, 'simple/epsilon/index.html')).ino).toBe(before);
});

test('a change of a package just written waits for its minute', async () => {
  await makePackage(database.pool, 'zeta');
  const { has, order, output } = begin();
  await order('zeta');
  await until(() => expect(has('project/zeta/json/index.json')).toBe(true));
  await until(async () => expect(await dueOf('zeta')).toBe(false));
  rmSync(join(output, 'project/zeta'), { recursive: true });
  await order(packageName.parse('zeta'));
  await order('eta');
  await until(async () => expect(await dueOf('eta')).toBe(false));
  expect(has('project/zeta')).toBe(false);
  expect(await dueOf('zeta')).toBe(true);
});

test('a master in a hurry writes changes of a package as soon as it is told to', async () => {
  await makePackage(database.pool, 'theta');
  const { has, order, output } = begin(newFolder(), { pageMs: 0, listMs: 0 });
  await order('theta');
  await until(async () => expect(await dueOf('theta')).toBe(false));
  rmSync(join(output, 'project/theta'), { recursive: true });
  await order('theta');
  await until(() => expect(has('project/theta/json/index.json')).toBe(true));
});

test('a disk that cannot be written is waited for, and complained of once', async () => {
  const output = newFolder();
  writeFileSync(join(output, 'simple'), 'in the way');
  const { warned, page } = begin(output);
  await until(() => expect(warned).toEqual([expect.stringContaining('wait: ')]));
  rmSync(join(output, 'simple'));
  await until(() => page('simple/index.html'));
  expect(warned).toHaveLength(1);
});

/** Whether the page of a package is still ordered. */
async function dueOf(name: string): Promise<boolean> {
  const { rows } = await database.pool.query<{ ordered: boolean }>(
    `select ordered_at is not null as ordered from pages where kind = 'package' and subject = $1`,
    [name],
  );
  return rows[0]?.ordered ?? true;
}
